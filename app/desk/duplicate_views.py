"""Files that look like one person's."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.accounts.policies import can_join_people
from app.core.db import db
from app.core.i18n import _
from app.core.pagination import page_number
from app.core.policies import allowed
from app.desk.alike import probable_duplicates
from app.desk.blueprint import bp
from app.desk.duplicate_services import tell_apart


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
