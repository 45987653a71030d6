"""What a project is given, noted by the team or the référent, and taken back."""

import pytest

from app.accounts.models import Resident
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.rights import Role
from app.ledger.acts import Act
from app.proposals.backing import back_project, backings, take_backing_back
from app.proposals.models import Project, Proposal
from app.proposals.projects import realise, start_project, take_role
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.indicators.acts import figure
from tests.support import Ledger, Visitor


@pytest.fixture
def project() -> Project:
    proposal = make_proposal(status="adopted", body_id=make_body().id)
    return start_project(proposal, make_with_role(Role.DIRECTOR))


@pytest.fixture
def agent() -> Resident:
    return make_with_role(Role.DESK, standing="team")


def backed_this_year() -> tuple[float | None, float | None]:
    found = figure("2.3.3")
    return found.value, found.beside[0].value


@pytest.mark.usefixtures("app")
def test_two_supports_to_one_project_count_one_project_and_an_error_is_taken_back(
    project: Project, agent: Resident, ledger: Ledger
) -> None:
    room = back_project(project, agent, kind="room", note="La grande salle, trois samedis")
    money = back_project(project, agent, kind="money", note="Des graines", amount=120)

    assert [(it.note, it.amount) for it in backings(project.id)] == [
        ("La grande salle, trois samedis", None),
        ("Des graines", 120),
    ]
    assert backed_this_year() == (1, 2)
    take_backing_back(room, agent)
    with pytest.raises(Conflict):
        take_backing_back(room, agent)
    assert backed_this_year() == (1, 1)
    take_backing_back(money, agent)
    assert (backed_this_year(), backings(project.id)) == ((0, 0), [])
    entries = ledger.entries(Act.PROJECT_BACKED)
    assert [entry.voids_id is not None for entry in entries] == [False, False, True, True]


@pytest.mark.usefixtures("app")
def test_a_resident_notes_no_support_and_the_referent_does(
    project: Project, ledger: Ledger
) -> None:
    body = project.proposal.body
    with pytest.raises(Forbidden):
        back_project(project, make_resident(), kind="room", note="La salle")
    assert ledger.entries(Act.PROJECT_BACKED) == []

    back_project(project, make_with_role(Role.REFERENT, body=body), kind="time", note="Un jour")

    assert len(ledger.entries(Act.PROJECT_BACKED)) == 1


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("kind", "note", "amount", "field"),
    [
        ("advice", "Un conseil", None, "kind"),
        ("room", "  ", None, "note"),
        ("room", "La salle", 50, "amount"),
        ("money", "Des graines", None, "amount"),
        ("money", "Des graines", 0, "amount"),
    ],
)
def test_a_support_that_cannot_be_is_refused_and_nothing_is_recorded(
    project: Project,
    agent: Resident,
    ledger: Ledger,
    kind: str,
    note: str,
    amount: int | None,
    field: str,
) -> None:
    with pytest.raises(Invalid) as refusal:
        back_project(project, agent, kind=kind, note=note, amount=amount)

    assert refusal.value.field == field
    assert ledger.entries(Act.PROJECT_BACKED) == []


def test_the_team_notes_a_support_on_the_page_and_everyone_reads_it(
    client: Visitor, project: Project, agent: Resident
) -> None:
    page = f"/propositions/{project.proposal_id}"
    client.sign_in(agent)
    refused = client.send(f"{page}/aides", {"kind": "money", "note": "Des graines"})
    assert refused.status_code == 422
    assert "Le montant va avec une aide en argent" in refused.text
    assert 'value="Des graines"' in refused.text

    client.send(f"{page}/aides", {"kind": "money", "note": "Des graines", "amount": "120"})

    shown = client.get(page).text
    assert "Des graines" in shown
    assert "Retirer cette aide" in shown
    client.sign_in(make_resident())
    assert "Retirer cette aide" not in client.get(page).text
    assert "Des graines" in client.get(page).text
    assert client.get(f"{page}/aides").status_code == 403
    assert client.send(f"{page}/aides/1/retrait").status_code == 403
    client.sign_in(agent)
    assert client.send(f"{page}/aides/{backings(project.id)[0].id}/retrait").status_code == 302
    assert client.send(f"{page}/aides/999/retrait").status_code == 404
    assert "Des graines" not in client.get(page).text


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(("standing", "counted"), [("habitant", 1), ("team", 0)])
def test_a_project_done_counts_when_a_resident_held_a_role(
    project: Project, standing: str, counted: int
) -> None:
    proposal: Proposal = project.proposal
    director = make_with_role(Role.DIRECTOR)
    take_role(project, make_resident(standing=standing), "J’apporte des outils")

    realise(proposal, director)

    assert figure("2.2.2").value == counted
