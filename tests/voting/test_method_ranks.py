"""Putting options in order with buttons, without a script."""

import pytest

from app.core.rights import Role
from app.voting.models import Poll
from app.voting.papers.ranking import RankingPaper
from tests.factories import make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import make_poll

PAPER = RankingPaper()


def moved(pressed: str, **ranks: int) -> str:
    """The order once a button is pressed: « a b=c »."""
    button, option, *above = pressed.split()
    given = {f"rang-{name}": str(rank) for name, rank in ranks.items()} | {button: option}
    if above:
        given["avant"] = above[0]
    fields = PAPER.moved(given)
    assert fields is not None
    tiers: dict[str, list[str]] = {}
    for name, rank in sorted(fields.items()):
        tiers.setdefault(rank, []).append(name.removeprefix("rang-"))
    return " ".join("=".join(tiers[rank]) for rank in sorted(tiers))


@pytest.mark.parametrize(
    ("pressed", "ranks", "then"),
    [
        ("ajouter c", {}, "c"),
        ("ajouter c", {"a": 1, "b": 2}, "a b c"),
        ("ajouter a", {"a": 1, "b": 2}, "b a"),
        ("monter b", {"a": 1, "b": 2}, "b a"),
        ("monter a", {"a": 1, "b": 2}, "a b"),
        ("descendre a", {"a": 1, "b": 2}, "b a"),
        ("descendre b", {"a": 1, "b": 2}, "a"),
        ("monter c", {"a": 1, "b": 2, "c": 2}, "a c b"),
        ("descendre b", {"a": 1, "b": 2, "c": 2}, "a c b"),
        ("descendre a", {"a": 7, "b": 9}, "b a"),
        ("monter z", {"a": 1}, "a"),
        ("poser c", {}, "c"),
        ("poser c", {"a": 1, "b": 2}, "a b c"),
        ("poser c a", {"a": 1, "b": 2}, "c a b"),
        ("poser a b", {"a": 3, "b": 1, "c": 2}, "a b c"),
        ("poser a", {"a": 1, "b": 2}, "b a"),
        ("poser a reste", {"a": 1, "b": 2}, "b"),
        ("poser d b", {"a": 1, "b": 1, "c": 2}, "a d b c"),
        ("poser d a", {"a": 1, "b": 1, "c": 2}, "d a=b c"),
        ("poser b a", {"a": 1, "b": 1}, "b a"),
        ("poser c z", {"a": 1}, "a c"),
    ],
)
def test_a_button_moves_an_option_by_one_place_and_a_drag_to_any(
    pressed: str, ranks: dict[str, int], then: str
) -> None:
    assert moved(pressed, **ranks) == then


def test_another_button_moves_nothing() -> None:
    assert PAPER.moved({"rang-1": "1", "edit": "1"}) is None


@pytest.fixture
def poll(app: object) -> Poll:
    make_resident()
    director = make_with_role(Role.DIRECTOR, standing="team")
    names = ["Ciné", "Repas", "Bourse"]
    return make_poll(director, method="schulze", title="Que choisir ?", free_options=names)


def test_someone_taps_their_way_to_a_ranking_and_reads_it_back(client: Visitor, poll: Poll) -> None:
    voter = make_resident()
    second = make_poll(method="stv", free_options=["Ana", "Bo"], settings={"seats": 1})
    client.sign_in(voter)
    path = f"/scrutins/{second.id}/voter"
    ana, bo = (str(option.id) for option in second.options)

    first = client.send(path, {"ajouter": bo})
    both = client.send(path, {f"rang-{bo}": "1", "ajouter": ana})
    up = client.send(path, {f"rang-{bo}": "1", f"rang-{ana}": "2", "monter": ana})
    review = client.send(path, {f"rang-{bo}": "2", f"rang-{ana}": "1"})

    assert first.status_code == 200 and "Pas encore classés" in first.text
    assert first.text.index("<strong>Bo<") < first.text.index("<strong>Ana<")
    assert both.text.index("<strong>Bo<") < both.text.index("<strong>Ana<")
    assert up.text.index("<strong>Ana<") < up.text.index("<strong>Bo<")
    assert "1er choix" in review.text and "2e choix" in review.text
    assert f'name="rang-{ana}" value="1"' in review.text


def test_options_of_the_same_rank_are_read_back_as_equal(client: Visitor, poll: Poll) -> None:
    voter = make_resident()
    late = make_poll(method="schulze", free_options=["Ana", "Bo", "Chloé"])
    client.sign_in(voter)
    one, two, _three = (f"rang-{option.id}" for option in late.options)

    review = client.send(f"/scrutins/{late.id}/voter", {one: "2", two: "2"}).text

    assert "Ana et Bo, à égalité" in review
    assert "Sans rang" in review and "Chloé" in review
