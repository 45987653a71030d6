"""Members of past seasons: counted, matched with a file, or given one where it is asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.adhesion_models import AdhesionPerson, Kind
from app.accounts.adhesion_services import last_day
from app.accounts.models import Participation, Resident
from app.accounts.services import new_resident
from app.centre.settings import rule
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _, _l
from app.core.search_text import fold
from app.core.typography import date_fr
from app.ledger.acts import Act, Channel
from app.ledger.live import is_live
from app.ledger.models import Entry
from app.ledger.services import entry_of
from app.pastlife.attendance import freeze
from app.pastlife.lines import REFERENCE_COLUMN, Checked, Column, Line, Words
from app.pastlife.locked import Locked
from app.pastlife.people import (
    PERSON,
    Known,
    People,
    Quartiers,
    known_people,
    tell_apart,
    whom,
)
from app.pastlife.values import read_choice, read_count, read_day, read_season, read_yes
from app.pastlife.writing import IMPORTS, RESIDENTS, Of, Writing

LARGEST_FAMILY = 20
TAKEN_BEFORE = 366
"""Days before its season starts in which a membership may have been taken."""
KINDS = {
    **dict.fromkeys(("individuelle", "individuel", "individu", "personne"), Kind.INDIVIDUAL.value),
    **dict.fromkeys(("familiale", "familial", "famille"), Kind.FAMILY.value),
}
KIND_WORDS: dict[str, Any] = {
    Kind.INDIVIDUAL.value: _l("individuelle"),
    Kind.FAMILY.value: _l("familiale"),
}

COLUMNS: tuple[Column, ...] = (
    Column("season", _l("Saison"), _l("Comme 2021-2022."), "2021-2022", True, ("annee scolaire",)),
    Column(
        "kind",
        _l("Type"),
        _l("Individuelle ou familiale."),
        "familiale",
        True,
        ("type d adhesion", "adhesion"),
    ),
    Column(
        "people",
        _l("Personnes couvertes"),
        _l("Pour une famille : combien de personnes. Individuelle : vide ou 1."),
        "4",
        also=("nombre de personnes", "personnes", "nombre"),
    ),
    Column(
        "day",
        _l("Date"),
        _l("Le jour de l’adhésion. Vide : le premier jour de la saison."),
        "15/09/2021",
        also=("date d adhesion", "jour"),
    ),
    *PERSON,
    Column(
        "create",
        _l("Créer la fiche"),
        _l(
            "Oui pour créer la fiche d’une personne qui n’en a pas. Il faut alors prénom, nom et "
            "année de naissance. Vide : non, l’adhésion est comptée sans nom."
        ),
        "non",
        also=("creer", "creer fiche"),
    ),
    REFERENCE_COLUMN,
)


class MemberChecker:
    """Reads memberships; two statements, and five more a batch."""

    def __init__(self) -> None:
        self._quartiers, self._locked = Quartiers(), Locked()

    def check(self, lines: Sequence[Line]) -> list[Checked]:
        """What is made of each line."""
        people = People(lines)
        found = [self._check(line, people) for line in lines]
        taken = _taken({one.resident_id for one in found if one.resident_id})
        for one in found:
            if (one.resident_id, one.understood["season"]) in taken:
                one.repeated = _("Cette personne a déjà une adhésion pour cette saison.")
        return found

    def _check(self, line: Line, people: People) -> Checked:
        season = line.need("season", read_season)
        said, checked = people.read(line, self._quartiers)
        kind = line.need("kind", read_choice(KINDS, KIND_WORDS.values()))
        covered = line.read("people", read_count(LARGEST_FAMILY, 1))
        if kind == Kind.FAMILY and not line["people"]:
            line.refuse("people", _("Dites combien de personnes cette famille couvre."))
        if kind == Kind.INDIVIDUAL and covered not in (None, 1):
            line.refuse("people", _("Une adhésion individuelle couvre une personne."))
        day = line.read("day", read_day)
        if season is not None:
            day = self._check_season(line, season, day)
        checked.understood = {
            **said,
            "season": season,
            "kind": kind,
            "people": covered or 1,
            "day": day.isoformat() if day else None,
            "create": self._creates(line, said, checked.folded_name),
            "standing": None,
            "band": None,
        }
        if not checked.understood["create"]:
            # A name that opens no file serves no one.
            checked.understood |= {"given": "", "family": ""}
        others = [kind, covered, line["day"], said["born"], said["sex"], said["quartier"]]
        tell_apart(checked, season, others)
        return checked

    def _check_season(self, line: Line, season: int, day: date | None) -> date:
        first, last = date(season, int(rule("season_month")), 1), last_day(season)
        if first > today():
            line.refuse("season", _("Cette saison n’a pas commencé."))
        if day and not -TAKEN_BEFORE < (day - first).days <= (last - first).days:
            line.refuse("day", _("Ce jour n’est pas dans la saison."))
        self._locked.refuse(line, "season", min(day or first, first), last)
        return day or first

    def _creates(self, line: Line, said: dict[str, Any], name: str) -> bool:
        wanted = bool(line.read("create", read_yes)) and said["person"] is None
        if wanted and not (name and said["born"]):
            line.refuse("create", _("Pour créer une fiche : prénom, nom et année de naissance."))
        elif wanted and line["card"]:
            return False
        return wanted


def _taken(people: set[int]) -> set[tuple[int | None, int]]:
    """(person, season) of the memberships known, at the desk or by the ledger; two statements."""
    if not people:
        return set()
    live = AdhesionPerson.resident_id.in_(people) & AdhesionPerson.is_live
    rows = db.session.execute(select(AdhesionPerson.resident_id, AdhesionPerson.season).where(live))
    found: set[tuple[int | None, int]] = {(row.resident_id, row.season) for row in rows}
    entries = db.session.execute(
        select(Participation.resident_id, Entry.until)
        .join(Entry, Entry.participation_key == Participation.key)
        .where(
            Participation.resident_id.in_(people),
            Entry.act == Act.ADHESION_TAKEN.value,
            is_live(),
        )
    )
    return found | {
        (row.resident_id, season)
        for row in entries
        if row.until
        for season in (row.until.year - 1, row.until.year)
        if last_day(season) == row.until
    }


class MemberWriter:
    """Writes memberships in the ledger, without receipts, and the files that were asked for."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._new: dict[tuple[str, int], int] = {}

    def record(self, understood: Sequence[dict[str, Any]]) -> None:
        """A batch: the files, then the memberships."""
        self._create([said for said in understood if said["create"]])
        wanted = [self._file(said) for said in understood]
        people = known_people([number for number in wanted if number])
        self._writing.record(
            [
                self._act(said, people[number] if number else None)
                for said, number in zip(understood, wanted, strict=True)
            ]
        )

    def _file(self, said: dict[str, Any]) -> int | None:
        found: int | None = self._new[_who(said)] if said["create"] else said["person"]
        return found

    def _create(self, asked: Sequence[dict[str, Any]]) -> None:
        new = {_who(said): said for said in asked if _who(said) not in self._new}
        rows = [self._resident(said) for said in new.values()]
        self._new |= dict(zip(new, self._writing.add(RESIDENTS, rows), strict=True))
        self._writing.record(
            [
                entry_of(
                    Act.RESIDENT_REGISTERED,
                    actor=row,
                    channel=Channel.PAPER,
                    entered_by=self._writing.by,
                )
                for row in rows
            ]
        )

    def _resident(self, said: dict[str, Any]) -> Resident:
        person: dict[str, object] = {
            "given_name": said["given"],
            "family_name": said["family"],
            "year_of_birth": said["born"],
            "sex": said["sex"],
            "quartier_id": said["quartier"],
        }
        resident = new_resident(person)
        resident.registered_by_id = self._writing.by.id
        return resident

    def _act(self, said: dict[str, Any], person: Known | None) -> Entry:
        facts: dict[str, Any] = {}
        if person is None or person.quartier_id is None:
            facts["quartier_id"] = said["quartier"]
        season = said["season"]
        entry = entry_of(
            Act.ADHESION_TAKEN,
            actor=person,
            subject=Of(IMPORTS, self._writing.import_id, f"{season}-{season + 1}"),
            when=date.fromisoformat(said["day"]),
            channel=Channel.PAPER,
            entered_by=self._writing.by,
            kind=said["kind"],
            head_count=said["people"],
            until=last_day(season),
            **facts,
        )
        freeze(entry, said)
        return entry


def _who(said: dict[str, Any]) -> tuple[str, int]:
    return fold(f"{said['family']} {said['given']}"), said["born"]


def words(said: dict[str, Any]) -> Words:
    """A membership as it is understood."""
    person = whom(said)
    if said["create"]:
        person = _("nouvelle fiche : %(name)s", name=f"{said['given']} {said['family']}")
    return [
        (_("Saison"), f"{said['season']}-{said['season'] + 1}"),
        (_("Type"), str(KIND_WORDS[said["kind"]])),
        (_("Personnes couvertes"), str(said["people"])),
        (_("Depuis le"), date_fr(date.fromisoformat(said["day"]))),
        (_("Personne"), person),
    ]
