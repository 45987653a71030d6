"""What anyone may check of a poll: its journal, its ballots' fingerprints, all of it at once."""

import hashlib

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.centre.settings import rule
from app.core.db import db
from app.core.limits import limiter
from app.core.policies import public
from app.voting import journal as journals
from app.voting import labels, package, queries
from app.voting.blueprint import bp
from app.voting.events import START
from app.voting.models import Poll
from app.voting.policies import can_read_ballots


@bp.get("/<int:poll_id>/journal")
@public
def journal(poll_id: int) -> ResponseReturnValue:
    poll = queries.poll_page(poll_id) or abort(404)
    lines = journals.lines_of(poll_id)
    return render_template(
        "voting/journal.html", poll=poll, lines=lines, how=journals.HOW, start=START, labels=labels
    )


@bp.get("/<int:poll_id>/journal.json")
@public
def journal_file(poll_id: int) -> ResponseReturnValue:
    content = journals.written(journals.as_json(db.get_or_404(Poll, poll_id)))
    return _file(content, "application/json", f"scrutin-{poll_id}-journal.json")


@bp.get("/<int:poll_id>/verifier")
@public
def check(poll_id: int) -> ResponseReturnValue:
    poll, threshold = _readable(poll_id), rule("public_threshold")
    files = package.files(poll, threshold)
    return render_template(
        "voting/check.html",
        poll=queries.poll_page(poll_id),
        sums=[(name, _sum(files[name])) for name in sorted(files)],
        whole=_sum(package.archive(poll, threshold)),
        method=poll.method.replace("_", "-"),
        labels=labels,
    )


@bp.get("/<int:poll_id>/empreintes")
@public
def fingerprints(poll_id: int) -> ResponseReturnValue:
    poll = _readable(poll_id)
    found = package.fingerprints(poll.id)
    return Response("".join(f"{one}\n" for one in found), content_type="text/plain; charset=utf-8")


@bp.get("/<int:poll_id>/resultat.zip")
@limiter.limit("60/hour")
@public
def result_package(poll_id: int) -> ResponseReturnValue:
    content = package.archive(_readable(poll_id), rule("public_threshold"))
    return _file(content, "application/zip", f"scrutin-{poll_id}.zip")


def _readable(poll_id: int) -> Poll:
    poll = db.get_or_404(Poll, poll_id)
    if not can_read_ballots(poll, rule("public_threshold")):
        abort(404)
    return poll


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=kind, headers=disposition)


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
