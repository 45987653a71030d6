"""At 15 an account becomes its person's own."""

from sqlalchemy import select

from app.accounts import services as accounts
from app.accounts.consent_services import end_consents
from app.accounts.family_models import Guardianship
from app.accounts.family_services import close_link
from app.accounts.models import UNSURE_AGE, Resident
from app.accounts.signals import person_told
from app.core.clock import today
from app.core.db import atomic, db, lock
from app.core.i18n import _

REASON = "15 ans"


def of_age() -> list[int]:
    """Who is surely 15 and still has someone to answer for them."""
    live = select(Guardianship.child_id).where(Guardianship.ended_at.is_(None))
    grown = Resident.year_of_birth < today().year - UNSURE_AGE
    return list(
        db.session.scalars(
            select(Resident.id).where(Resident.id.in_(live), grown).order_by(Resident.id)
        )
    )


@atomic
def hand_over(resident: Resident) -> bool:
    """End what others decided for them, and tell everyone; False when there is nothing to end.

    Their card's code ends too: a parent may know it. The desk gives a new one, to them alone.
    """
    lock(resident)
    links = list(
        db.session.scalars(
            select(Guardianship).where(
                Guardianship.child_id == resident.id, Guardianship.ended_at.is_(None)
            )
        )
    )
    if not links or resident.is_under_15_on(today()):
        return False
    end_consents(resident)
    for link in links:
        close_link(link, None, REASON)
        person_told.send(
            link.guardian,
            text=_("%(name)s a 15 ans : son compte est maintenant le sien.", name=resident.called),
            url="/moi/famille",
            body=_(
                "Vous ne parlez plus pour %(name)s et vos accords pour cette personne"
                " s’arrêtent : elle décide seule. Dites-lui de passer à l’accueil du centre,"
                " où l’on lui remettra sa carte et un code à elle.",
                name=resident.called,
            ),
        )
    resident.pin_hash = None
    accounts.end_sign_ins(resident)
    person_told.send(
        resident,
        text=_("Vous avez 15 ans : ce compte est maintenant le vôtre, à vous de décider."),
        url="/moi/consentements",
        body=_(
            "Passez à l’accueil du centre : on vous remet votre carte et un code à vous. Vous"
            " pouvez aussi y donner une adresse e-mail pour vous connecter avec."
        ),
    )
    return True
