"""What a meeting decided, and how, as pages and the minutes tell it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import CHILDREN, Resident
from app.bodies.deliberation_models import ConsentRound, ConsentVoice, Deliberation
from app.bodies.models import AgendaItem, Body, Meeting, MeetingAttendance
from app.core.db import db
from app.core.i18n import _, _n


@dataclass(frozen=True)
class Voice:
    """What one member said in a round; `name` is empty where an instance names nobody."""

    resident_id: int
    name: str
    voice: str
    reason: str


@dataclass(frozen=True)
class Round:
    """A version of the text and the voices on it; `outcome` is adopted, objected or None."""

    number: int
    text: str
    outcome: str | None
    voices: tuple[Voice, ...]

    def count(self, voice: str) -> int:
        """How many said so."""
        return sum(one.voice == voice for one in self.voices)

    @property
    def objections(self) -> tuple[Voice, ...]:
        return tuple(one for one in self.voices if one.voice == "objection")


@dataclass(frozen=True)
class Counts:
    """Hands counted in the room. `withheld`: who took no part in the vote."""

    votes_for: int
    votes_against: int
    abstained: int
    withheld: int

    @property
    def cast(self) -> int:
        """Abstaining, or taking no part, is no vote cast."""
        return self.votes_for + self.votes_against


@dataclass(frozen=True)
class DeliberationLine:
    """A deliberation whole: its question, its way, and its result once there is one.

    `item_id`, `item_position`: the point of the ordre du jour it is under. `way`: hands, poll or
    consent. `outcome`: adopted, rejected or None. `present`, `represented`, `quorum_needed`: as
    they were when it was decided; None before, and where no quorum is asked. `said`: the sentence
    of a poll's result.
    """

    id: int
    meeting_id: int
    item_id: int
    item_position: int
    question: str
    way: str
    outcome: str | None
    counts: Counts | None
    present: int | None
    represented: int | None
    quorum_needed: int | None
    rounds_most: int | None
    poll_id: int | None
    said: str
    decided_at: datetime | None
    rounds: tuple[Round, ...]

    @property
    def current(self) -> Round | None:
        """The round where voices are still heard."""
        last = self.rounds[-1] if self.rounds else None
        return last if last is not None and last.outcome is None else None

    @property
    def text(self) -> str:
        """The last version of the text put to consent; nothing elsewhere."""
        return self.rounds[-1].text if self.rounds else ""

    @property
    def result(self) -> str:
        """What came of it, in a sentence or two; nothing before."""
        return _result(self)

    @property
    def rule(self) -> str:
        """By what rule, in a sentence."""
        return rule_of(self.way)

    @property
    def there(self) -> str:
        """« 8 membres votants présents, 2 représentés »; nothing before it is decided."""
        return voters_there(self.present, self.represented)


def deliberations_of(meeting_id: int) -> list[DeliberationLine]:
    """What was put to the members at a meeting, in the order of its agenda; two statements."""
    rows = db.session.execute(
        select(Deliberation, AgendaItem.position, Body.theme)
        .join(AgendaItem, AgendaItem.id == Deliberation.item_id)
        .join(Meeting, Meeting.id == Deliberation.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(Deliberation.meeting_id == meeting_id)
        .order_by(AgendaItem.position, Deliberation.id)
    ).all()
    rounds = _rounds(meeting_id, named=not any(theme == CHILDREN for *_row, theme in rows))
    return [_line(one, position, rounds[one.id]) for one, position, _theme in rows]


def deliberation_line(meeting_id: int, deliberation_id: int) -> DeliberationLine | None:
    """One of them; two statements."""
    mine = (line for line in deliberations_of(meeting_id) if line.id == deliberation_id)
    return next(mine, None)


def rule_of(way: str) -> str:
    """By what rule a way of deciding gives its result."""
    return {
        "hands": _(
            "Adopté s’il y a plus de « pour » que de « contre ». L’abstention ne compte pas comme"
            " un vote. À égalité, ce n’est pas adopté."
        ),
        "poll": _("Vote secret sur téléphone : personne ne sait qui a voté quoi."),
        "consent": _(
            "Adopté quand plus aucune objection ne tient. On ne compte pas les voix, et se taire"
            " n’est pas consentir."
        ),
    }[way]


def voters_there(present: int | None, represented: int | None) -> str:
    """« 8 membres votants présents, 2 représentés »; nothing where it is not known."""
    if present is None:
        return ""
    words = _n("%(num)d membre votant présent", "%(num)d membres votants présents", present)
    if represented:
        words += ", " + _n("%(num)d représenté", "%(num)d représentés", represented)
    return words


def _result(line: DeliberationLine) -> str:
    if line.outcome is None:
        return ""
    if line.way == "poll":
        return line.said
    if line.way == "consent":
        return _n(
            "Adopté par consentement, au premier tour : aucune objection ne tient.",
            "Adopté par consentement, après %(num)d tours : plus aucune objection ne tient.",
            len(line.rounds),
        )
    assert line.counts is not None
    words = _("Adopté") if line.outcome == "adopted" else _("Non adopté")
    told = [
        _("%(num)d pour", num=line.counts.votes_for),
        _("%(num)d contre", num=line.counts.votes_against),
    ]
    if line.counts.abstained:
        abstained = line.counts.abstained
        told.append(_n("%(num)d abstention", "%(num)d abstentions", abstained))
    if line.counts.withheld:
        told.append(
            _n(
                "%(num)d ne prend pas part au vote",
                "%(num)d ne prennent pas part au vote",
                line.counts.withheld,
            )
        )
    return _("%(outcome)s : %(counts)s.", outcome=words, counts=", ".join(told))


def _rounds(meeting_id: int, *, named: bool) -> defaultdict[int, list[Round]]:
    """The rounds of each deliberation of a meeting, with their voices; one statement."""
    rows = db.session.execute(
        select(
            ConsentRound.deliberation_id,
            ConsentRound.number,
            ConsentRound.text,
            ConsentRound.outcome,
            ConsentVoice.resident_id,
            func.coalesce(MeetingAttendance.kept_name, Resident.display_name).label("name"),
            ConsentVoice.voice,
            ConsentVoice.reason,
        )
        .join(Deliberation, Deliberation.id == ConsentRound.deliberation_id)
        .outerjoin(
            ConsentVoice,
            (ConsentVoice.deliberation_id == ConsentRound.deliberation_id)
            & (ConsentVoice.number == ConsentRound.number),
        )
        .outerjoin(Resident, Resident.id == ConsentVoice.resident_id)
        .outerjoin(
            MeetingAttendance,
            (MeetingAttendance.meeting_id == Deliberation.meeting_id)
            & (MeetingAttendance.resident_id == ConsentVoice.resident_id),
        )
        .where(Deliberation.meeting_id == meeting_id)
        .order_by(ConsentRound.number, Resident.folded_name, Resident.id)
    ).all()
    voices: defaultdict[tuple[int, int], list[Voice]] = defaultdict(list)
    for row in rows:
        heard = voices[row.deliberation_id, row.number]
        if row.resident_id is not None:
            name = row.name if named else ""
            heard.append(Voice(row.resident_id, name, row.voice, row.reason))
    found: defaultdict[int, list[Round]] = defaultdict(list)
    texts = {(row.deliberation_id, row.number): (row.text, row.outcome) for row in rows}
    for (number_of, number), (text, outcome) in texts.items():
        theirs = tuple(voices[number_of, number])
        found[number_of].append(Round(number, text, outcome, theirs))
    return found


def _line(one: Deliberation, position: int, rounds: list[Round]) -> DeliberationLine:
    counts = None
    if one.votes_for is not None:
        counts = Counts(
            one.votes_for,
            one.votes_against or 0,
            one.votes_abstained or 0,
            one.votes_withheld or 0,
        )
    return DeliberationLine(
        id=one.id,
        meeting_id=one.meeting_id,
        item_id=one.item_id,
        item_position=position,
        question=one.question,
        way=one.way,
        outcome=one.outcome,
        counts=counts,
        present=one.voters_present,
        represented=one.voters_represented,
        quorum_needed=one.quorum_needed,
        rounds_most=one.rounds_most,
        poll_id=one.poll_id,
        said=one.said,
        decided_at=one.decided_at,
        rounds=tuple(rounds),
    )
