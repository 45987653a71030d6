"""Closing a poll: the box is opened once, shuffled, counted, published and emptied."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.clock import now
from app.core.db import after_commit, atomic, db, lock
from app.core.i18n import _
from app.ledger.acts import Act, Channel
from app.ledger.services import record
from app.proposals import lifecycle
from app.proposals.models import Status
from app.voting import mails, paper_count
from app.voting.deliberated import settle_question
from app.voting.events import Kind, append, roll_facts
from app.voting.exports import ballots_csv
from app.voting.keeping import bench, empty_hands, opening_key
from app.voting.methods import METHODS
from app.voting.models import Emargement, OpenedBallot, Poll, PublicBallot, SecretBallot
from app.voting.opening import body_facts, poll_proposals
from app.voting.reconciling import obstacle
from app.voting.roll_models import Proxy
from app.voting.seal import unseal
from app.voting.sweeping import sweep_soon

SALT_BYTES = 16


@atomic
def close_poll(poll: Poll) -> bool:
    """Count and publish; False when it is not the time, when it was closed meanwhile, while too
    few tellers have given their words or paper is still read, or when ballots and signatures
    disagree.

    Whatever asks for it, and however often, a poll closes once: under the lock of its row.
    """
    lock(poll)
    if poll.status != "open" or now() < poll.closes_at:
        return False
    key = opening_key(poll) if poll.is_secret else None
    if poll.is_secret and key is None:
        _call_bench_once(poll)
        return False
    if (poll.has_paper and poll.paper_closed_at is None) or obstacle(poll):
        return False
    on_paper = paper_count.sheets(poll)
    choices = _choices(poll, key, [sheet for sheet in on_paper if sheet is not None])
    signed = db.session.execute(
        select(Emargement.channel, Emargement.represented).where(Emargement.poll_id == poll.id)
    ).all()
    # A null paper is somebody's vote, though nothing on it can be counted.
    null = on_paper.count(None)
    represented = sum(row.represented for row in signed)
    poll.turnout = len(choices) + null
    _publish(poll, choices)
    digest = hashlib.sha256(ballots_csv(poll).encode("utf-8-sig")).hexdigest()
    poll.result = {
        **count(poll, Counter(choices)),
        "signed": len(signed),
        "channels": dict(Counter(str(row.channel) for row in signed)),
        "represented": represented,
        "paper": {"ballots": len(on_paper), "null": null},
        **quorum(poll, represented),
        # What is told of this count stays so, whatever the centre settles later.
        "public_threshold": rule("public_threshold"),
        "sha256": digest,
    }
    empty_hands(poll)
    paper_count.empty(poll)
    db.session.execute(delete(Proxy).where(Proxy.poll_id == poll.id))
    poll.status = "closed"
    poll.closed_at = now()
    db.session.flush()
    append(poll, Kind.CLOSED, turnout=poll.turnout, ballots_sha256=digest, **roll_facts(poll))
    record(Act.POLL_CLOSED, subject=poll, **body_facts(poll))
    _record_participations(poll)
    _settle_proposals(poll)
    settle_question(poll)
    mails.tell_closed(poll)
    after_commit(sweep_soon)
    return True


def count(poll: Poll, choices: Counter[str]) -> dict[str, Any]:
    """What the poll's method makes of ballots grouped by their text, as plain JSON."""
    method = METHODS[poll.method]
    raw = dict(poll.rules)
    if raw.get("base") == "registered":
        raw["registered"] = poll.roll_size or 0
    rules = method.rules(raw)
    options = [option.id for option in poll.options]
    ballots = method.group(options, choices.items(), rules)
    counted: dict[str, Any] = method.count(options, ballots, rules).to_json()
    return counted


def recount(poll: Poll) -> dict[str, Any]:
    """The count redone from the published ballots."""
    grouped = db.session.execute(
        select(OpenedBallot.choice, func.count())
        .where(OpenedBallot.poll_id == poll.id)
        .group_by(OpenedBallot.choice)
    )
    return count(poll, Counter({choice: times for choice, times in grouped}))


def quorum(poll: Poll, represented: int) -> dict[str, Any]:
    """How many voters the rules wanted, rounded up, how many count for it, and whether they came.

    Args:
        represented: voted by proxy; they count where the rules frozen at opening say so.
    """
    needed = -(-(poll.roll_size or 0) * poll.quorum_percent // 100)
    there = (poll.turnout or 0) - (0 if poll.quorum_represented else represented)
    return {"quorum_needed": needed, "quorum_there": there, "quorum_met": there >= needed}


def _call_bench_once(poll: Poll) -> None:
    tellers = bench(poll)
    if not any(teller.called_at for teller in tellers):
        mails.call_bench(poll)
        for teller in tellers:
            teller.called_at = now()


def _choices(poll: Poll, key: bytes | None, on_paper: list[str]) -> list[str]:
    """Every ballot in clear, paper among the others, in an order that says nothing."""
    if key is not None:
        sealed = db.session.scalars(
            select(SecretBallot.payload).where(SecretBallot.poll_id == poll.id)
        )
        choices = [unseal(key, payload) for payload in sealed]
    else:
        choices = list(
            db.session.scalars(select(PublicBallot.choice).where(PublicBallot.poll_id == poll.id))
        )
    choices += on_paper
    secrets.SystemRandom().shuffle(choices)
    return choices


def _publish(poll: Poll, choices: Sequence[str]) -> None:
    """New rows, in the order of random fingerprints; the sealed ones go."""
    rows = sorted(
        (
            {
                # The salt is kept nowhere: a fingerprint names a ballot and proves no vote.
                "fingerprint": hashlib.sha256(
                    secrets.token_bytes(SALT_BYTES) + choice.encode()
                ).hexdigest(),
                "poll_id": poll.id,
                "choice": choice,
            }
            for choice in choices
        ),
        key=lambda row: str(row["fingerprint"]),
    )
    if rows:
        db.session.execute(insert(OpenedBallot), rows)
    db.session.execute(delete(SecretBallot).where(SecretBallot.poll_id == poll.id))


def _record_participations(poll: Poll) -> None:
    """From the roll alone, to the day, in random order: the ledger says who came, never what."""
    rows = db.session.execute(
        select(Resident, Emargement.day, Emargement.channel)
        .join(Emargement, Emargement.resident_id == Resident.id)
        .where(Emargement.poll_id == poll.id)
    )
    voters = [(resident, day, channel) for resident, day, channel in rows.unique()]
    secrets.SystemRandom().shuffle(voters)
    for resident, day, channel in voters:
        record(
            Act.POLL_PARTICIPATED,
            actor=resident,
            subject=poll,
            when=day,
            channel=Channel(channel),
            **body_facts(poll),
        )


def _settle_proposals(poll: Poll) -> None:
    result = poll.result or {}
    winners = result["winners"]
    for option_id, proposal in poll_proposals(poll).items():
        if proposal.status != Status.VOTING:
            continue
        if not result["quorum_met"]:
            lifecycle.back_from_vote(proposal, None, _("Le quorum n’est pas atteint."))
        elif option_id in winners:
            lifecycle.settle_vote(proposal, True, _("Le vote « %(title)s ».", title=poll.title))
        else:
            lifecycle.settle_vote(proposal, False, _("Le vote « %(title)s ».", title=poll.title))
