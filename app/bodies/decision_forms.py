"""What is typed about who answers for a decision, and about its deadline."""

from wtforms import DateField, StringField, TextAreaField

from app.core.forms import Form, Optional, at_most, required
from app.core.i18n import _l


class OwnerForm(Form):
    owner = StringField(
        _l("Qui s’en occupe"),
        description=_l(
            "Une fonction plutôt qu’un nom : le service des espaces verts, le bailleur…"
        ),
        validators=[at_most(120)],
    )


class DeadlineForm(Form):
    due_on = DateField(
        _l("Nouvelle échéance"),
        description=_l("Laissez vide s’il n’y a plus de date."),
        validators=[Optional()],
    )
    reason = TextAreaField(
        _l("Pourquoi ?"),
        description=_l("Cette phrase paraît dans l’historique, pour tout le monde."),
        validators=[required(), at_most(500)],
    )
