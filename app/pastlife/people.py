"""Whom a line names: the columns, and the file of the person when there is exactly one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Participation, Resident
from app.centre.age_bands import age_band, labels
from app.centre.models import Quartier
from app.centre.settings import rule
from app.core.db import db
from app.core.i18n import _, _l
from app.core.search_text import fold
from app.ledger.acts import Standing
from app.pastlife.lines import Checked, Column, Line
from app.pastlife.values import (
    Unreadable,
    plain,
    read_birth_year,
    read_card,
    read_choice,
    read_text,
)

LONGEST_NAME = 60
SEXES = {
    **dict.fromkeys(("f", "femme", "fille", "feminin"), "F"),
    **dict.fromkeys(("h", "m", "homme", "garcon", "masculin"), "H"),
}
STANDINGS = {
    **dict.fromkeys(("habitant", "habitante", "habitants"), Standing.HABITANT.value),
    **dict.fromkeys(("equipe", "agent", "salarie", "salariee"), Standing.TEAM.value),
    **dict.fromkeys(("partenaire", "partenaires"), Standing.PARTNER.value),
    **dict.fromkeys(("autre commune", "exterieur", "hors commune"), Standing.OUTSIDE.value),
}
STANDING_WORDS = (_l("habitant"), _l("équipe"), _l("partenaire"), _l("autre commune"))

QUARTIER = Column(
    "quartier", _l("Quartier"), _l("Un quartier de la liste des réglages."), "", also=("secteur",)
)
PERSON: tuple[Column, ...] = (
    Column(
        "card",
        _l("Carte"),
        _l("Le numéro de carte, à 8 chiffres : le plus sûr pour retrouver une personne."),
        also=("numero de carte", "n de carte"),
    ),
    Column("given", _l("Prénom"), _l("Avec le nom et l’année, retrouve la fiche."), "Fatou"),
    Column("family", _l("Nom"), _l("Nom de famille."), "Exemple", also=("nom de famille",)),
    Column(
        "born",
        _l("Année de naissance"),
        _l("Quatre chiffres. D’une date entière, seule l’année est lue."),
        "1985",
        also=("naissance", "date de naissance", "annee"),
    ),
    Column("sex", _l("Sexe"), _l("F ou H, ou vide."), "F", also=("genre",)),
    QUARTIER,
)


@dataclass(frozen=True)
class Known:
    """Someone with a file, as the ledger freezes them."""

    id: int
    participation_key: str | None
    quartier_id: int | None
    sex: str | None
    standing: str
    year_of_birth: int | None

    def age_band_on(self, day: date) -> str | None:
        """As `Resident.age_band_on`."""
        return None if self.year_of_birth is None else age_band(day.year - self.year_of_birth)


def known_people(numbers: Sequence[int]) -> dict[int, Known]:
    """Those of these numbers whose files are in use; one statement."""
    rows = db.session.execute(_files().where(Resident.id.in_(numbers)))
    return {row.id: _known(row) for row in rows}


class Quartiers:
    """The quartiers by name, those no longer offered too; one statement."""

    def __init__(self) -> None:
        rows = db.session.execute(select(Quartier.id, Quartier.name).order_by(Quartier.position))
        self.names: dict[int, str] = {row.id: row.name for row in rows}
        by_name: dict[str, int] = {plain(name): number for number, name in self.names.items()}
        self._read = read_choice(by_name, self.names.values())

    def __call__(self, text: str) -> int:
        try:
            return self._read(text)
        except Unreadable as error:
            if self.names:
                raise
            raise Unreadable(_("Ajoutez d’abord les quartiers dans les réglages.")) from error


class People:
    """Finds the files of the people whom a batch of lines names; three statements a batch."""

    def __init__(self, lines: Sequence[Line]) -> None:
        cards = {digits for line in lines if (digits := _digits(line["card"]))}
        names = {_folded(line) for line in lines} - {""}
        self._cards: dict[str, Known] = {}
        self._names: dict[str, list[Known]] = {}
        if cards:
            self._load_cards(cards)
        if names:
            query = _files().where(Resident.folded_name.in_(names)).order_by(Resident.id)
            for row in db.session.execute(query):
                self._names.setdefault(row.folded_name, []).append(_known(row))

    def _load_cards(self, cards: set[str]) -> None:
        kept = aliased(Resident)
        rows = db.session.execute(
            select(Resident.card_number, kept.id)
            .join(kept, (kept.id == Resident.merged_into_id) | (kept.id == Resident.id))
            .where(Resident.card_number.in_(cards), kept.merged_into_id.is_(None))
        ).all()
        files = known_people([row.id for row in rows])
        self._cards = {row.card_number: files[row.id] for row in rows if row.id in files}

    def read(self, line: Line, quartiers: Quartiers) -> tuple[dict[str, Any], Checked]:
        """What is understood of the person, and the beginning of what is made of the line.

        `person` is the number of their file; without one they are counted without a name.
        """
        said: dict[str, Any] = {
            "given": line.read("given", read_text(LONGEST_NAME)) or "",
            "family": line.read("family", read_text(LONGEST_NAME)) or "",
            "born": line.read("born", read_birth_year),
            "sex": line.read("sex", read_choice(SEXES, ("F", "H"))),
            "quartier": line.read("quartier", quartiers),
        }
        card = line.read("card", read_card)
        checked = Checked(line, folded_name=_folded(line), card_number=card or "")
        found = self._found(line, card, said["born"], checked.folded_name)
        said["person"] = checked.resident_id = found.id if found else None
        if found:
            # What is said of someone known is in their file already.
            said["given"] = said["family"] = ""
        return said, checked

    def _found(self, line: Line, card: str | None, born: int | None, name: str) -> Known | None:
        if card:
            if card not in self._cards:
                line.refuse("card", _("Aucune fiche n’a ce numéro de carte."))
            return self._cards.get(card)
        if not name or born is None:
            return None
        alike = [one for one in self._names.get(name, ()) if one.year_of_birth == born]
        if len(alike) > 1:
            line.refuse("family", _("Plusieurs fiches portent ce nom : donnez le numéro de carte."))
        return alike[0] if len(alike) == 1 else None


def tell_apart(checked: Checked, where: object, others: Sequence[object]) -> None:
    """Say what makes a line about someone the same as another.

    Args:
        where: what one person can do once: a session, a season.
        others: what is known of someone whom nothing names; such lines are counted.
    """
    line, said = checked.line, checked.understood
    names = fold(f"{line['family']} {line['given']}")
    named_by: list[object] = [names, said["born"]]
    if line["card"]:
        named_by = ["card", checked.card_number]
    elif not names:
        checked.is_counted, named_by = True, list(others)
    checked.same = (where, named_by, line["reference"])
    if said["person"]:
        checked.also = (("person", where, said["person"]),)


def whom(said: dict[str, Any]) -> str:
    """How the person will be counted."""
    if said["person"]:
        return _("une fiche du centre (n° %(number)d)", number=said["person"])
    return _("sans nom")


def read_standing(text: str) -> str:
    """Habitant, of the team, a partner, or from elsewhere."""
    return read_choice(STANDINGS, STANDING_WORDS)(text)


def read_band(text: str) -> str:
    """One of the centre's age bands."""
    bands = labels(rule("age_bands"))
    return read_choice({plain(band): band for band in bands}, bands)(text)


def _files() -> Any:
    in_use = (
        Resident.merged_into_id.is_(None),
        Resident.erased_at.is_(None),
        Resident.closed_at.is_(None),
    )
    return (
        select(
            Resident.id,
            Participation.key,
            Resident.quartier_id,
            Resident.sex,
            Resident.standing,
            Resident.year_of_birth,
            Resident.folded_name,
        )
        .outerjoin(Participation, Participation.resident_id == Resident.id)
        .where(*in_use)
    )


def _known(row: Any) -> Known:
    return Known(row.id, row.key, row.quartier_id, row.sex, row.standing, row.year_of_birth)


def _folded(line: Line) -> str:
    if not (line["given"] and line["family"]):
        return ""
    return fold(f"{line['family']} {line['given']}")[:130]


def _digits(text: str) -> str:
    try:
        return read_card(text)
    except Unreadable:
        return ""
