"""What is typed about a meeting and its decisions."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Regexp

from app.bodies.labels import OUTCOMES
from app.bodies.meeting_services import check_agenda, check_end, check_to_come
from app.core.forms import (
    Form,
    Optional,
    ParisDateTimeField,
    at_most,
    options,
    required,
    said_at_field,
)
from app.core.i18n import _l

AGENDA_HELP = _l(
    "Un point par ligne : 50 points au plus, 200 signes par point."
    " Pour une durée : « Le budget (20 min) »."
)
MOST_TYPED = 12_000
LINK = Regexp(
    r"https://[^\s<>\"']{3,290}\Z", message=_l("Copiez le lien entier. Il commence par https://")
)


def agenda_lines(text: str | None) -> list[str]:
    """The items of an ordre du jour typed one a line; blank lines are nothing."""
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


class MeetingForm(Form):
    title = StringField(_l("Titre"), validators=[required(), at_most(160)])
    starts_at = ParisDateTimeField(_l("Début"), validators=[required()])
    ends_at = ParisDateTimeField(_l("Fin prévue"), validators=[Optional()])
    place = StringField(_l("Lieu"), validators=[required(), at_most(160)])
    online_url = StringField(_l("Lien pour participer à distance"), validators=[Optional(), LINK])
    is_open = BooleanField(_l("Ouverte à tout le monde"), default=True)

    def meeting(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "title": self.title.data,
            "starts_at": self.starts_at.data,
            "ends_at": self.ends_at.data,
            "place": self.place.data,
            "online_url": self.online_url.data or None,
            "is_open": self.is_open.data,
        }


# After the meeting's own boxes: a summary of errors follows the order of the page.
class AgendaForm(Form):
    agenda = TextAreaField(
        _l("Ordre du jour"),
        description=AGENDA_HELP,
        validators=[required(), at_most(MOST_TYPED)],
    )


class ConveneForm(AgendaForm, MeetingForm):
    # The service's own checks, at each box: all that is wrong is said at once.
    def validate_starts_at(self, field: Field) -> None:
        """A moment still to come."""
        if field.data:
            said_at_field(lambda: check_to_come(field.data))

    def validate_ends_at(self, field: Field) -> None:
        """An end after the start, where both were understood."""
        starts_at = self.starts_at.data
        if starts_at and field.data:
            said_at_field(lambda: check_end(starts_at, field.data))

    def validate_agenda(self, field: Field) -> None:
        """Items that fit, none twice."""
        said_at_field(lambda: check_agenda(agenda_lines(field.data)))

    def meeting(self) -> dict[str, Any]:
        """What the service takes."""
        return {**super().meeting(), "agenda": agenda_lines(self.agenda.data)}


class CancelForm(Form):
    reason = TextAreaField(_l("Pourquoi ?"), validators=[required(), at_most(500)])


class CloseForm(Form):
    ended_at = ParisDateTimeField(_l("Heure de fin"), validators=[Optional()])


class DecisionForm(Form):
    title = StringField(_l("La décision, en une phrase"), validators=[required(), at_most(200)])
    text = TextAreaField(_l("Ce qu’il faut en savoir"), validators=[at_most(5000)])
    outcome = SelectField(_l("Suite donnée"), choices=options(OUTCOMES.items()))
    reason = TextAreaField(
        _l("Raison"),
        description=_l("À remplir pour un refus."),
        validators=[at_most(1000)],
    )
    owner = StringField(_l("Qui s’en occupe"), validators=[at_most(120)])
    due_on = DateField(_l("Échéance"), validators=[Optional()])
    proposal_id = IntegerField(
        _l("Proposition n°"),
        validators=[
            Optional(),
            NumberRange(1, 2_147_483_647, _l("Écrivez le numéro de la proposition.")),
        ],
    )

    def decision(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "title": self.title.data,
            "text": self.text.data or "",
            "outcome": self.outcome.data,
            "reason": self.reason.data or None,
            "owner": self.owner.data or "",
            "due_on": self.due_on.data,
            "proposal_id": self.proposal_id.data,
        }


class FollowForm(Form):
    outcome = SelectField(_l("Où en est-on ?"), choices=options(OUTCOMES.items()))
    note = TextAreaField(
        _l("Ce qui a changé"),
        description=_l("Cette phrase paraît dans l’historique, pour tout le monde."),
        validators=[at_most(1000)],
    )


class SheetForm(Form):
    present = SelectMultipleField(_l("Présent"), coerce=int)
    excused = SelectMultipleField(_l("Excusé"), coerce=int)

    def for_people(self, resident_ids: list[int]) -> "SheetForm":
        """Admit marks for these people only."""
        pairs = options((resident_id, str(resident_id)) for resident_id in resident_ids)
        self.present.choices = self.excused.choices = pairs
        return self

    def marks(self) -> dict[str, list[int]]:
        """What the service takes."""
        return {"present": self.present.data or [], "excused": self.excused.data or []}
