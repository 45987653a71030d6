"""The journal of what the team did."""

from datetime import date
from itertools import islice

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.administration import journal_exports, journal_queries
from app.administration.blueprint import bp
from app.administration.journal_queries import Asked
from app.administration.journal_subjects import KINDS
from app.administration.journal_words import changes
from app.administration.policies import can_read_audit
from app.audit.acts import AUDIT_WORDS, AuditAct
from app.audit.services import faults, length
from app.core.pagination import page_number
from app.core.policies import allowed

MOST_FAULTS = 50


@bp.get("/journal")
@allowed(can_read_audit)
def journal() -> ResponseReturnValue:
    asked = _asked()
    return render_template(
        "administration/journal.html",
        page=journal_queries.lines(asked, page_number()),
        asked=asked,
        acts=AUDIT_WORDS,
        kinds=KINDS,
    )


@bp.get("/journal/<int:entry_id>")
@allowed(can_read_audit)
def entry(entry_id: int) -> ResponseReturnValue:
    found = journal_queries.line(entry_id)
    if found is None:
        abort(404)
    return render_template(
        "administration/entry.html", line=found, changes=changes(found.details or {})
    )


@bp.get("/journal/verification")
@allowed(can_read_audit)
def verification() -> ResponseReturnValue:
    found = list(islice(faults(), MOST_FAULTS))
    return render_template("administration/verification.html", faults=found, length=length())


@bp.get("/journal.csv")
@allowed(can_read_audit)
def journal_csv() -> ResponseReturnValue:
    return journal_exports.as_csv(_asked())


@bp.get("/journal.json")
@allowed(can_read_audit)
def journal_json() -> ResponseReturnValue:
    return journal_exports.as_json()


def _asked() -> Asked:
    def words(name: str) -> str:
        return request.args.get(name, "").replace("\x00", "").strip()[:100]

    act = words("acte")
    return Asked(
        act=act if act in set(AuditAct) else "",
        who=words("qui"),
        about=words("sur"),
        words=words("motif"),
        since=_day(words("depuis")),
        until=_day(words("jusqu")),
    )


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
