"""Giving one's procuration for a meeting, taking it back; noting one that came on paper."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Resident
from app.bodies import procuration_services
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.models import Meeting
from app.bodies.policies import can_follow, can_take_attendance
from app.bodies.queries import is_member
from app.bodies.sitting_forms import HolderForm
from app.bodies.sitting_queries import Sitting, sitting
from app.core.db import db
from app.core.i18n import _, _l
from app.core.limits import by_person, limiter
from app.core.policies import signed_in


@bp.route("/reunions/<int:meeting_id>/procuration", methods=["GET", "POST"])
@limiter.limit("30/hour", key_func=by_person, methods=["POST"])
@signed_in
def procuration(meeting_id: int) -> ResponseReturnValue:
    found = found_meeting(meeting_id)
    only_if(can_follow(viewer(), found, is_member=is_member(found.body_id, current_user.id)))
    seats = sitting(found)
    form = HolderForm().among(_others(seats, current_user.id))
    form.holder.label.text = _l("Qui parlera à votre place ?")
    if form.validate_on_submit() and _given(form, found, current_user):
        flash(_("Votre procuration est donnée. La personne est prévenue."), "success")
        return redirect(url_for(".procuration", meeting_id=meeting_id))
    refused = procuration_services.refusal(found, seats, current_user)
    return render_template(
        "bodies/procuration.html",
        form=form,
        meeting=found,
        mine=seats.line_of(current_user.id),
        held=[seat for seat in seats.seats if seat.holder_id == current_user.id],
        refused=refused,
    ), form.status


@bp.post("/reunions/<int:meeting_id>/procuration/<int:resident_id>/reprendre")
@signed_in
def take_back_procuration(meeting_id: int, resident_id: int) -> ResponseReturnValue:
    found, principal = found_meeting(meeting_id), db.get_or_404(Resident, resident_id)
    is_mine = viewer() is not None and current_user.id == principal.id
    procuration_services.take_back_procuration(current_user, found, principal)
    flash(_("La procuration est reprise."), "success")
    if can_take_attendance(viewer(), found) and not is_mine:
        there = url_for(".attendance", meeting_id=meeting_id)
        return redirect(f"{there}#personne-{resident_id}")
    return redirect(url_for(".procuration", meeting_id=meeting_id))


@bp.route(
    "/reunions/<int:meeting_id>/presences/<int:resident_id>/procuration", methods=["GET", "POST"]
)
@signed_in
def note_procuration(meeting_id: int, resident_id: int) -> ResponseReturnValue:
    found, principal = found_meeting(meeting_id), db.get_or_404(Resident, resident_id)
    only_if(can_take_attendance(viewer(), found))
    seats = sitting(found)
    form = HolderForm().among(_others(seats, principal.id))
    if form.validate_on_submit() and _given(form, found, principal):
        flash(_("La procuration est notée. Les deux personnes sont prévenues."), "success")
        there = url_for(".attendance", meeting_id=meeting_id)
        return redirect(f"{there}#personne-{resident_id}")
    return render_template(
        "bodies/note_procuration.html", form=form, meeting=found, principal=principal
    ), form.status


def _others(seats: Sitting, principal_id: int) -> list[tuple[int, str]]:
    """Who has a voice and may carry someone's: (number, name)."""
    return [
        (seat.resident_id, seat.name)
        for seat in seats.voters
        if seat.resident_id != principal_id and seat.holder_id is None
    ]


def _given(form: HolderForm, meeting: Meeting, principal: Resident) -> bool:
    holder = db.session.get(Resident, form.holder.data) if form.holder.data else None
    if holder is None:
        form.holder.errors = [_("Choisissez une personne.")]
        return False
    form.attempt(
        lambda: procuration_services.give_procuration(current_user, meeting, principal, holder)
    )
    return not form.refused
