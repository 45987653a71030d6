"""Who came to past sessions: by name where a file is found, else without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.models import Participation
from app.centre.age_bands import age_band
from app.core.clock import PARIS
from app.core.db import db
from app.core.i18n import _, _l
from app.core.typography import date_fr
from app.ledger.acts import Act, Channel, Standing
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.ledger.services import entry_of
from app.pastlife.lines import REFERENCE_COLUMN, Checked, Column, Line, Words
from app.pastlife.locked import Locked
from app.pastlife.models import PastAddition
from app.pastlife.people import (
    PERSON,
    People,
    Quartiers,
    known_people,
    read_band,
    read_standing,
    tell_apart,
    whom,
)
from app.pastlife.values import plain, read_day, read_text, read_time, read_yes
from app.pastlife.writing import ENTRIES, SESSIONS, Of, Writing

COLUMNS: tuple[Column, ...] = (
    Column(
        "title",
        _l("Action"),
        _l("Le nom de l’action, comme dans le fichier des séances."),
        "Atelier couture (exemple)",
        True,
        ("titre", "intitule", "nom de l action", "activite", "seance"),
    ),
    Column("day", _l("Date"), _l("Le jour de la séance."), "12/03/2023", True, ("jour", "le")),
    Column(
        "at",
        _l("Heure"),
        _l("Si l’action a eu deux séances ce jour-là."),
        also=("debut", "heure de debut"),
    ),
    *PERSON,
    Column(
        "band",
        _l("Tranche d’âge"),
        _l("Si l’année de naissance n’est pas connue : une tranche des réglages, comme 26-59."),
        also=("age",),
    ),
    Column(
        "standing",
        _l("Qui"),
        _l("Habitant, équipe, partenaire ou autre commune. Vide : habitant."),
        "habitant",
        also=("statut", "qualite"),
    ),
    Column(
        "volunteer",
        _l("Bénévole"),
        _l("Oui si la personne aidait à l’action. Vide : non."),
        "non",
        also=("benevolat",),
    ),
    REFERENCE_COLUMN,
)


@dataclass(frozen=True)
class Held:
    """A past session brought in before, with the facts the ledger has of it."""

    session: int
    title: str
    day: str
    at: str | None
    kind: str | None
    nature: str | None
    lead: str | None
    offsite: bool | None
    action: int | None
    minutes: int | None


def held_sessions() -> dict[int, Held]:
    """The sessions that imports brought in and that still count; one statement."""
    mine = select(PastAddition.row_id).where(PastAddition.what == ENTRIES)
    rows = db.session.execute(
        select(
            Entry.subject_id,
            Entry.subject_label,
            Entry.day,
            Entry.happened_at,
            Entry.kind,
            Entry.nature,
            Entry.lead,
            Entry.offsite,
            Entry.action_id,
            Entry.minutes,
        ).where(
            Entry.act == Act.SESSION_HELD.value,
            Entry.subject_type == SESSIONS,
            Entry.id.in_(mine),
            is_live(),
        )
    )
    return {
        row.subject_id: Held(
            row.subject_id,
            row.subject_label or "",
            row.day.isoformat(),
            f"{row.happened_at.astimezone(PARIS):%H:%M}" if row.happened_at else None,
            row.kind,
            row.nature,
            row.lead,
            row.offsite,
            row.action_id,
            row.minutes,
        )
        for row in rows
    }


class AttendanceChecker:
    """Reads who came; three statements, and four more a batch."""

    def __init__(self) -> None:
        self._quartiers, self._locked = Quartiers(), Locked()
        self._held: dict[tuple[str, str], list[Held]] = {}
        for one in held_sessions().values():
            self._held.setdefault((plain(one.title), one.day), []).append(one)

    def check(self, lines: Sequence[Line]) -> list[Checked]:
        """What is made of each line."""
        people = People(lines)
        found = [self._check(line, people) for line in lines]
        taken = _taken({one.resident_id for one in found if one.resident_id})
        for one in found:
            if (one.resident_id, one.understood["session"]) in taken:
                one.repeated = _("Cette personne est déjà comptée à cette séance.")
        return found

    def _check(self, line: Line, people: People) -> Checked:
        title, day = line.need("title", read_text(120)), line.need("day", read_day)
        at = line.read("at", read_time)
        said, checked = people.read(line, self._quartiers)
        if day:
            self._locked.refuse(line, "day", day)
        session = self._session(line, title, day, f"{at:%H:%M}" if at else None)
        checked.understood = {
            **{key: it for key, it in said.items() if key not in ("given", "family")},
            "session": session.session if session else None,
            "title": title,
            "day": day.isoformat() if day else None,
            "band": line.read("band", read_band),
            "standing": line.read("standing", read_standing),
            "volunteer": bool(line.read("volunteer", read_yes)),
        }
        known = ("born", "sex", "quartier", "band", "standing", "volunteer")
        others = [checked.understood[key] for key in known]
        tell_apart(checked, checked.understood["session"], others)
        return checked

    def _session(
        self, line: Line, title: str | None, day: date | None, at: str | None
    ) -> Held | None:
        if not title or not day:
            return None
        found = self._held.get((plain(title), day.isoformat()), [])
        if at and len(found) > 1:
            found = [one for one in found if one.at == at]
        if not found:
            sentence = _("Aucune séance reprise n’a ce nom ce jour-là. Reprenez d’abord la séance.")
            line.refuse("title", sentence)
        elif len(found) > 1:
            line.refuse("at", _("Plusieurs séances ce jour-là : donnez l’heure."))
        return found[0] if len(found) == 1 else None


def _taken(people: set[int]) -> set[tuple[int | None, int | None]]:
    """(person, session) of the presences that the ledger has of these people; one statement."""
    if not people:
        return set()
    rows = db.session.execute(
        select(Participation.resident_id, Entry.subject_id)
        .join(Entry, Entry.participation_key == Participation.key)
        .where(
            Participation.resident_id.in_(people),
            Entry.act == Act.SESSION_ATTENDED.value,
            Entry.subject_type == SESSIONS,
            is_live(),
        )
    )
    return {(row.resident_id, row.subject_id) for row in rows}


class AttendanceWriter:
    """Writes in the ledger alone: no sheet of names is made of the past."""

    def __init__(self, writing: Writing) -> None:
        self._writing, self._held = writing, held_sessions()

    def record(self, understood: Sequence[dict[str, Any]]) -> None:
        """A batch of presences."""
        people = known_people([said["person"] for said in understood if said["person"]])
        entries = []
        for said in understood:
            held = self._held[said["session"]]
            facts: dict[str, Any] = {}
            person = people[said["person"]] if said["person"] else None
            if person is None or person.quartier_id is None:
                facts["quartier_id"] = said["quartier"]
            entry = entry_of(
                Act.SESSION_ATTENDED,
                actor=person,
                subject=Of(SESSIONS, held.session, held.title),
                when=date.fromisoformat(held.day),
                channel=Channel.PAPER,
                entered_by=self._writing.by,
                kind=held.kind,
                nature=held.nature,
                lead=held.lead,
                offsite=held.offsite,
                action_id=held.action,
                minutes=held.minutes,
                role="volunteer" if said["volunteer"] else "public",
                **facts,
            )
            freeze(entry, said)
            entries.append(entry)
        self._writing.record(entries)


def freeze(entry: Entry, said: dict[str, Any]) -> None:
    """What the line says of the person: of their standing first, else where the file is silent."""
    entry.standing = said["standing"] or entry.standing or Standing.HABITANT.value
    entry.sex = entry.sex or said["sex"]
    if entry.age_band is None:
        entry.age_band = band_of(said, entry.day.year)


def band_of(said: dict[str, Any], year: int) -> str | None:
    """The age band said, or that of the year of birth."""
    if said["born"] is None:
        band: str | None = said["band"]
        return band
    return age_band(year - said["born"])


def words(said: dict[str, Any]) -> Words:
    """A presence as it is understood."""
    return [
        (_("Action"), said["title"]),
        (_("Date"), date_fr(date.fromisoformat(said["day"]))),
        (_("Personne"), whom(said)),
        (_("Bénévole"), _("oui") if said["volunteer"] else _("non")),
    ]
