"""Bringing earlier years in: choose, send, look, confirm; and take back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core.csv import csv_file
from app.core.db import db
from app.core.i18n import _, _n
from app.core.limits import by_person, limiter
from app.core.pagination import page_number
from app.core.policies import allowed
from app.core.xlsx import xlsx_file
from app.pastlife import importing, model_files, previews, queries, undoing
from app.pastlife.blueprint import bp
from app.pastlife.forms import FileForm
from app.pastlife.kinds import BY_SLUG, KINDS
from app.pastlife.models import PastImport
from app.pastlife.policies import can_import_past
from app.pastlife.sheets import most_lines
from app.pastlife.wording import counted

ONE_KIND = f"/<any({', '.join(BY_SLUG)}):past_kind>"
STATES = {"a-corriger": "faulty", "deja-la": "repeated", "bonnes": "good"}


@bp.get("")
@allowed(can_import_past)
def index() -> ResponseReturnValue:
    files = queries.sent_files(page_number())
    return render_template("pastlife/index.html", kinds=KINDS.values(), files=files)


@bp.route(ONE_KIND, methods=["GET", "POST"])
@allowed(can_import_past)
@limiter.limit("30 per hour", key_func=by_person, methods=["POST"])
def send(past_kind: str) -> ResponseReturnValue:
    kind, form = BY_SLUG[past_kind], FileForm()
    if form.validate_on_submit():
        number = form.attempt(lambda: previews.preview(current_user, kind, form.file.data))
        if number is not None:
            return redirect(url_for(".show", import_id=number))
    explained = model_files.explained(kind)
    words = {"explained": explained, "most": most_lines()}
    return render_template("pastlife/send.html", kind=kind, form=form, **words), form.status


@bp.get(f"{ONE_KIND}/modele.csv")
@allowed(can_import_past)
def model_csv(past_kind: str) -> ResponseReturnValue:
    return csv_file(f"modele-{past_kind}.csv", model_files.as_rows(BY_SLUG[past_kind]))


@bp.get(f"{ONE_KIND}/modele.xlsx")
@allowed(can_import_past)
def model_xlsx(past_kind: str) -> ResponseReturnValue:
    return xlsx_file(f"modele-{past_kind}.xlsx", model_files.as_book(BY_SLUG[past_kind]).save)


@bp.get("/<int:import_id>")
@allowed(can_import_past)
def show(import_id: int) -> ResponseReturnValue:
    sent = _sent(import_id)
    seen = request.args.get("voir", "a-corriger" if sent.faulty else "bonnes")
    if seen not in STATES:
        abort(404)
    lines = queries.lines_of(sent, STATES[seen], page_number())
    added, kept = counted(sent.added), counted(sent.kept)
    return render_template(
        "pastlife/show.html", sent=sent, seen=seen, lines=lines, added=added, kept=kept
    )


@bp.get("/<int:import_id>/a-corriger.csv")
@allowed(can_import_past)
def to_mend(import_id: int) -> ResponseReturnValue:
    sent = _sent(import_id)
    return csv_file(f"a-corriger-{sent.id}.csv", queries.rows_to_mend(sent))


@bp.post("/<int:import_id>/importer")
@allowed(can_import_past)
@limiter.limit("30 per hour", key_func=by_person)
def confirm(import_id: int) -> ResponseReturnValue:
    sent = db.get_or_404(PastImport, import_id)
    importing.import_good(current_user, sent)
    flash(_n("%(num)s ligne est reprise.", "%(num)s lignes sont reprises.", sent.good), "success")
    return redirect(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/oublier")
@allowed(can_import_past)
def forget(import_id: int) -> ResponseReturnValue:
    previews.forget(current_user, db.get_or_404(PastImport, import_id))
    flash(_("Le fichier est oublié. Rien n’a été repris."))
    return redirect(url_for(".index"))


@bp.get("/<int:import_id>/annuler")
@allowed(can_import_past)
def confirm_undo(import_id: int) -> ResponseReturnValue:
    sent = _sent(import_id)
    if sent.status != "done":
        return _nothing_to_undo(sent)
    above = undoing.leaning_on(import_id)
    if above:
        return render_template("pastlife/undo_first.html", sent=sent, first=above[0])
    return render_template(
        "pastlife/undo.html",
        sent=sent,
        added=counted(sent.added),
        published=queries.published_years(import_id),
    )


@bp.post("/<int:import_id>/annuler")
@allowed(can_import_past)
@limiter.limit("30 per hour", key_func=by_person)
def undo(import_id: int) -> ResponseReturnValue:
    sent = db.get_or_404(PastImport, import_id)
    if sent.status != "done":
        return _nothing_to_undo(sent)
    if undoing.leaning_on(import_id):
        return redirect(url_for(".confirm_undo", import_id=import_id))
    undoing.undo(current_user, sent)
    flash(_("La reprise est annulée. Les chiffres sont revenus comme avant."), "success")
    return redirect(url_for(".show", import_id=import_id))


def _nothing_to_undo(sent: queries.Sent | PastImport) -> ResponseReturnValue:
    """The page of the file, which says how it stands: a second click is no fault."""
    flash(undoing.why_not(sent.status))
    return redirect(url_for(".show", import_id=sent.id))


def _sent(number: int) -> queries.Sent:
    found = queries.sent_file(number)
    if found is None:
        abort(404)
    return found


__all__ = ["bp"]
