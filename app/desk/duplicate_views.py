"""Files that look like one person's: compare two, make them one, undo it, or tell them apart."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.accounts.policies import can_join_people
from app.core.clock import now
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.desk.alike import probable_duplicates
from app.desk.blueprint import bp
from app.desk.comparing import comparison
from app.desk.duplicate_forms import JoinForm, UndoForm
from app.desk.duplicate_services import tell_apart
from app.desk.finding import find_people
from app.desk.merging import can_be_undone, join_files, may_join, part_files
from app.desk.models import Merge
from app.desk.sheets import sheet_of
from app.desk.views import asked_words


@bp.get("/doublons")
@allowed(can_join_people)
def duplicates() -> ResponseReturnValue:
    pairs = probable_duplicates(page_number())
    return render_template("desk/duplicates.html", pairs=pairs)


@bp.post("/doublons/<int:resident_id>/<int:other_id>/differents")
@allowed(can_join_people)
def apart(resident_id: int, other_id: int) -> ResponseReturnValue:
    one, other = db.get_or_404(Resident, resident_id), db.get_or_404(Resident, other_id)
    tell_apart(current_user, one, other)
    flash(_("C’est noté : ces deux fiches ne seront plus proposées ensemble."))
    return redirect(url_for(".duplicates"))


@bp.get("/personnes/<int:resident_id>/double")
@allowed(can_join_people)
def find_double(resident_id: int) -> ResponseReturnValue:
    sheet, words = sheet_of(resident_id), asked_words()
    found = find_people(words, page_number()) if words else None
    return render_template("desk/find_double.html", sheet=sheet, words=words, found=found)


@bp.route("/doublons/<int:resident_id>/<int:other_id>", methods=["GET", "POST"])
@allowed(can_join_people)
def compare(resident_id: int, other_id: int) -> ResponseReturnValue:
    both = comparison(resident_id, other_id)
    form = JoinForm().between(both)
    if form.validate_on_submit():
        kept, merged = form.kept_and_merged(both)
        made = form.attempt(lambda: join_files(current_user, kept, merged, str(form.reason.data)))
        if made is not None:
            flash(_("Les deux fiches n’en font plus qu’une."))
            return redirect(url_for(".person", resident_id=made.kept_id))
    may = may_join(current_user, both.one.person, both.other.person)
    return render_template("desk/compare.html", both=both, form=form, may=may), form.status


@bp.route("/reunions/<int:merge_id>/defaire", methods=["GET", "POST"])
@allowed(can_join_people)
def undo_join(merge_id: int) -> ResponseReturnValue:
    merge, form = db.get_or_404(Merge, merge_id), UndoForm()
    if form.validate_on_submit():
        form.attempt(lambda: part_files(current_user, merge))
        if not form.refused:
            flash(_("Les deux fiches sont de nouveau à part."))
            return redirect(url_for(".person", resident_id=merge.merged_id))
    possible = can_be_undone(merge, now())
    page = render_template("desk/undo_join.html", merge=merge, form=form, possible=possible)
    return page, form.status
