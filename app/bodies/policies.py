"""Who may do what in the instances: functions of the person, the thing and the moment."""

from datetime import datetime

from app.accounts.models import CHILDREN, Resident
from app.bodies.models import COMITE, CONSEIL, Body, Meeting
from app.core.clock import today
from app.core.rights import Right


def can_create_body(person: Resident) -> bool:
    """The director and the administrator open and close instances, and give seats."""
    return person.may(Right.CREATE_BODIES)


def can_manage_body(person: Resident | None, body: Body) -> bool:
    """The référent for their comité; the director for any instance."""
    return person is not None and person.may(Right.MANAGE_BODY, body_id=body.id)


def can_join(person: Resident | None, body: Body) -> bool:
    """Whoever takes part, in a comité that is not closed; a seat at the conseil is given.

    That of children has children for members: adults come there as référents, who are named.
    """
    if person is None or body.kind != COMITE or body.closed_on is not None:
        return False
    its_own = body.theme != CHILDREN or person.is_under_15_on(today())
    return its_own and person.takes_part_in(body.theme)


def can_subscribe(person: Resident | None, body: Body) -> bool:
    """Anyone signed in: minutes are public, and being told of them commits to nothing."""
    return person is not None and body.closed_on is None


def can_see_roster(person: Resident | None, body: Body, *, is_member: bool) -> bool:
    """Members and the team; for children, those who look after them only."""
    if person is None:
        return False
    if person.may(Right.SEE_ROSTERS) or can_manage_body(person, body):
        return True
    return is_member and body.theme != CHILDREN


def shows_names(body: Body) -> bool:
    """A comité of children names nobody in public."""
    return body.theme != CHILDREN


def can_convene(person: Resident | None, body: Body) -> bool:
    """Whoever manages an instance that is not closed."""
    return can_manage_body(person, body) and body.closed_on is None


def can_change_agenda(person: Resident | None, meeting: Meeting) -> bool:
    """Until the meeting is held."""
    return can_manage_body(person, meeting.body) and meeting.status == "planned"


def can_join_online(person: Resident | None, meeting: Meeting, *, is_member: bool) -> bool:
    """Members, and whoever manages the instance: the link is not for passers-by."""
    return person is not None and (is_member or can_manage_body(person, meeting.body))


def can_take_attendance(person: Resident | None, meeting: Meeting) -> bool:
    """Until the meeting is declared held: what the ledger counted does not change."""
    return can_change_agenda(person, meeting)


def can_follow(person: Resident | None, meeting: Meeting, *, is_member: bool) -> bool:
    """What happens at the table is for members, and for whoever manages or reads its drafts."""
    return person is not None and (is_member or can_see_draft(person, meeting.body))


def can_close_meeting(person: Resident | None, meeting: Meeting, at: datetime) -> bool:
    """Once it has started."""
    return can_take_attendance(person, meeting) and meeting.starts_at <= at


def can_see_draft(person: Resident | None, body: Body) -> bool:
    """Who manages the instance, and the members of the conseil."""
    return person is not None and person.may(Right.READ_DRAFT_MINUTES, body_id=body.id)


def can_write_minutes(person: Resident | None, meeting: Meeting, at: datetime) -> bool:
    """From the start of the meeting until its minutes are published."""
    return (
        can_manage_body(person, meeting.body)
        and meeting.status != "cancelled"
        and meeting.minutes_status != "published"
        and meeting.starts_at <= at
    )


def can_record_decision(person: Resident | None, meeting: Meeting) -> bool:
    """On a meeting that was held."""
    return can_manage_body(person, meeting.body) and meeting.status == "held"


def needs_approval(body: Body) -> bool:
    """The minutes of the conseil are approved by its members; a comité publishes its own."""
    return body.kind == CONSEIL


def can_comment_minutes(person: Resident | None, meeting: Meeting, *, is_member: bool) -> bool:
    """Whoever may read the draft, and members once it is sent to them, until it is published.

    In a comité of children its members do not: what they write waits for a référent elsewhere.
    """
    if person is None or meeting.circulated_at is None or meeting.minutes_status == "published":
        return False
    reads = can_see_draft(person, meeting.body)
    return reads or (is_member and shows_names(meeting.body))


def can_see_private(person: Resident | None, body: Body, *, is_member: bool) -> bool:
    """Members, and whoever manages the instance or reads its drafts."""
    return person is not None and (is_member or can_see_draft(person, body))


def can_answer_dates(person: Resident | None, body: Body, *, is_member: bool) -> bool:
    """Members, and whoever manages the instance; for children, those who look after them."""
    if person is None:
        return False
    return can_manage_body(person, body) or (is_member and shows_names(body))


def can_ask_for_item(person: Resident | None, meeting: Meeting) -> bool:
    """Whoever takes part there, until the meeting is held."""
    return (
        person is not None
        and meeting.status == "planned"
        and not person.is_silenced
        and person.takes_part_in(meeting.body.theme)
    )
