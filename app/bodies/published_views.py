"""Published minutes: as a page and on paper, for everyone and for members."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.bodies import meeting_queries, minutes_queries
from app.bodies.blueprint import bp, found_meeting, only_if, viewer
from app.bodies.deliberation_queries import deliberations_of
from app.bodies.minutes_pdf import minutes_pdf, present_names
from app.bodies.minutes_services import items_of, seal
from app.bodies.models import Meeting
from app.bodies.policies import can_see_private
from app.bodies.queries import is_member
from app.core.pdf import pdf_answer
from app.core.policies import public, signed_in


@bp.get("/reunions/<int:meeting_id>/compte-rendu")
@public
def minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = _published(meeting_id)
    items, voted = items_of(meeting_id), deliberations_of(meeting_id)
    page = meeting_queries.meeting_page(meeting)
    return render_template(
        "bodies/minutes.html",
        meeting=meeting,
        page=page,
        present=present_names(page.presence),
        items=items,
        addenda=minutes_queries.addenda(meeting_id),
        approval=minutes_queries.approval(meeting),
        voted=voted,
        intact=seal(meeting, items, voted) == meeting.minutes_sha256,
        whole=_sees_private(meeting),
    )


@bp.get("/reunions/<int:meeting_id>/compte-rendu.pdf")
@public
def printed_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = _published(meeting_id)
    content = minutes_pdf(meeting, items_of(meeting_id), is_whole=False)
    return pdf_answer(content, f"compte-rendu-{meeting.minutes_number}")


@bp.get("/reunions/<int:meeting_id>/compte-rendu-complet.pdf")
@signed_in
def whole_minutes(meeting_id: int) -> ResponseReturnValue:
    meeting = _published(meeting_id)
    only_if(_sees_private(meeting))
    content = minutes_pdf(meeting, items_of(meeting_id), is_whole=True)
    return pdf_answer(content, f"compte-rendu-{meeting.minutes_number}-complet")


def _published(meeting_id: int) -> Meeting:
    meeting = found_meeting(meeting_id)
    return meeting if meeting.minutes_status == "published" else abort(404)


def _sees_private(meeting: Meeting) -> bool:
    person = viewer()
    mine = person is not None and is_member(meeting.body_id, person.id)
    return can_see_private(person, meeting.body, is_member=mine)
