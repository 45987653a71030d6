"""A question put to the members under a point of the ordre du jour, and hands counted."""

from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from app.accounts.models import Resident
from app.bodies.deliberation_models import ConsentRound, ConsentVoice, Deliberation
from app.bodies.labels import WAYS
from app.bodies.models import AgendaItem, Meeting
from app.bodies.policies import can_write_minutes
from app.bodies.sitting_queries import Sitting, sitting
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _n
from app.core.typography import number_fr

LONGEST_QUESTION, LONGEST_TEXT = 300, 5000
MOST_HANDS = 10_000


@dataclass(frozen=True)
class Hands:
    """Hands raised; whoever raised none in any of the four was not in the room."""

    votes_for: int
    votes_against: int
    abstained: int = 0
    withheld: int = 0

    @property
    def total(self) -> int:
        return self.votes_for + self.votes_against + self.abstained + self.withheld


@atomic
def put(by: Resident, item: AgendaItem, *, question: str, way: str, text: str = "") -> Deliberation:
    """Put a question to the members.

    Args:
        way: hands, poll or consent.
        text: what is put to consent, its first version.

    Raises:
        Forbidden: the person does not conduct the meeting, or it has not started.
        Conflict: the minutes are published.
        Invalid: no question, an unknown way, a text too long or none where one is needed.
    """
    meeting = hold(by, item.meeting_id)
    if not question.strip():
        raise Invalid(_("Écrivez la question."), field="question")
    if len(question.strip()) > LONGEST_QUESTION:
        too_long = _("C’est trop long : %(max)s caractères au plus.", max=LONGEST_QUESTION)
        raise Invalid(too_long, field="question")
    if way not in WAYS:
        raise Invalid(_("Choisissez une façon de décider."), field="way")
    made = Deliberation(
        meeting_id=meeting.id, item_id=item.id, question=question.strip(), way=way, said=""
    )
    if way == "consent":
        made.rounds_most = rule("consent_rounds")
        made.rounds = [ConsentRound(number=1, text=checked_text(text))]
    db.session.add(made)
    db.session.flush()
    return made


@atomic
def count_hands(by: Resident, deliberation: Deliberation, hands: Hands) -> None:
    """Write down, or correct, how many hands went up: a majority of votes cast adopts.

    A count corrected keeps the voters that were there when it was made.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: decided otherwise, the minutes are published, or there is no quorum.
        Invalid: a number that cannot be, more hands than voices, or nobody voted.
    """
    meeting = hold(by, deliberation.meeting_id)
    lock(deliberation)
    if deliberation.way != "hands":
        raise Conflict(_("Cette question ne se décide pas à main levée."))
    numbers = (hands.votes_for, hands.votes_against, hands.abstained, hands.withheld)
    if not all(0 <= number <= MOST_HANDS for number in numbers):
        raise Invalid(_("Écrivez des nombres entiers, en chiffres."))
    if deliberation.outcome is None:
        freeze_room(deliberation, sitting(meeting))
    voters = (deliberation.voters_present or 0) + (deliberation.voters_represented or 0)
    if hands.total > voters:
        raise Invalid(
            _n(
                "Vous comptez %(total)d voix pour %(num)d votant présent ou représenté.",
                "Vous comptez %(total)d voix pour %(num)d votants présents ou représentés.",
                voters,
                total=hands.total,
            )
        )
    if not hands.total:
        raise Invalid(_("Comptez au moins une voix."))
    deliberation.votes_for, deliberation.votes_against = hands.votes_for, hands.votes_against
    deliberation.votes_abstained, deliberation.votes_withheld = hands.abstained, hands.withheld
    is_adopted = hands.votes_for > hands.votes_against
    deliberation.outcome = "adopted" if is_adopted else "rejected"
    deliberation.decided_at = deliberation.decided_at or now()


@atomic
def withdraw(by: Resident, deliberation: Deliberation) -> None:
    """Take back a question that nothing has answered yet.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: it is decided, a poll was opened on it, or the minutes are published.
    """
    hold(by, deliberation.meeting_id)
    lock(deliberation)
    if deliberation.outcome is not None or deliberation.poll_id is not None:
        raise Conflict(_("Cette question a sa réponse, ou son vote : elle reste au compte rendu."))
    for table in (ConsentVoice, ConsentRound):
        mine = table.deliberation_id == deliberation.id
        db.session.execute(delete(table).where(mine))
    db.session.execute(delete(Deliberation).where(Deliberation.id == deliberation.id))
    db.session.expunge(deliberation)


def hold(by: Resident, meeting_id: int) -> Meeting:
    """Hold the meeting for someone who conducts it and decides something there."""
    meeting = db.session.get_one(Meeting, meeting_id)
    lock(meeting)
    if meeting.minutes_status == "published":
        raise Conflict(_("Le compte rendu est publié : ce qui est décidé ne change plus."))
    if not can_write_minutes(by, meeting, now()):
        raise Forbidden(_("Seul qui conduit la réunion note cela, à partir de son début."))
    return meeting


def freeze_room(deliberation: Deliberation, seats: Sitting) -> None:
    """Keep with a decision who could make it, and refuse it where they are too few.

    Raises:
        Conflict: there is no quorum, or nobody with a voice is there.
    """
    if not seats.heard:
        raise Conflict(_("Notez d’abord les présences : personne n’a encore de voix ici."))
    quorum = seats.quorum
    if quorum is not None and quorum.missing:
        raise Conflict(
            _n(
                "Pas de quorum : il manque %(num)d membre votant. On peut parler, pas décider.",
                "Pas de quorum : il manque %(num)d membres votants. On peut parler, pas décider.",
                quorum.missing,
            )
        )
    if quorum is not None and not quorum.is_met:
        raise Conflict(_("Pas de quorum : il faut qu’un habitant du conseil soit là."))
    deliberation.voters_present = len(seats.present)
    deliberation.voters_represented = len(seats.represented)
    deliberation.quorum_needed = quorum.needed if quorum is not None else None


def checked_text(text: str) -> str:
    """A version of a text put to consent, without the blanks around it."""
    kept = text.strip()
    if not kept:
        raise Invalid(_("Écrivez le texte proposé."), field="text")
    if len(kept) > LONGEST_TEXT:
        too_long = _("C’est trop long : %(max)s caractères au plus.", max=number_fr(LONGEST_TEXT))
        raise Invalid(too_long, field="text")
    return kept


def has_deliberations(item_id: int) -> bool:
    """Whether a point of the ordre du jour was put to the members: it stays on it."""
    mine = select(Deliberation.id).where(Deliberation.item_id == item_id)
    return bool(db.session.scalar(select(exists(mine))))
