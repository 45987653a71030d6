"""Children's profiles, and who answers for them."""

from typing import TypedDict

from sqlalchemy import ColumnElement, func, select

from app.accounts import services as accounts
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.consent_services import end_consents
from app.accounts.family_models import Guardianship
from app.accounts.family_policies import (
    can_answer_for_children,
    can_end_link,
    can_link_families,
    can_register_child,
)
from app.accounts.family_queries import live_link, someone_else_answers
from app.accounts.household_services import household_of, join_home
from app.accounts.models import Participation, Resident
from app.accounts.signals import person_told
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now, today
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.search_text import fold
from app.core.typography import of_fr
from app.ledger.acts import Act
from app.ledger.services import record

MOST_CHILDREN = 12
MOST_GUARDIANS = 2
OWN_SPACE = "/moi/famille"
LONGEST_REASON = 200


class ChildFacts(TypedDict):
    """What is known of a child: what others call them, and little else."""

    nickname: str
    year_of_birth: int
    quartier_id: int | None


@atomic
def add_child(by: Resident, guardian: Resident, facts: ChildFacts) -> Resident:
    """Register a child for whom this adult answers, in the adult's household.

    Raises:
        Forbidden: neither the adult nor the team; or an adult who may not.
        Invalid: no name, or a year that is not a child's.
        Conflict: too many children already, even by simultaneous clicks.
    """
    if not can_register_child(by, guardian):
        raise Forbidden(_("Un adulte inscrit et confirmé ajoute un enfant à sa famille."))
    lock(guardian)
    if _children_count(guardian) >= MOST_CHILDREN:
        raise Conflict(_("Vous avez déjà beaucoup d’enfants ici : passez à l’accueil du centre."))
    child = Resident(
        family_name="",
        card_number=accounts.free_card_number(),
        registered_by_id=by.id if by.id != guardian.id else None,
        participation=Participation(),
    )
    _describe(child, facts)
    db.session.add(child)
    db.session.flush()
    _link(by, guardian, child)
    join_home(household_of(guardian), child)
    record(Act.RESIDENT_REGISTERED, actor=child, entered_by=by)
    if by.id != guardian.id:
        note(AuditAct.FAMILY_LINKED, by, child, after={"guardian": guardian.id})
    return child


@atomic
def edit_child(by: Resident, child: Resident, facts: ChildFacts) -> None:
    """Change what a child is called, their year of birth or their quartier.

    Raises:
        Forbidden: someone who does not answer for the child.
        Invalid: no name, or a year that is not a child's.
    """
    lock(child)
    if live_link(by.id, child.id) is None:
        raise Forbidden(_("Seul un parent ou un responsable légal change cette fiche."))
    _describe(child, facts)


@atomic
def link(desk: Resident, guardian: Resident, child: Resident) -> Guardianship:
    """Say at the desk that an adult answers for a child who is known already.

    Raises:
        Forbidden: not one of the team, or not an adult.
        Conflict: linked already, two guardians already, or no longer a child.
    """
    if not can_link_families(desk) or not can_answer_for_children(guardian):
        raise Forbidden(_("L’accueil relie un enfant à un adulte confirmé."))
    made = add_guardian(desk, guardian, child)
    note(AuditAct.FAMILY_LINKED, desk, child, after={"guardian": guardian.id})
    person_told.send(
        guardian,
        text=_("Vous répondez maintenant %(of_child)s.", of_child=of_fr(child.called)),
        url=OWN_SPACE,
    )
    return made


