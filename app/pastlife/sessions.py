"""Past sessions: what was done, when, for how long, and how many came."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from app.core.clock import PARIS, now
from app.core.db import db
from app.core.i18n import _, _l
from app.core.typography import date_fr
from app.partners.models import Partner
from app.pastlife.lines import REFERENCE_COLUMN, Checked, Column, Line, Words
from app.pastlife.locked import Locked
from app.pastlife.people import QUARTIER, Quartiers
from app.pastlife.values import (
    Unreadable,
    moment_of,
    plain,
    read_choice,
    read_count,
    read_day,
    read_length,
    read_text,
    read_time,
    read_yes,
)
from app.programme.attendance import MOST_PEOPLE
from app.programme.kinds import KINDS, LEAD_WORDS, NATURE_WORDS, NATURES_OF
from app.programme.models import Action, ActionKind, Session

NOON = time(12)
"""Where a session whose hour nobody knows stands in its day."""
LEADS = {
    **{plain(code): code for code in LEAD_WORDS},
    **{plain(words): code for code, words in LEAD_WORDS.items()},
    "centre social": "centre",
    "la ville": "ville",
    "commune": "ville",
}
NATURES = {plain(code): code for code in NATURE_WORDS}
NATURE_NAMES = (
    _l("échange"),
    _l("coordination"),
    _l("autre"),
    _l("habitants"),
    _l("partenaires"),
    _l("élus"),
    _l("équipe"),
)
MEETING = "reunion_partenariale"

COLUMNS: tuple[Column, ...] = (
    Column(
        "title",
        _l("Action"),
        _l("Le nom de l’action. Le même nom d’une séance à l’autre fait une seule action."),
        "Atelier couture (exemple)",
        True,
        ("titre", "intitule", "nom de l action", "activite", "seance"),
    ),
    Column("day", _l("Date"), _l("Comme 12/03/2023."), "12/03/2023", True, ("jour", "le")),
    Column(
        "at", _l("Heure"), _l("Comme 14h30, ou vide."), "14h30", also=("debut", "heure de debut")
    ),
    Column(
        "length",
        _l("Durée"),
        _l("En heures : 1,5 ou 1h30. En minutes : 90 min."),
        "2",
        True,
        ("duree en heures", "duree heures", "heures"),
    ),
    Column(
        "kind",
        _l("Type"),
        _l("Un type d’action des réglages, comme Activité ou Fête de quartier."),
        "Activité",
        True,
        ("type d action", "genre"),
    ),
    Column(
        "nature",
        _l("Nature"),
        _l(
            "Pour une réunion de partenaires : échange, coordination ou autre. Pour une "
            "présentation du centre : habitants, partenaires, élus ou équipe."
        ),
    ),
    Column(
        "lead",
        _l("Porteur"),
        _l("Centre, ville, partenaire, association ou habitants. Vide : le centre."),
        "centre",
        also=("porte par", "organisateur"),
    ),
    Column(
        "offsite",
        _l("Hors les murs"),
        _l("Oui ou non. Vide : non. Si oui, donnez le quartier."),
        "non",
        also=("dehors", "exterieur"),
    ),
    QUARTIER,
    Column("place", _l("Lieu"), _l("Où, en quelques mots."), "Salle du rez-de-chaussée"),
    Column(
        "people",
        _l("Personnes"),
        _l("Combien de personnes sont venues. Vide si personne ne le sait."),
        "14",
        also=("nombre de personnes", "participants", "effectif", "nombre"),
    ),
    Column(
        "estimated",
        _l("Estimé"),
        _l("Oui si le nombre vient d’un comptage, non s’il vient d’une feuille. Vide : oui."),
        "non",
        also=("estimation",),
    ),
    Column(
        "partners",
        _l("Partenaires présents"),
        _l("Des partenaires de l’annuaire, séparés par des points-virgules."),
        also=("partenaires", "partenaire"),
    ),
    REFERENCE_COLUMN,
)


class SessionChecker:
    """Reads past sessions; five statements in all, however many lines there are."""

    def __init__(self) -> None:
        rows = db.session.execute(
            select(ActionKind.code, ActionKind.label, ActionKind.counts_as).order_by(
                ActionKind.label
            )
        ).all()
        codes = {plain(row.code): row.code for row in rows}
        codes |= {plain(row.label): row.code for row in rows}
        self._kind = read_choice(codes, [row.label for row in rows])
        self._counts_as = {row.code: row.counts_as for row in rows}
        partners = db.session.execute(select(Partner.id, Partner.name)).all()
        self._partners = {plain(row.name): row.id for row in partners}
        self._quartiers, self._locked, self._held = Quartiers(), Locked(), _programme()

    def check(self, lines: Sequence[Line]) -> list[Checked]:
        """What is made of each line."""
        return [self._check(line) for line in lines]

    def _check(self, line: Line) -> Checked:
        title = line.need("title", read_text(120))
        day = line.need("day", read_day)
        at = line.read("at", read_time)
        said: dict[str, Any] = {
            "title": title,
            "day": day.isoformat() if day else None,
            "at": f"{at:%H:%M}" if at else None,
            "minutes": line.need("length", read_length),
            "kind": line.need("kind", self._kind),
            "nature": line.read("nature", read_choice(NATURES, NATURE_NAMES)),
            "lead": line.read("lead", read_choice(LEADS, LEAD_WORDS)) or "centre",
            "offsite": bool(line.read("offsite", read_yes)),
            "quartier": line.read("quartier", self._quartiers),
            "place": line.read("place", read_text(160)) or "",
            "people": line.read("people", read_count(MOST_PEOPLE)),
            "partners": line.read("partners", self._read_partners) or [],
        }
        counted = line.read("estimated", read_yes)
        said["estimated"] = said["people"] is not None and counted is not False
        said["counts_as"] = self._counts_as.get(said["kind"] or "")
        checked = Checked(line, said)
        if day:
            self._locked.refuse(line, "day", day)
            if moment_of(day, at or NOON) + timedelta(minutes=said["minutes"] or 0) > now():
                line.refuse("day", _("Cette séance n’est pas encore finie."))
        if said["offsite"] and not line["quartier"]:
            line.refuse("quartier", _("Hors les murs, dites dans quel quartier."))
        self._check_nature(line, said)
        if title and day:
            checked.same = (plain(title), said["day"], said["at"], line["reference"])
            hours = self._held.get((plain(title), day), ())
            if not line["reference"] and any(at in (hour, None) for hour in hours):
                checked.repeated = _("Le programme a déjà une séance de cette action ce jour-là.")
        return checked

    def _check_nature(self, line: Line, said: dict[str, Any]) -> None:
        wanted = NATURES_OF.get(said["counts_as"] or "")
        if wanted is None:
            said["nature"] = None
        elif not line["nature"] and said["counts_as"] == MEETING:
            line.refuse("nature", _("Dites à quoi servait la réunion : échange, coordination…"))
        elif said["nature"] and said["nature"] not in wanted:
            line.refuse("nature", _("Ce mot ne va pas avec ce type de séance."))

    def _read_partners(self, text: str) -> list[int]:
        names = [name.strip() for name in text.split(";") if name.strip()]
        unknown = [name for name in names if plain(name) not in self._partners]
        if unknown:
            sentence = _("Pas dans l’annuaire des partenaires : %(names)s. Ajoutez-les d’abord.")
            raise Unreadable(sentence % {"names": ", ".join(unknown)})
        return sorted({self._partners[plain(name)] for name in names})


def _programme() -> dict[tuple[str, date], set[time]]:
    """When each action already has a session: (its name, the day) → the hours."""
    found: dict[tuple[str, date], set[time]] = {}
    names: dict[str, str] = {}
    rows = db.session.execute(
        select(Action.title, Session.starts_at)
        .join(Session, Session.action_id == Action.id)
        .where(Session.status != "cancelled")
    )
    for title, starts_at in rows:
        name = names.setdefault(title, plain(title))
        local = starts_at.astimezone(PARIS)
        found.setdefault((name, local.date()), set()).add(local.time())
    return found


def words(said: dict[str, Any]) -> Words:
    """A past session as it is understood."""
    people = _("non dit") if said["people"] is None else str(said["people"])
    if said["estimated"]:
        people = _("%(number)s, estimées", number=people)
    return [
        (_("Action"), said["title"]),
        (_("Date"), date_fr(date.fromisoformat(said["day"]))),
        (_("Heure"), said["at"].replace(":", "\u00a0h\u00a0") if said["at"] else _("non dite")),
        (_("Durée en minutes"), str(said["minutes"])),
        (_("Compte comme"), str(KINDS.get(said["counts_as"], said["counts_as"]))),
        (_("Porteur"), str(LEAD_WORDS[said["lead"]])),
        (_("Hors les murs"), _("oui") if said["offsite"] else _("non")),
        (_("Personnes"), people),
    ]
