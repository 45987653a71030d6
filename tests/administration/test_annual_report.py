"""The annual report: what is on its pages, for whom, and what it keeps to itself."""

import io
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from app.bodies.decision_models import Decision
from app.bodies.models import Body, Meeting
from app.core.clock import PARIS
from app.core.db import atomic, db
from app.core.rights import Role
from app.indicators.matrix import INDICATORS
from app.indicators.services import publish_year, set_target
from app.ledger.acts import Act
from tests.factories import make_body, make_quartier, make_resident, make_with_role
from tests.indicators.acts import Thing, attended, attended_by, offsite, record, void
from tests.support import Visitor

pytestmark = pytest.mark.usefixtures("app")
REPORT = "/administration/rapport-annuel.pdf"
IN_2025 = f"{REPORT}?periode=annee-2025"
SUMMER = date(2025, 6, 10)


def pages_of(content: bytes) -> list[str]:
    """The text of each page, its spaces made plain."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@atomic
def met(body: Body, title: str, decided: str, outcome: str) -> None:
    """A meeting held in June 2025, and a decision that it made."""
    at = datetime(2025, 6, 10, 18, 0, tzinfo=PARIS)
    meeting = Meeting(body_id=body.id, title=title, starts_at=at, place="Salle", status="held")
    db.session.add(meeting)
    db.session.flush()
    taken = db.session.query(Decision).count()
    db.session.add(
        Decision(
            body_id=body.id,
            meeting_id=meeting.id,
            year=2025,
            rank=taken + 1,
            title=decided,
            outcome=outcome,
            decided_on=SUMMER,
        )
    )


def test_the_report_tells_the_year_and_each_figure(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    set_target(director, "1.1.1", 2025, 2)
    source = make_quartier("La Source").id
    offsite(source, SUMMER, head_count=40)
    offsite(source, date(2025, 9, 3), head_count=12)
    client.sign_in(director)

    answer = client.get(IN_2025)
    pages = pages_of(answer.data)

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Rapport d’activité 2025" in pages[0]
    assert "52 participations" in pages[1]
    assert "1 sur 1 cible fixée est atteinte" in pages[1]
    whole = " ".join(pages)
    assert all(code in whole for code in INDICATORS)
    assert "Cible 2, atteinte" in whole
    assert "Une fête avec six stands compte pour une seule" in whole


def test_the_report_shares_people_out_and_never_tells_a_few_apart(client: Visitor) -> None:
    for sex, many in (("F", 19), ("H", 18), (None, 2)):
        for _number in range(many):
            attended(make_resident(sex=sex), when=SUMMER)
    client.sign_in(make_with_role(Role.DIRECTOR))

    content = client.get(IN_2025).data
    (page,) = [one for one in pages_of(content)[2:] if "Qui sont les personnes comptées" in one]

    assert "Femmes et hommes Personnes Femmes 19 Hommes caché Non précisé caché" in page
    assert "18" not in page
    assert b"pdfuaid" in content


def test_the_report_tells_the_figures_given_out_beside_those_of_today(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    offsite(when=SUMMER)
    wrong = offsite(when=SUMMER)
    attended_by(3, when=SUMMER)
    publish_year(director, 2025)
    void(wrong, by=director, reason="Elle n’a pas eu lieu.")
    client.sign_in(director)

    content = client.get(IN_2025).data
    (page,) = [one for one in pages_of(content)[2:] if "Les chiffres publiés" in one]

    assert "1.1.1 Animations de quartier réalisées 2 1 " in page
    assert "3.2.3" not in page
    of_2024 = pages_of(client.get(f"{REPORT}?periode=annee-2024").data)
    assert "Les chiffres publiés" not in " ".join(of_2024)
    assert b"pdfuaid" in content


def test_the_report_is_readable_by_those_who_do_not_see(client: Visitor) -> None:
    offsite(make_quartier("La Source").id, SUMMER, head_count=40)
    client.sign_in(make_with_role(Role.DIRECTOR))

    content = client.get(IN_2025).data

    assert b"pdfuaid" in content
    assert "/StructTreeRoot" in PdfReader(io.BytesIO(content)).root_object


def test_few_people_are_hidden_even_from_the_director_on_a_paper_that_goes_round(
    client: Visitor,
) -> None:
    record(Act.BODY_CREATED, subject=Thing(1, "Comité famille"), body_id=1, body_kind="comite")
    attended_by(3, when=SUMMER)
    client.sign_in(make_with_role(Role.DIRECTOR))

    whole = " ".join(pages_of(client.get(IN_2025).data))

    assert "moins de 5" in whole
    assert "3 habitants" not in whole


def test_the_conseil_tells_its_meetings_and_what_became_of_its_decisions(client: Visitor) -> None:
    director = make_with_role(Role.DIRECTOR)
    met(make_body("conseil"), "Séance de printemps", "Des bancs devant l’école", "realise")
    met(make_body(), "Comité du soir", "Un goûter", "adopte")
    client.sign_in(director)

    whole = " ".join(pages_of(client.get(IN_2025).data))

    assert "10 juin 2025 Séance de printemps 0 – à venir" in whole
    assert "2025-01 Des bancs devant l’école 10 juin 2025 Réalisé" in whole
    assert "Un goûter" not in whole


@pytest.mark.parametrize("role", [None, Role.DESK, Role.REFERENT])
def test_only_the_direction_makes_the_report(client: Visitor, role: Role | None) -> None:
    client.sign_in(make_resident() if role is None else make_with_role(role))

    assert client.get(IN_2025).status_code == 403


def test_a_report_of_no_known_period_is_refused(client: Visitor) -> None:
    client.sign_in(make_with_role(Role.DIRECTOR))

    assert client.get(f"{REPORT}?periode=annee-9").status_code == 422
