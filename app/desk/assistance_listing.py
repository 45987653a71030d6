"""Nothing is done in someone's name that is not on their list.

The line is written in the act's own transaction: there is no act without it. The sentence the
person read is put in it once the answer is made.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    flash,
    g,
    has_request_context,
    message_flashed,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from app.accounts import login
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.models import Resident
from app.accounts.signals import acting_stopped
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _, _l
from app.desk import assistance_services as services
from app.desk.assistance_policies import can_assist_people
from app.desk.blueprint import bp
from app.desk.deeds import VOTE, deed
from app.desk.models import AssistedAct
from app.ledger.acts import Act
from app.ledger.models import Entry
from app.ledger.services import recorded

SAFE = ("GET", "HEAD", "OPTIONS")
DONE = _l("Une chose a été faite sur cette page.")
WORDS: dict[str, Any] = {
    "bodies.notes": _l("Un point du compte rendu est enregistré."),
    "home.messages_read": _l("Vos messages sont notés comme lus."),
}
"""What to say of the acts after which the page itself speaks, with no message above it."""

UNDONE_THERE = frozenset(
    {
        Act.BODY_JOINED,
        Act.COLLECTIF_STARTED,
        Act.COLLECTIF_FORMED,
        Act.COMMENT_POSTED,
        Act.CONNECTION_ASKED,
        Act.PROJECT_ROLE_TAKEN,
        Act.PROPOSAL_SUBMITTED,
        Act.PROPOSAL_SUPPORTED,
    }
)
"""Acts whose page lets the person come back on them by themselves."""


@bp.before_app_request
def _end_lapsed() -> ResponseReturnValue | None:
    """Past the thirty minutes, what is being sent would go in the wrong name: it does not go."""
    sign_in = _sign_in()
    if sign_in is None or "acting_lapsed" not in g:
        return None
    services.stop(sign_in)
    login.renew_forms()
    if request.method in SAFE:
        return None
    flash(_("Les trente minutes sont passées : rien n’a été envoyé."), "warning")
    return redirect(after_assisting(g.acting_lapsed))


@bp.before_app_request
def _open_list() -> ResponseReturnValue | None:
    """Find on whose list this request would write."""
    sign_in = _sign_in() if request.method not in SAFE else None
    if sign_in is None or sign_in.acting_as != ActingAs.ASSISTANCE:
        return None
    assistance = services.running(sign_in)
    if assistance is None:
        # A session that acts for someone without a list: nothing must be done by it.
        person_id = current_user.id
        services.stop(sign_in)
        return redirect(after_assisting(person_id))
    g.assistance = {"id": assistance.id, "started_at": assistance.started_at}
    return None


def _sign_in() -> SignIn | None:
    """The present sign-in; no statement for someone signed out, nor for a style sheet."""
    if login.TOKEN not in session or request.blueprint == "assets":
        return None
    return login.current_sign_in() if current_user.is_authenticated else None


def after_assisting(person_id: int | None) -> str:
    """Where the agent goes once they are themselves again."""
    sign_in = login.current_sign_in()
    agent = db.session.get(Resident, sign_in.resident_id) if sign_in else None
    if person_id is None or agent is None or not can_assist_people(agent):
        return url_for("home.mine")
    return url_for("desk.person", resident_id=person_id)


@event.listens_for(db.session, "before_commit")
def _write_line(transaction: Session) -> None:
    if not has_request_context() or transaction.in_nested_transaction():
        return
    assistance = g.get("assistance")
    if assistance is None or "assisted_act_id" in g:
        return
    # A vote is dated to the session: the minute it was sent is nobody's business.
    moment = assistance["started_at"] if request.endpoint == VOTE else now()
    g.assisted_act_id = transaction.scalar(
        insert(AssistedAct)
        .values(
            assistance_id=assistance["id"],
            said=str(DONE),
            url=request.path[: services.LONGEST_LINK],
            done_at=moment,
            can_be_undone=False,
        )
        .returning(AssistedAct.id)
    )


@acting_stopped.connect
def _shut_list(_sign_in: object) -> None:
    """To end it is nothing done in the person's name."""
    if has_request_context():
        g.pop("assistance", None)


@message_flashed.connect
def _hear(_app: Flask, message: str, category: str) -> None:
    if "assistance" in g:
        g.assisted_said = str(message)


@recorded.connect
def _look(entry: Entry, voided: Entry | None) -> None:
    if has_request_context() and "assistance" in g and "assisted_entry" not in g:
        g.assisted_entry = (Act(entry.act), entry.subject_label)


@bp.after_app_request
def _word_line(response: Response) -> Response:
    act_id = g.pop("assisted_act_id", None)
    if act_id is None or response.status_code >= 400:
        return response
    g.pop("assistance")
    act, subject = g.get("assisted_entry", (None, None))
    said = deed(request.endpoint, request.view_args or {}, act, subject)
    if said is None:
        said = g.get("assisted_said") or str(WORDS.get(request.endpoint or "", DONE))
        if subject:
            said = _("%(said)s « %(subject)s »", said=said, subject=subject)
    where = urlsplit(response.location or request.path)
    url = f"{where.path}?{where.query}" if where.query else where.path
    services.word_act(act_id, said, url, can_be_undone=act in UNDONE_THERE)
    return response
