"""What is said when two files are made one."""

from wtforms import RadioField, StringField

from app.accounts.models import Resident
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.typography import card_fr
from app.desk.comparing import Comparison


class JoinForm(Form):
    kept = RadioField(_l("Quelle fiche garder ?"), coerce=int, validators=[required()])
    reason = StringField(
        _l("À quoi voyez-vous que c’est la même personne ?"),
        validators=[required(), at_most(200)],
    )

    def between(self, both: Comparison) -> "JoinForm":
        """Offer the two, the one used last being chosen."""
        people = (both.one.person, both.other.person)
        self.kept.choices = options(
            (
                one.id,
                _("%(name)s, carte %(card)s", name=one.full_name, card=card_fr(one.card_number)),
            )
            for one in people
        )
        if self.kept.data is None:
            self.kept.data = both.suggested
        return self

    def kept_and_merged(self, both: Comparison) -> tuple[Resident, Resident]:
        """The file that stays, then the one that is joined to it."""
        one, other = both.one.person, both.other.person
        return (one, other) if self.kept.data == one.id else (other, one)


class UndoForm(Form):
    """One button."""
