"""What an adopted proposal becomes, and who takes part in it."""

from sqlalchemy import delete, select

from app.accounts.models import Resident
from app.accounts.taking_part import check_takes_part
from app.associations.models import Association
from app.core.clock import now
from app.core.db import atomic, db, lock, unique_or
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _
from app.ledger.acts import Act, Standing
from app.ledger.services import record
from app.proposals.facts import body_facts
from app.proposals.models import Project, ProjectRole, Proposal, Status
from app.proposals.moves import move
from app.proposals.policies import can_decide, can_take_role

LONGEST_LEDGER_ROLE = 40
BY_RESIDENTS = "habitants"
"""The role that the ledger keeps of a project done with residents (indicator 2.2.2)."""


class AlreadyInProject(Conflict):
    """One person, one role in a project."""


def project_of(proposal: Proposal) -> Project | None:
    """The project a proposal became, if it has."""
    return db.session.scalar(select(Project).filter_by(proposal_id=proposal.id))


@atomic
def start_project(proposal: Proposal, by: Resident, association_id: int | None = None) -> Project:
    """Begin what was adopted; an approved association may carry it.

    Raises:
        Forbidden: only those who decide of the proposal.
        Invalid: an association that is not in the directory.
        WrongMoment: it is not adopted, or has begun.
    """
    _check_decides(by, proposal)
    if association_id is not None:
        carrier = db.session.get(Association, association_id)
        if carrier is None or carrier.status != "approved":
            raise Invalid(_("Cette association n’est pas dans l’annuaire."), field="association_id")
    # Its state first: a project that exists has changed it.
    move(proposal, Status.UNDER_WAY, None, by=by)
    project = Project(proposal_id=proposal.id, association_id=association_id)
    db.session.add(project)
    db.session.flush()
    record(
        Act.PROJECT_STARTED,
        actor=by,
        subject=project,
        **body_facts(
            proposal.body, association_id=association_id, quartier_id=proposal.quartier_id
        ),
    )
    return project


@atomic
def take_role(project: Project, resident: Resident, role: str) -> None:
    """Take a part in a project: one role each.

    Raises:
        Forbidden: a person not confirmed, or a project already done.
        AlreadyInProject: they have a role in it.
        Invalid: no role said.
    """
    lock(project)
    check_takes_part(resident, project.proposal.body_theme)
    if not can_take_role(resident, project):
        raise Forbidden(_("Ce projet est terminé."))
    role = role.strip()
    if not role:
        raise Invalid(_("Dites ce que vous ferez."), field="role")
    with unique_or(AlreadyInProject(_("Vous avez déjà un rôle dans ce projet."))):
        db.session.add(ProjectRole(project_id=project.id, resident_id=resident.id, role=role))
    record(
        Act.PROJECT_ROLE_TAKEN,
        actor=resident,
        subject=project,
        **body_facts(
            project.proposal.body,
            role=role[:LONGEST_LEDGER_ROLE],
            association_id=project.association_id,
        ),
    )


@atomic
def leave_role(project: Project, resident: Resident) -> None:
    """Give one's role back. Silent in the ledger: the part taken until then was taken."""
    mine = (ProjectRole.project_id == project.id) & (ProjectRole.resident_id == resident.id)
    if project.realised_at is not None:
        raise Forbidden(_("Ce projet est terminé."))
    db.session.execute(delete(ProjectRole).where(mine))


@atomic
def realise(proposal: Proposal, by: Resident, reason: str = "") -> None:
    """The project is done; `reason` says what came of it.

    Raises:
        Forbidden: only those who decide of the proposal.
        WrongMoment: it is not under way.
    """
    _check_decides(by, proposal)
    move(proposal, Status.REALISED, None, by=by, reason=reason)
    project = db.session.scalars(select(Project).filter_by(proposal_id=proposal.id)).one()
    project.realised_at = now()
    record(
        Act.PROJECT_REALISED,
        actor=by,
        subject=project,
        **body_facts(
            proposal.body,
            association_id=project.association_id,
            quartier_id=proposal.quartier_id,
            role=BY_RESIDENTS if _has_residents(project) else None,
        ),
    )


def _has_residents(project: Project) -> bool:
    """Whether someone who lives in the town holds a role in it, as things stand."""
    theirs = (
        select(ProjectRole.resident_id)
        .join(Resident, Resident.id == ProjectRole.resident_id)
        .where(ProjectRole.project_id == project.id, Resident.standing == Standing.HABITANT.value)
    )
    return db.session.scalar(theirs.limit(1)) is not None


def _check_decides(person: Resident, proposal: Proposal) -> None:
    if not can_decide(person, proposal):
        raise Forbidden(_("Seuls le référent du comité et la direction en décident."))
