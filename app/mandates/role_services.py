"""The rounds of an election without candidates."""

from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import CHILDREN, Resident
from app.accounts.role_services import give_by_rule
from app.accounts.silence import check_may_write
from app.accounts.taking_part import check_takes_part
from app.audit.acts import AuditAct
from app.audit.services import note
from app.bodies.models import COMITE, Body
from app.bodies.policies import can_manage_body
from app.bodies.queries import is_member
from app.bodies.telling import path, tell_members
from app.core.clock import now, today
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.core.rights import Role
from app.mandates.role_models import RoleElection, RoleNaming, RoleVoice
from app.notifications.services import notify

VOICES = ("consent", "reserve", "objection", "abstain")
A_MONTH = timedelta(days=30)


@atomic
def open_election(
    by: Resident, body: Body, *, title: str, months: int, criteria: str, is_referent: bool = False
) -> RoleElection:
    """Say the role, its term and what it asks for; the members are told.

    Raises:
        Forbidden: only who manages the comité may.
        Invalid: no role or criteria said, or the comité of children, where it is done aloud.
    """
    _check_manages(by, body)
    if body.kind != COMITE or body.closed_on is not None:
        raise Invalid(_("On choisit ainsi dans un comité ouvert."))
    if body.theme == CHILDREN:
        raise Invalid(_("Au comité enfant, cela se fait de vive voix, avec les référents."))
    if not title.strip() or not criteria.strip():
        raise Invalid(_("Dites le rôle, puis ce qu’il demande."), field="criteria")
    election = RoleElection(
        body_id=body.id,
        title=title.strip(),
        months=months,
        criteria=criteria.strip(),
        is_referent=is_referent,
    )
    db.session.add(election)
    db.session.flush()
    words = _("Qui pour ce rôle ? %(title)s", title=election.title)
    tell_members(body, words, path("mandates.role_election", election_id=election.id))
    return election


@atomic
def name_someone(by: Resident, election: RoleElection, named_id: int, reason: str) -> None:
    """Name one person, oneself perhaps; later, change for someone whom another named.

    Raises:
        Forbidden: not a member, or kept from writing.
        Conflict: the rounds of naming are over.
        Invalid: not a member, no reason, or in the second round someone nobody named.
    """
    lock(election)
    _check_member(by, election.body)
    if election.status not in ("naming", "changing"):
        raise Conflict(_("On ne nomme plus : le tour est passé."))
    if not reason.strip():
        raise Invalid(_("Dites pourquoi cette personne."), field="reason")
    if not is_member(election.body_id, named_id):
        raise Invalid(_("Nommez un membre du comité."), field="named")
    mine = db.session.get(RoleNaming, (election.id, by.id))
    if election.status == "changing" and named_id not in named_in(election):
        raise Invalid(_("Au second tour, on choisit parmi les personnes nommées."), field="named")
    if mine is None:
        mine = RoleNaming(election_id=election.id, voter_id=by.id, reason="")
        db.session.add(mine)
    elif election.status == "changing" and mine.named_id != named_id:
        mine.first_id = mine.first_id or mine.named_id
    mine.named_id, mine.reason = named_id, reason.strip()


@atomic
def let_change(by: Resident, election: RoleElection) -> None:
    """Everyone has heard the reasons: each may change for someone already named.

    Raises:
        Forbidden: only who manages the comité may.
        Conflict: nobody is named yet, or it is done already.
    """
    _hold(by, election)
    if election.status != "naming" or not named_in(election):
        raise Conflict(_("Attendez que des personnes soient nommées."))
    election.status = "changing"


@atomic
def propose(by: Resident, election: RoleElection, named_id: int) -> None:
    """Propose one of those named: a round of consent begins, again where another met objections.

    Raises:
        Forbidden: only who manages the comité may.
        Conflict: too early, or over.
        Invalid: nobody named that person.
    """
    _hold(by, election)
    if election.status not in ("changing", "consent"):
        raise Conflict(_("Ce n’est pas le moment de proposer quelqu’un."))
    if named_id not in named_in(election):
        raise Invalid(_("Proposez une des personnes nommées."), field="named")
    election.status, election.proposed_id = "consent", named_id
    election.round += 1


