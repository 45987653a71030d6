"""From an adopted proposal to a project that is done."""

import pytest

from app.accounts.models import Resident
from app.associations.models import Association
from app.core.db import atomic, db
from app.core.errors import Forbidden, Invalid
from app.ledger.acts import Act
from app.proposals import projects
from app.proposals.models import Project, ProjectRole, Status
from app.proposals.moves import WrongMoment
from tests.factories import make_body, make_proposal, make_resident
from tests.proposals.support import count
from tests.support import Ledger


@atomic
def _association(status: str = "approved") -> Association:
    made = Association(
        name="Les Jardins",
        folded_name="les jardins",
        slug="les-jardins",
        purpose="Cultiver ensemble.",
        family="024",
        status=status,
    )
    db.session.add(made)
    return made


def test_an_association_carries_a_project_and_a_resident_s_role_counts_for_it(
    ledger: Ledger, director: Resident
) -> None:
    comite, carrier, resident = make_body(), _association(), make_resident()
    proposal = make_proposal(status=Status.ADOPTED.value, body_id=comite.id)

    project = projects.start_project(proposal, director, carrier.id)
    projects.take_role(project, resident, "Je tiens la buvette, " + "et je range " * 4)
    projects.realise(proposal, director, "Cent personnes sont venues.")

    started, role, realised = ledger.entries()
    assert [e.act for e in (started, role, realised)] == [
        Act.PROJECT_STARTED, Act.PROJECT_ROLE_TAKEN, Act.PROJECT_REALISED,
    ]  # fmt: skip
    assert {e.association_id for e in (started, role, realised)} == {carrier.id}
    assert {e.subject_id for e in (started, role, realised)} == {project.id}
    assert (role.participation_key, role.body_id) == (resident.participation_key, comite.id)
    assert proposal.status == Status.REALISED and project.realised_at is not None


def test_a_project_starts_once_and_from_an_adopted_proposal(
    ledger: Ledger, director: Resident
) -> None:
    gathering, adopted = make_proposal(), make_proposal(status=Status.ADOPTED.value)
    projects.start_project(adopted, director)

    for proposal in (gathering, adopted):
        with pytest.raises(WrongMoment):
            projects.start_project(proposal, director)
    with pytest.raises(Forbidden):
        projects.realise(adopted, make_resident())

    assert ledger.acts() == [Act.PROJECT_STARTED]


def test_an_association_not_yet_approved_carries_nothing(
    ledger: Ledger, director: Resident
) -> None:
    proposal, carrier = make_proposal(status=Status.ADOPTED.value), _association("pending")

    with pytest.raises(Invalid):
        projects.start_project(proposal, director, carrier.id)

    assert count(Project) == 0 and ledger.acts() == []


def test_one_role_each_and_a_role_may_be_given_back(ledger: Ledger, director: Resident) -> None:
    resident = make_resident()
    proposal = make_proposal(status=Status.ADOPTED.value)
    project = projects.start_project(proposal, director)
    projects.take_role(project, resident, "L’affiche")

    with pytest.raises(projects.AlreadyInProject):
        projects.take_role(project, resident, "La sono")
    with pytest.raises(Forbidden):
        projects.take_role(project, make_resident(email_confirmed_at=None), "La sono")

    assert ledger.acts() == [Act.PROJECT_STARTED, Act.PROJECT_ROLE_TAKEN]

    projects.leave_role(project, resident)

    assert count(ProjectRole) == 0


def test_nobody_joins_a_project_that_is_done(ledger: Ledger, director: Resident) -> None:
    proposal = make_proposal(status=Status.ADOPTED.value)
    project = projects.start_project(proposal, director)
    projects.realise(proposal, director)

    with pytest.raises(Forbidden):
        projects.take_role(project, make_resident(), "Après coup")

    assert Act.PROJECT_ROLE_TAKEN not in ledger.acts()
