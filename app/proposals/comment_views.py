"""Words under a proposal."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import db
from app.core.errors import Forbidden
from app.core.i18n import _
from app.core.policies import signed_in
from app.proposals import comments
from app.proposals.blueprint import LARGEST_ID, bp, me, person, seen_comment
from app.proposals.forms import CommentForm
from app.proposals.holding import cause_to_wait
from app.proposals.models import Comment
from app.proposals.policies import can_delete_comment
from app.proposals.threads import Reader, page_of


def answering(key: str, subject_id: int, form: CommentForm) -> Comment | None:
    """The comment being answered to, here; None for a word of one's own."""
    wanted = request.args.get("repondre", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    number = number or form.parent_id.data or 0
    said = db.session.get(Comment, number) if 0 < number <= LARGEST_ID else None
    if said is None or getattr(said, key) != subject_id:
        return None
    if said.deleted_at is not None or not said.is_shown:
        return None
    form.parent_id.data = said.id
    return said


def will_wait(body_id: int | None, theme: str | None) -> bool:
    """Whether what this person would say here is read first: better known before than after."""
    someone = person()
    return someone is not None and cause_to_wait(someone, body_id, theme) is not None


def place_of(said: Comment) -> str:
    """The address where a comment is read."""
    number = page_of(said, Reader.of(person(), None))
    more: dict[str, Any] = {"page": number} if number > 1 else {}
    anchor = f"commentaire-{said.id}"
    if said.proposal_id is not None:
        return url_for("proposals.show", proposal_id=said.proposal_id, _anchor=anchor, **more)
    return url_for("proposals.debate", debate_id=said.debate_id, _anchor=anchor, **more)


@bp.route("/commentaires/<int:comment_id>/retrait", methods=["GET", "POST"])
@signed_in
def delete_comment(comment_id: int) -> ResponseReturnValue:
    said = seen_comment(comment_id)
    if not can_delete_comment(me(), said):
        raise Forbidden(_("Seule la personne qui a écrit ce commentaire le retire."))
    if request.method == "GET":
        return render_template("proposals/delete_comment.html", said=said, back=place_of(said))
    comments.delete_comment(said, me())
    flash(_("Votre commentaire est retiré."))
    return redirect(place_of(said))
