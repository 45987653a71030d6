"""The one blueprint of mutual help, and what its pages share."""

from typing import Any, cast

from flask import Blueprint, abort
from flask_login import current_user

from app.accounts.models import Resident
from app.core.clock import today
from app.core.db import db
from app.entraide import policies, words
from app.entraide.models import HelpNotice, HelpThread

bp = Blueprint("entraide", __name__)


def me() -> Resident:
    """Who is signed in, on a page that asks for it."""
    return cast(Resident, current_user._get_current_object())


def seen_notice(notice_id: int) -> HelpNotice:
    """The notice, if there is one that this person may read; else 404."""
    notice = db.session.get(HelpNotice, notice_id)
    if notice is None or not policies.can_see(me(), notice, today()):
        abort(404)
    return notice


def own_notice(notice_id: int) -> HelpNotice:
    """The notice, if it is this person's; else 404."""
    notice = db.session.get(HelpNotice, notice_id)
    if notice is None or not policies.is_author(me(), notice):
        abort(404)
    return notice


def own_thread(thread_id: int) -> HelpThread:
    """The conversation, if this person is one of the two; else 404, whoever asks."""
    thread = db.session.get(HelpThread, thread_id)
    if thread is None or not policies.takes_part(me(), thread):
        abort(404)
    return thread


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "SIDES": words.SIDES,
        "KINDS": words.KINDS,
        "KIND_ICONS": words.KIND_ICONS,
        "STATUS_WORDS": words.STATUS_WORDS,
        "SLUGS": words.SLUGS,
    }
