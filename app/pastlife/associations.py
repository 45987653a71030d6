"""Associations known for long: put in the directory with the day they entered it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from app.associations.details import Details
from app.associations.families import FAMILIES
from app.associations.indexing import index_association
from app.associations.models import Association, AssociationPublic
from app.associations.publics import PUBLICS
from app.associations.services import free_slug
from app.core.clock import today
from app.core.db import db
from app.core.errors import Invalid
from app.core.forms import NOT_AN_EMAIL
from app.core.i18n import _, _l
from app.core.search_text import fold
from app.core.typography import date_fr
from app.ledger.acts import Act, Channel
from app.ledger.services import entry_of
from app.pastlife.lines import Checked, Column, Line, Words
from app.pastlife.locked import Locked
from app.pastlife.people import QUARTIER, Quartiers
from app.pastlife.values import Unreadable, moment_of, plain, read_choice, read_day, read_text
from app.pastlife.writing import ASSOCIATIONS, Of, Writing

COLUMNS: tuple[Column, ...] = (
    Column(
        "name",
        _l("Nom"),
        _l("Le nom de l’association."),
        "Les Amis du Livre (exemple)",
        True,
        ("association", "nom de l association"),
    ),
    Column(
        "purpose",
        _l("Objet"),
        _l("À quoi elle sert, en une phrase."),
        "Prêter des livres et lire ensemble.",
        True,
        ("but", "description"),
    ),
    Column(
        "family",
        _l("Domaine"),
        _l("Un domaine de l’annuaire, comme Culture et arts, ou son code à trois chiffres."),
        "Culture et arts",
        True,
        ("famille", "secteur d activite"),
    ),
    Column("activities", _l("Activités"), _l("Ce qu’elle propose."), "Lectures, prêts"),
    Column(
        "publics",
        _l("Publics"),
        _l("Enfants, jeunes, adultes, familles, seniors, séparés par des points-virgules."),
        "Enfants; Familles",
        also=("public",),
    ),
    QUARTIER,
    Column("rna", _l("RNA"), _l("Commence par W."), also=("numero rna",)),
    Column("siren", _l("SIREN"), _l("Neuf chiffres.")),
    Column("siret", _l("SIRET"), _l("Quatorze chiffres.")),
    Column("email", _l("E-mail"), _l("L’adresse de l’association."), also=("mail", "courriel")),
    Column("phone", _l("Téléphone"), _l("Celui de l’association."), also=("tel",)),
    Column("website", _l("Site"), _l("Son adresse sur Internet."), also=("site internet", "web")),
    Column("address", _l("Adresse"), _l("Où lui écrire.")),
    Column(
        "day",
        _l("Depuis le"),
        _l("Le jour où le centre l’a connue. Vide : aujourd’hui."),
        "01/09/2019",
        also=("date", "inscrite le"),
    ),
)
NOON = time(12)
DETAILS = ("activities", "rna", "siren", "siret", "phone", "address")
LONGEST_WEBSITE = 190
"""As in the directory's own form: « https:// » is added to one typed without it."""


class AssociationChecker:
    """Reads associations; three statements in all."""

    def __init__(self) -> None:
        self._quartiers, self._locked = Quartiers(), Locked()
        words = FAMILIES.items()
        self._family = read_choice(
            {**{plain(code): code for code in FAMILIES}, **{plain(it): code for code, it in words}},
            FAMILIES.values(),
        )
        known = db.session.execute(
            select(Association.folded_name, Association.rna, Association.siret)
        ).all()
        self._known = {value for row in known for value in row if value}

    def check(self, lines: Sequence[Line]) -> list[Checked]:
        """What is made of each line."""
        return [self._check(line) for line in lines]

    def _check(self, line: Line) -> Checked:
        day = line.read("day", read_day)
        self._locked.refuse(line, "day", day or today())
        details = Details(
            name=line.need("name", read_text(120)) or "",
            purpose=line.need("purpose", read_text(600)) or "",
            family=line.need("family", self._family) or "",
            quartier_id=line.read("quartier", self._quartiers),
            publics=line.read("publics", _read_publics) or (),
            email=line.read("email", _read_email),
            website=line.read("website", read_text(LONGEST_WEBSITE)) or "",
            **{name: line.read(name, read_text(200)) or "" for name in DETAILS},
        )
        checked = Checked(line)
        try:
            details = details.checked()
        except Invalid as refusal:
            if not line.problems:
                line.refuse(refusal.field or "name", refusal.message)
            return checked
        checked.understood = {**asdict(details), "day": day.isoformat() if day else None}
        name = fold(details.name)[:160]
        checked.same = (name,)
        checked.also = tuple(
            (key, value) for key, value in (("rna", details.rna), ("siret", details.siret)) if value
        )
        if self._known & {name, details.rna, details.siret}:
            checked.repeated = _("Cette association est déjà dans l’annuaire.")
        return checked


class AssociationWriter:
    """Writes each association, approved, and the two acts of its entry."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing

    def record(self, understood: Sequence[dict[str, Any]]) -> None:
        """A batch; one association at a time, since each has an address of its own."""
        for said in understood:
            self._write_one(dict(said))

    def _write_one(self, said: dict[str, Any]) -> None:
        day, publics = _day(said.pop("day")), said.pop("publics")
        row = Association(
            **said,
            folded_name=fold(said["name"])[:160],
            slug=free_slug(said["name"]),
            status="approved",
            listed_at=moment_of(day, NOON),
            publics=[AssociationPublic(public=public) for public in publics],
        )
        (number,) = self._writing.add(ASSOCIATIONS, [row])
        index_association(row)
        facts: dict[str, Any] = {
            "subject": Of(ASSOCIATIONS, number, row.name),
            "when": day,
            "channel": Channel.PAPER,
            "entered_by": self._writing.by,
            "association_id": number,
            "quartier_id": row.quartier_id,
        }
        acts = (Act.ASSOCIATION_LISTED, Act.ASSOCIATION_APPROVED)
        self._writing.record([entry_of(act, **facts) for act in acts])


def _day(said: str | None) -> date:
    """Today where the line says none: the day it is brought in, not the day it was read."""
    return date.fromisoformat(said) if said else today()


def _read_publics(text: str) -> tuple[str, ...]:
    read: Callable[[str], str] = read_choice(
        {**{plain(code): code for code in PUBLICS}, **{plain(it): c for c, it in PUBLICS.items()}},
        PUBLICS.values(),
    )
    return tuple(read(one) for one in text.replace(",", ";").split(";") if one.strip())


def _read_email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Unreadable(str(NOT_AN_EMAIL)) from error


def words(said: dict[str, Any]) -> Words:
    """An association as it is understood."""
    return [
        (_("Nom"), said["name"]),
        (_("Objet"), said["purpose"]),
        (_("Domaine"), str(FAMILIES[said["family"]])),
        (_("Depuis le"), date_fr(_day(said["day"]))),
    ]
