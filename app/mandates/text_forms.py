"""What is typed about an instance's texts."""

from collections.abc import Sequence

from wtforms import DateField, SelectField, TextAreaField

from app.core.clock import today
from app.core.forms import Form, Optional, at_most, options, required
from app.core.i18n import _, _l
from app.mandates.text_services import LONGEST, LONGEST_WORDS


class VersionForm(Form):
    content = TextAreaField(
        _l("Le texte"),
        description=_l("Une ligne vide sépare deux paragraphes. « ## » fait un titre."),
        validators=[required(), at_most(LONGEST)],
    )
    why = TextAreaField(_l("Ce qui change, en une phrase"), validators=[Optional(), at_most(500)])


class AmendForm(Form):
    passage = TextAreaField(
        _l("Le passage à changer"),
        description=_l("Recopiez-le. Laissez vide pour ajouter quelque chose."),
        validators=[Optional(), at_most(LONGEST_WORDS)],
    )
    words = TextAreaField(
        _l("Ce que vous proposez"), validators=[required(), at_most(LONGEST_WORDS)]
    )


class AdoptForm(Form):
    on = DateField(_l("Adoptée le"), default=lambda: today(), validators=[required()])
    meeting = SelectField(_l("À quelle réunion ?"), coerce=int, choices=[])

    def offering(self, meetings: Sequence[tuple[int, str]]) -> "AdoptForm":
        """Offer meetings (id, words) that were held."""
        self.meeting.choices = options([(0, _("Hors réunion")), *meetings])
        return self
