"""What waited to be read enters the ledger as it was said: at the desk, on a tablet, or at home."""

import pytest
from flask import Flask, g

from app.core.errors import Forbidden
from app.core.rights import Role
from app.ledger.acts import Act, Channel
from app.moderation.models import HIDDEN, KEPT
from app.proposals import comments, lifecycle
from app.proposals.models import Comment, Proposal, Status
from tests.accounts.family_support import make_child
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.moderation.debates import open_debate
from tests.moderation.support import case_about, decide, moderator
from tests.support import Ledger

CHANNELS = [Channel.DESK, Channel.KIOSK, Channel.ONLINE]


def said_by_a_child(app: Flask, channel: Channel) -> Comment:
    """A child's word always waits, wherever it is said."""
    debate = open_debate(make_body(theme="enfant", name="Comité enfant"))
    child = make_child()
    with app.test_request_context():
        g.channel = channel
        return comments.comment(debate, child, "Une balançoire, et un arbre.")


@pytest.mark.parametrize("channel", CHANNELS, ids=str)
def test_a_word_admitted_later_keeps_its_channel(
    app: Flask, ledger: Ledger, channel: Channel
) -> None:
    case = case_about(said_by_a_child(app, channel))

    decide(case, moderator(), KEPT)

    (entry,) = ledger.entries(Act.COMMENT_POSTED)
    assert entry.channel == channel


def test_hidden_then_shown_again_it_still_keeps_it(app: Flask, ledger: Ledger) -> None:
    case = case_about(said_by_a_child(app, Channel.DESK))
    by = moderator()

    decide(case, by, KEPT)
    decide(case, by, HIDDEN, rule="respect")
    decide(case, by, KEPT)

    entries = ledger.entries(Act.COMMENT_POSTED)
    assert [entry.channel for entry in entries] == [Channel.DESK] * 3
    assert [entry.voids_id is None for entry in entries] == [True, False, True]


def sent(app: Flask, channel: Channel) -> Proposal:
    proposal = make_proposal(status=Status.DRAFT.value)
    assert proposal.author is not None
    with app.test_request_context():
        g.channel = channel
        lifecycle.submit(proposal, proposal.author)
    return proposal


@pytest.mark.parametrize("channel", CHANNELS, ids=str)
def test_an_idea_admitted_later_keeps_its_channel(
    app: Flask, ledger: Ledger, channel: Channel
) -> None:
    lifecycle.admit(sent(app, channel), make_with_role(Role.DIRECTOR))

    (entry,) = ledger.entries(Act.PROPOSAL_ADMITTED)
    assert entry.channel == channel


def test_an_idea_that_may_not_be_admitted_counts_nowhere(app: Flask, ledger: Ledger) -> None:
    proposal = sent(app, Channel.KIOSK)

    with pytest.raises(Forbidden):
        lifecycle.admit(proposal, make_resident())

    assert ledger.entries(Act.PROPOSAL_ADMITTED) == []
