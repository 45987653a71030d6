"""What people type to help each other."""

from wtforms import (
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from app.accounts.models import Resident
from app.centre.queries import quartier_choices
from app.core.errors import DomainError
from app.core.forms import Form, Unhurried, at_most, options, required, said_at_field
from app.core.i18n import _l
from app.entraide.models import OFFER
from app.entraide.services import Writing, check_no_contact, check_until
from app.entraide.threads import TellsContacts
from app.entraide.words import KINDS

LONGEST_TEXT = 1000
LONGEST_MESSAGE = 2000


class NoticeForm(Unhurried):
    """An offer or a request being written; the page says which."""

    kind = RadioField(
        _l("De quoi s’agit-il ?"),
        choices=options(KINDS.items()),
        validators=[required(_l("Choisissez de quoi il s’agit."))],
    )
    title = StringField(
        _l("En une phrase"),
        validators=[required(_l("Donnez un titre à votre annonce.")), at_most(80)],
    )
    text = TextAreaField(
        _l("Quelques mots de plus"), validators=[Optional(), at_most(LONGEST_TEXT)]
    )
    when_words = StringField(_l("Quand ?"), validators=[Optional(), at_most(80)])
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[], default=0)
    until = DateField(_l("Jusqu’au"), validators=[Optional()])

    # The services' own checks, at each box: all that is wrong is said at once.
    def validate_title(self, field: Field) -> None:
        """No way to reach someone in what all may read."""
        _no_contact(field)

    def validate_text(self, field: Field) -> None:
        """As the title."""
        _no_contact(field)

    def validate_when_words(self, field: Field) -> None:
        """As the title."""
        _no_contact(field)

    def validate_until(self, field: Field) -> None:
        """A day that a notice may last to."""
        if field.data:
            said_at_field(lambda: check_until(field.data))

    def offered(self, author: Resident) -> "NoticeForm":
        """With the quartiers there are; one's own is chosen already."""
        choices = quartier_choices(author.quartier_id)
        self.quartier_id.choices = [(0, _l("Toute la commune")), *choices]
        if not self.is_submitted():
            self.quartier_id.data = author.quartier_id or 0
        return self

    def writing(self, side: str = OFFER) -> Writing:
        """What the service takes."""
        return Writing(
            side=side,
            kind=str(self.kind.data),
            title=str(self.title.data),
            text=self.text.data or "",
            when_words=self.when_words.data or "",
            quartier_id=self.quartier_id.data or None,
            until=self.until.data,
        )


def _no_contact(field: Field) -> None:
    said_at_field(lambda: check_no_contact(field.data or "", field.name))


class MessageForm(Unhurried):
    """A private word; `sure` once its author was told that it says how to reach them.

    `warning` is what they were told: no fault, so no error beside the box.
    """

    warning = ""

    text = TextAreaField(
        _l("Votre message"),
        validators=[required(_l("Écrivez votre message.")), at_most(LONGEST_MESSAGE)],
    )
    sure = HiddenField()

    def refuse(self, refusal: DomainError) -> None:
        super().refuse(refusal)
        if isinstance(refusal, TellsContacts):
            self.warning, self.text.errors, self.sure.data = refusal.message, [], "1"


class ThankForm(Form):
    """Who helped, among those who answered."""

    thread_id = RadioField(
        _l("Qui vous a aidé ?"),
        coerce=int,
        choices=[],
        validators=[required(_l("Choisissez la personne qui vous a aidé."))],
    )