@atomic
def end_link(by: Resident, given: Guardianship, reason: str) -> None:
    """Undo a link, with its reason; what the guardian agreed to for the child ends with it.

    Raises:
        Forbidden: neither the guardian nor the team, or ended already.
        Invalid: no reason.
        Conflict: the child would have nobody left, and nobody but the team may decide that.
    """
    # Of two parents who leave together, the second must see the first gone.
    lock(given.child)
    lock(given)
    if not can_end_link(by, given):
        raise Forbidden(_("Ce lien ne peut pas être défait ainsi."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi, en quelques mots."), field="reason")
    if leaves_alone(by, given):
        raise Conflict(
            _(
                "Plus personne ne répondrait %(of_name)s : invitez d’abord l’autre parent, "
                "ou passez à l’accueil.",
                of_name=of_fr(given.child.called),
            )
        )
    close_link(given, by, reason.strip()[:LONGEST_REASON])
    if by.id != given.guardian_id:
        note(AuditAct.FAMILY_UNLINKED, by, given.child, before={"guardian": given.guardian_id})
        person_told.send(
            given.guardian,
            text=_("L’accueil a défait votre lien avec %(child)s.", child=given.child.called),
            url=OWN_SPACE,
        )


def leaves_alone(by: Resident, given: Guardianship) -> bool:
    """Whether a guardian who goes leaves a child with nobody."""
    if by.id != given.guardian_id or not given.child.is_active:
        return False
    return not someone_else_answers(given.child_id, by.id)


def close_link(given: Guardianship, by: Resident | None, reason: str) -> None:
    """End a link inside the caller's act; a session that spoke for the child is its own again."""
    given.ended_at, given.end_reason = now(), reason
    given.ended_by_id = by.id if by else None
    speaking = select(SignIn).where(
        SignIn.resident_id == given.guardian_id,
        SignIn.acting_for_id == given.child_id,
        SignIn.acting_as == ActingAs.GUARDIAN.value,
    )
    for sign_in in db.session.scalars(speaking):
        accounts.stop_acting(sign_in)
    end_consents(given.child, given.guardian)
    db.session.flush()
    _forget(given.guardian, given.child)


def guardian_count(child: Resident) -> int:
    """How many answer for the child today."""
    return _count(Guardianship.child_id == child.id)


def _describe(child: Resident, facts: ChildFacts) -> None:
    name = " ".join(facts["nickname"].split())
    if not name:
        raise Invalid(_("Écrivez un prénom ou un surnom."), field="nickname")
    year = facts["year_of_birth"]
    child.year_of_birth = year
    if year > today().year or not child.is_under_15_on(today()):
        raise Invalid(
            _("Cette page est pour les enfants. À partir de 15 ans, chacun ouvre son compte."),
            field="year_of_birth",
        )
    child.nickname = name
    # One who was registered at the desk keeps the name they gave there.
    child.given_name = child.given_name if child.family_name else name
    child.folded_name = fold(f"{child.family_name} {child.given_name}").strip()[:130]
    child.quartier_id = facts["quartier_id"]


def add_guardian(by: Resident, guardian: Resident, child: Resident) -> Guardianship:
    """Link inside the caller's act, while the child is one and has room for a guardian."""
    lock(child)
    if not child.is_under_15_on(today()):
        raise Conflict(_("Cette personne a 15 ans ou plus, ou n’a pas dit son année de naissance."))
    if guardian_count(child) >= MOST_GUARDIANS:
        raise Conflict(_("Deux personnes répondent déjà de cet enfant."))
    return _link(by, guardian, child)


def _link(by: Resident, guardian: Resident, child: Resident) -> Guardianship:
    made = Guardianship(guardian_id=guardian.id, child_id=child.id, linked_by_id=by.id)
    with unique_or(Conflict(_("Cette personne répond déjà de cet enfant."))):
        db.session.add(made)
    _forget(guardian, child)
    return made


def _forget(guardian: Resident, child: Resident) -> None:
    db.session.expire(guardian, ["has_children"])
    db.session.expire(child, ["has_guardian"])


def _children_count(guardian: Resident) -> int:
    return _count(Guardianship.guardian_id == guardian.id)


def _count(side: ColumnElement[bool]) -> int:
    live = select(func.count(Guardianship.id)).where(side, Guardianship.ended_at.is_(None))
    return db.session.scalar(live) or 0
