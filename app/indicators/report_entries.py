"""The lines behind the figures, read one after the other, however many: never who."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.centre.models import Quartier
from app.core.db import db
from app.core.i18n import _
from app.indicators.counting import Definition, Feed
from app.indicators.definitions import BY_ACT, DEFINITIONS
from app.indicators.matrix import INDICATORS
from app.indicators.periods import Period
from app.indicators.wording import CHANNELS, STANDINGS, act_name
from app.ledger.live import is_live, is_no_void
from app.ledger.models import Entry

BATCH = 1_000
"""Lines the database hands over at a time."""

FACTS = (
    Entry.id,
    Entry.act,
    Entry.day,
    Entry.until,
    Entry.standing,
    Entry.sex,
    Entry.age_band,
    Entry.channel,
    Entry.head_count,
    Entry.estimated,
    Entry.minutes,
    Entry.offsite,
    Entry.kind,
    Entry.role,
    Entry.lead,
    Entry.nature,
    Entry.action_id,
    Entry.partner_id,
    Entry.body_id,
    Entry.body_kind,
    Entry.quartier_id,
    Entry.association_id,
    Entry.other_association_id,
    Entry.participation_key,
    Entry.subject_type,
    Entry.subject_id,
)
"""What definitions look at; keys and numbers are never written to a file."""


COUNTED = sorted(
    {feed.act.value for it in DEFINITIONS if it.code in INDICATORS for feed in it.feeds}
)
"""The acts that one of the 27 counts."""


def volume(period: Period) -> int:
    """The lines behind the figures of a period, voided ones included; one statement."""
    query = select(func.count()).select_from(Entry).where(*_of_figures(period))
    return db.session.scalar(query) or 0


def head() -> tuple[str, ...]:
    """The names of the columns of `behind` and `register`."""
    return (
        _("Jour"),
        _("Acte"),
        _("Quartier"),
        _("Tranche d’âge"),
        _("Sexe"),
        _("Statut"),
        _("Par quel moyen"),
        _("Personnes comptées"),
        _("Estimé"),
        _("Minutes"),
        _("Hors les murs"),
    )


def behind(definition: Definition, period: Period) -> Iterator[tuple[object, ...]]:
    """The live lines that a figure counts in a period, the oldest first; one statement."""
    words = _Words()
    for row in _read(_lines(_within(definition, period), definition.clause(), is_live())):
        yield words.told(row)


def register(period: Period) -> Iterator[tuple[object, ...]]:
    """Every line of a period that some figure may count, voided ones too; one statement."""
    yield (*head(), _("Annulée"), _("Indicateurs"))
    void = aliased(Entry)
    voided = select(void.id).where(void.voids_id == Entry.id).exists()
    query = _lines(*_of_figures(period)).add_columns(voided.label("is_voided"))
    words, feeding = _Words(), _feeding()
    for row in _read(query):
        codes = "" if row.is_voided else " ".join(_feeds(row, feeding[row.act]))
        yield (*words.told(row), words.yes(row.is_voided), codes)


def _of_figures(period: Period) -> tuple[ColumnElement[bool], ...]:
    within = Entry.day.between(period.start, period.end)
    return within, Entry.act.in_(COUNTED), is_no_void()


def _within(definition: Definition, period: Period) -> ColumnElement[bool]:
    if not definition.spans:
        return Entry.day.between(period.start, period.end)
    last = or_(Entry.until >= period.start, Entry.day >= period.start)
    return (Entry.day <= period.end) & last


def _lines(*conditions: ColumnElement[bool]) -> Select[Any]:
    facts: Any = (
        select(*FACTS, Quartier.name.label("quartier"))
        .outerjoin(Quartier, Quartier.id == Entry.quartier_id)
        .where(*conditions)
        .order_by(Entry.day, Entry.id)
    )
    found: Select[Any] = facts
    return found


def _read(query: Select[Any]) -> Iterator[Row[Any]]:
    """From the database a batch at a time, with a cursor that stays there."""
    yield from db.session.execute(query, execution_options={"yield_per": BATCH})


class _Words:
    """What stands for the codes of a line, looked up once a file rather than once a line."""

    def __init__(self) -> None:
        self._acts = {act: act_name(act) for act in COUNTED}
        self._standings = {code: str(words) for code, words in STANDINGS.items()}
        self._channels = {code: str(words) for code, words in CHANNELS.items()}
        self._yes, self._no = _("oui"), _("non")

    def yes(self, value: object) -> str:
        """« oui » or « non »."""
        return self._yes if value else self._no

    def told(self, row: Row[Any]) -> tuple[object, ...]:
        """A line as `head` names it."""
        return (
            row.day,
            self._acts[row.act],
            row.quartier or "",
            row.age_band or "",
            row.sex or "",
            self._standings.get(row.standing or "", ""),
            self._channels[row.channel],
            row.head_count,
            self.yes(row.estimated),
            row.minutes,
            "" if row.offsite is None else self.yes(row.offsite),
        )


Feeding = list[tuple[Definition, Feed]]


def _feeding() -> dict[str, Feeding]:
    """Act → the indicators that may count it."""
    return {
        act: [(it, feed) for it, feed in BY_ACT[act] if it.code in INDICATORS] for act in COUNTED
    }


def _feeds(row: Any, feeding: Feeding) -> list[str]:
    """The codes of the indicators a line counts for."""
    return sorted(
        {
            it.code
            for it, feed in feeding
            if feed.is_on(row.day) and feed.holds(row) and it.takes(row)
        }
    )
