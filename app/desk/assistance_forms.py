"""What the agent says before acting with someone."""

from wtforms import BooleanField, StringField
from wtforms.validators import Optional

from app.core.forms import Form, at_most, required
from app.core.i18n import _l


class AssistForm(Form):
    present = BooleanField(
        _l("La personne est devant moi, et elle est d’accord."),
        validators=[required(_l("Cochez cette case : on n’agit pas pour quelqu’un d’absent."))],
    )
    purpose = StringField(_l("Pour quoi faire"), validators=[Optional(), at_most(200)])
