"""Whether those represented count for the quorum: the centre's setting, frozen at opening."""

import pytest

from app.centre.services import change_rules
from app.core.rights import Role
from app.voting import queries
from app.voting.closing import close_poll
from tests.factories import make_with_role
from tests.support import Visitor
from tests.voting.polls import after, make_voters, yes
from tests.voting.rolls import give, make_lent, yes_for

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(("counts", "met"), [(True, True), (False, False)])
def test_the_quorum_counts_those_represented_or_not(
    client: Visitor, counts: bool, met: bool
) -> None:
    director = make_with_role(Role.DIRECTOR, standing="team")
    change_rules(director, {"poll_quorum_represented": counts})
    principal, holder, *_others = make_voters(4)
    poll = make_lent(by=director, quorum_percent=50)
    change_rules(director, {"poll_quorum_represented": not counts})
    give(poll, principal, holder)
    yes(poll, holder)
    yes_for(poll, holder, principal)
    page = queries.poll_page(poll.id)
    shown = client.get(f"/scrutins/{poll.id}").text

    with after(poll):
        close_poll(poll)

    result = poll.result or {}
    assert page is not None
    assert (page.turnout, page.quorum_there) == (2, 2 if counts else 1)
    assert ("Elles ne comptent pas pour le quorum" in shown) is not counts
    assert (result["quorum_met"], result["quorum_there"], result["represented"]) == (
        met,
        2 if counts else 1,
        1,
    )