@atomic
def say(by: Resident, election: RoleElection, voice: str, reason: str = "") -> None:
    """Consent or not to the person proposed, who speaks last; one may change one's mind.

    Raises:
        Forbidden: someone who named nobody.
        Conflict: no round is open, or others have not spoken yet.
        Invalid: an objection without a reason.
    """
    lock(election)
    _check_member(by, election.body)
    if election.status != "consent":
        raise Conflict(_("Aucun tour de consentement n’est ouvert."))
    if db.session.get(RoleNaming, (election.id, by.id)) is None:
        raise Forbidden(_("Ce tour réunit les personnes qui ont nommé quelqu’un."))
    if voice not in VOICES:
        raise Invalid(_("Choisissez une réponse de la liste."), field="voice")
    if voice == "objection" and not reason.strip():
        raise Invalid(_("Une objection dit sa raison."), field="reason")
    if by.id == election.proposed_id and waited_for(election) - {by.id}:
        raise Conflict(_("La personne proposée parle en dernier."))
    db.session.merge(
        RoleVoice(
            election_id=election.id,
            round=election.round,
            voter_id=by.id,
            voice=voice,
            reason=reason.strip(),
        )
    )


@atomic
def conclude(by: Resident, election: RoleElection) -> None:
    """Give the role: everyone has spoken and no objection stands.

    Raises:
        Forbidden: only who manages the comité may.
        Conflict: someone has not spoken, or objects; or the person cannot have the role.
    """
    _hold(by, election)
    person = election.proposed
    if election.status != "consent" or person is None:
        raise Conflict(_("Aucun tour de consentement n’est ouvert."))
    if waited_for(election):
        raise Conflict(_("Tout le monde n’a pas encore parlé."))
    if "objection" in voices_of(election).values():
        raise Conflict(_("Une objection demeure : proposez une autre personne."))
    election.status, election.ended_at = "given", now()
    if election.is_referent:
        give_by_rule(
            by,
            person,
            Role.REFERENT,
            body_id=election.body_id,
            reason=_("Élection sans candidat : %(title)s", title=election.title)[:200],
            ends_on=today() + election.months * A_MONTH,
        )
    note(AuditAct.ROLE_CHOSEN, by, election, after={"round": election.round})
    words = _("Le comité vous a choisi : %(title)s.", title=election.title)
    notify(person, words, path("mandates.role_election", election_id=election.id))


@atomic
def drop(by: Resident, election: RoleElection) -> None:
    """Stop there, with nobody chosen.

    Raises:
        Forbidden: only who manages the comité may.
        Conflict: it is over.
    """
    _hold(by, election)
    if election.status in ("given", "dropped"):
        raise Conflict(_("C’est déjà terminé."))
    election.status, election.ended_at = "dropped", now()


def named_in(election: RoleElection) -> set[int]:
    """The numbers of those named now or at first."""
    rows = db.session.execute(
        select(RoleNaming.named_id, RoleNaming.first_id).where(
            RoleNaming.election_id == election.id
        )
    )
    return {number for row in rows for number in row if number is not None}


def voices_of(election: RoleElection) -> dict[int, str]:
    """Who said what in the present round."""
    rows = db.session.execute(
        select(RoleVoice.voter_id, RoleVoice.voice).where(
            RoleVoice.election_id == election.id, RoleVoice.round == election.round
        )
    )
    return {voter: voice for voter, voice in rows}


def waited_for(election: RoleElection) -> set[int]:
    """Those who named someone and have not spoken in this round."""
    namers = select(RoleNaming.voter_id).where(RoleNaming.election_id == election.id)
    return set(db.session.scalars(namers)) - set(voices_of(election))


def _hold(by: Resident, election: RoleElection) -> None:
    _check_manages(by, election.body)
    lock(election)


def _check_manages(by: Resident, body: Body) -> None:
    if not can_manage_body(by, body):
        raise Forbidden(_("Seuls les référents de cette instance et la direction le peuvent."))


def _check_member(by: Resident, body: Body) -> None:
    if not is_member(body.id, by.id):
        raise Forbidden(_("Les membres du comité choisissent."))
    check_takes_part(by, body.theme)
    check_may_write(by)
