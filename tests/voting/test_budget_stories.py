"""What the result of a shared budget says in words, each worked out by hand."""

import pytest

from app.voting.stories import story
from app.voting.stories.budget import BudgetStory
from app.voting.wording import Option
from tests.voting.telling import ABC, counted, told

pytestmark = pytest.mark.usefixtures("speaking")

COSTS = {"1": 400, "2": 700, "3": 900}


def test_equal_shares_say_who_pays_and_what_was_missing() -> None:
    """Shares grow from 240 € to 449 €: at 450 € two people would buy the third, past the budget."""
    result = counted("equal_shares", {"AB": 3, "C": 2}, budget=1200, costs=COSTS)
    shares = story("equal_shares")
    assert isinstance(shares, BudgetStory)
    why = [one.why.replace("\u00a0", " ") for one in shares.projects(result, ABC)]

    assert told(result).startswith(
        "Le budget finance Ana et Bo | Sur un budget de 1 200 €, 1 100 € sont dépensés."
        " Il reste 100 €."
    )
    assert why[0] == "Les 3 personnes qui l’ont coché le paient : 133,33 € chacune au plus."
    assert why[2] == (
        "2 personnes l’ont coché. Il leur restait 898 € en tout, et le reste du budget (100 €) ne"
        " suffisait pas."
    )


def test_equal_shares_say_where_they_began_and_how_far_they_grew() -> None:
    """240 € times 5 voters is the budget; 449 € each is far more, and only said as a growth."""
    result = counted("equal_shares", {"AB": 3, "C": 2}, budget=1200, costs=COSTS)

    assert told(result).endswith(
        "Au départ, chaque votant avait une part égale du budget : 240 €, à mettre dans les projets"
        " qu’il avait cochés. | Tout l’argent n’était pas utilisé. On a donc augmenté toutes les"
        " parts peu à peu, d’un euro à chaque fois, jusqu’à 449 €. Un euro de plus, et les projets"
        " choisis coûtaient plus que le budget."
    )


def test_a_share_cut_to_the_euro_says_so() -> None:
    result = counted("equal_shares", {"AB": 5, "C": 2}, budget=1200, costs=COSTS)

    assert "part égale du budget : 171 € (arrondie à l’euro en dessous), à mettre" in told(result)


def test_shares_that_never_grew_are_said_once() -> None:
    costs = {"1": 400, "2": 400, "3": 400}
    result = counted("equal_shares", {"ABC": 3}, budget=1200, costs=costs)

    assert "400 €" in told(result) and "peu à peu" not in told(result)


def test_one_person_alone_with_a_project_is_told_of_in_the_singular() -> None:
    result = counted("equal_shares", {"AB": 4, "C": 1}, budget=1200, costs=COSTS)
    shares = story("equal_shares")
    assert isinstance(shares, BudgetStory)

    why = shares.projects(result, ABC)[-1].why.replace("\u00a0", " ")

    assert why.startswith("1 personne l’a coché. Il lui restait ")


def test_a_budget_that_no_one_wants_anything_from() -> None:
    result = counted("greedy", {"": 2}, budget=1200, costs=COSTS)

    assert told(result).startswith("Aucun projet n’est financé | Sur un budget de 1 200 €, 0 €")


def test_many_projects_are_counted_in_the_headline() -> None:
    options = (*ABC, Option(4, "Dé"))
    result = counted("greedy", {"ABCD": 2}, options, budget=1200, costs=dict.fromkeys("1234", 10))

    assert told(result, options).startswith("Le budget finance 4 projets")
