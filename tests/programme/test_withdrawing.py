"""On the page of an action and in « mes inscriptions », a household sees its places and leaves."""

from flask import Flask

from app.accounts.models import Resident
from app.core.rights import Role
from app.programme import registration_queries
from app.programme.models import Session
from tests.factories import make_resident, make_with_role
from tests.programme.test_registration import make_child, register, standing, to_come
from tests.support import Statements, Visitor


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def ask(visitor: Visitor, session: Session, who: Resident, **more: str) -> str:
    """Withdraw someone; gives where it leads."""
    path = f"/seances/{session.id}/desinscription"
    answer = visitor.send(path, {"resident_id": str(who.id), **more})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_page_of_an_action_shows_who_of_the_household_is_registered(app: Flask) -> None:
    session, parent = to_come(9), make_resident()
    child = make_child(parent)
    register(parent, session, child)
    visitor, page = Visitor(app).sign_in(parent), f"/programme/{session.action_id}"

    before = plain(visitor.get(page).text)
    register(parent, session, parent)
    after = plain(visitor.get(page).text)

    assert "La place de Léo est gardée" in before
    assert "Retirer Léo" in before
    assert "Votre place est gardée" not in before
    assert "Votre place est gardée" in after
    assert "Me retirer" in after
    assert "Léo" not in Visitor(app).sign_in(make_resident()).get(page).text
    assert "Léo" not in Visitor(app).get(page).text


def test_a_place_that_may_be_taken_again_is_given_back_at_once(app: Flask) -> None:
    session, person = to_come(9), make_resident()
    register(person, session, person)
    visitor = Visitor(app).sign_in(person)

    assert "Me retirer" in visitor.get("/mes-inscriptions").text
    assert ask(visitor, session, person, miennes="1").endswith("/mes-inscriptions")
    assert standing(session) == []


def test_the_last_place_is_asked_about_before_it_is_lost(app: Flask) -> None:
    session, person = to_come(1), make_resident()
    register(person, session, person)
    visitor = Visitor(app).sign_in(person)

    sure = ask(visitor, session, person, miennes="1")
    page = visitor.get(sure)

    assert standing(session) == ["placed"]
    assert "Vous retirer ?" in plain(page.text)
    assert 'name="miennes"' in page.text
    assert ask(visitor, session, person, miennes="1", sur="1").endswith("/mes-inscriptions")
    assert standing(session) == []


def test_whoever_changes_their_mind_is_back_on_the_page_they_came_from(app: Flask) -> None:
    session, parent, team = to_come(1), make_resident(), make_with_role(Role.DESK)
    child = make_child(parent)
    register(parent, session, child)
    family, listed = ({"famille": "1"}, "inscription"), ({"liste": "1"}, "inscrits")

    for person, (kept, page) in ((parent, family), (team, listed)):
        visitor = Visitor(app).sign_in(person)
        sure = visitor.get(ask(visitor, session, child, **kept)).text
        assert f'href="/seances/{session.id}/{page}"' in sure.split("<main")[1]


def test_a_turn_to_wait_and_every_date_are_asked_about_too(app: Flask) -> None:
    session, one, other = to_come(1), make_resident(), make_resident()
    register(one, session, one)
    register(other, session, other)
    wide, visitor = to_come(None), Visitor(app).sign_in(other)
    register(other, wide, other)

    assert registration_queries.loses_place(session, other)
    assert not registration_queries.loses_place(wide, other)
    assert "/desinscription/" in ask(visitor, session, other)
    assert "toutes les dates" in visitor.get(ask(visitor, wide, other, toutes="1")).text
    assert standing(session) == ["placed", "waiting"]
    assert standing(wide) == ["placed"]


def test_nobody_asks_about_a_stranger(app: Flask) -> None:
    session, person = to_come(1), make_resident()
    register(person, session, person)

    path, stranger = f"/seances/{session.id}/desinscription", make_resident()
    visitor = Visitor(app).sign_in(stranger)
    # On the list of a full session or not, the answer is the same.
    acts = [visitor.send(path, {"resident_id": who.id}) for who in (person, make_resident())]

    assert [act.status_code for act in acts] == [403, 403]
    assert visitor.get(f"{path}/{person.id}").status_code == 403
    assert standing(session) == ["placed"]


def test_whoever_has_no_place_is_asked_nothing(app: Flask) -> None:
    session, person = to_come(1), make_resident()

    answer = Visitor(app).sign_in(person).get(f"/seances/{session.id}/desinscription/{person.id}")

    assert answer.headers["Location"].endswith(f"/programme/{session.action_id}")


def test_the_page_costs_the_same_with_a_large_household(app: Flask, statements: Statements) -> None:
    session, parent, counts = to_come(None), make_resident(), []
    visitor = Visitor(app).sign_in(parent)
    for _number in range(3):
        register(parent, session, make_child(parent))
        statements.reset()
        visitor.get(f"/programme/{session.action_id}")
        counts.append(len(statements))

    assert len(set(counts)) == 1
