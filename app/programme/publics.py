"""For whom an action is, and what to say when someone's age says otherwise."""

from typing import Any

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.core.i18n import _, _l
from app.programme.models import Session, SessionAttendance

AGES = {"enfants": (0, 17), "jeunes": (8, 30), "seniors": (50, 130)}
"""Ages reached this year that surprise nobody, both included; wide, since nobody is turned away."""

AIMED: dict[str, Any] = {
    "enfants": _l("Cette activité est prévue pour les enfants."),
    "jeunes": _l("Cette activité est prévue pour les jeunes."),
    "seniors": _l("Cette activité est prévue pour les seniors."),
}

MARKS: dict[str, Any] = {
    "enfants": _l("%(age)d ans, prévu pour les enfants"),
    "jeunes": _l("%(age)d ans, prévu pour les jeunes"),
    "seniors": _l("%(age)d ans, prévu pour les seniors"),
}


def age_apart(public: str, year_of_birth: int | None) -> int | None:
    """The age someone reaches this year, where it is not one that this public awaits."""
    if public not in AGES or year_of_birth is None:
        return None
    age, (least, most) = today().year - year_of_birth, AGES[public]
    return None if least <= age <= most else age


def mark(public: str, year_of_birth: int | None) -> str:
    """A few words beside a name, « 10 ans, prévu pour les seniors »; empty when all is well."""
    age = age_apart(public, year_of_birth)
    return "" if age is None else str(MARKS[public]) % {"age": age}


def remark(session: Session, resident: Resident, reader: Resident, tells_age: bool) -> str:
    """What to tell the reader once someone is on a list; empty when all is well.

    Whoever comes as a volunteer may have any age. The age itself is not said of an adult to those
    they live with. One statement.
    """
    public = session.action.public
    age = age_apart(public, resident.year_of_birth)
    came = db.session.get(SessionAttendance, (session.id, resident.id))
    if age is None or (came is not None and came.role == "volunteer"):
        return ""
    if resident.id == reader.id:
        return f"{AIMED[public]} " + _("Ce n’est pas pour vous ? Retirez-vous de la liste.")
    said = _("Est-ce bien la bonne personne ?")
    if tells_age or resident.is_under_15_on(today()):
        said = _("%(name)s a %(age)d ans cette année.", name=resident.called, age=age)
    return f"{AIMED[public]} {said} " + _("Une erreur ? Retirez ce nom de la liste.")
