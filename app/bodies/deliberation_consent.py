"""Deciding by consent: rounds of named voices, each on a version of the text."""

from app.accounts.models import Resident
from app.bodies.deliberation_models import ConsentRound, ConsentVoice, Deliberation
from app.bodies.deliberation_services import checked_text, freeze_room, hold
from app.bodies.labels import VOICES
from app.bodies.models import Meeting
from app.bodies.policies import can_write_minutes
from app.bodies.sitting_queries import Sitting, sitting
from app.core.clock import now
from app.core.db import atomic, db, lock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.i18n import _, _n
from app.core.typography import number_fr

LONGEST_REASON = 1000


@atomic
def say(
    by: Resident, deliberation: Deliberation, member: Resident, voice: str, reason: str = ""
) -> None:
    """Write down a member's voice, or the one they changed to while the round is open.

    They say it on their own phone, or whoever speaks for them does; or who conducts writes it.

    Raises:
        Forbidden: for someone else, without speaking for them nor conducting the meeting.
        Conflict: no round is open, or the member is neither there nor spoken for.
        Invalid: an unknown voice, or an objection without its reason.
    """
    meeting = db.session.get_one(Meeting, deliberation.meeting_id)
    lock(meeting)
    lock(deliberation)
    current = _open_round(deliberation)
    seats = sitting(meeting)
    if not can_say_for(by, meeting, seats, member.id):
        raise Forbidden(_("Chacun dit sa propre voix, et celle de qui lui a donné procuration."))
    if not seats.is_heard(member.id):
        raise Conflict(
            _("%(name)s n’est pas dans la salle. Notez d’abord sa présence.", name=member.called)
        )
    if voice not in VOICES:
        raise Invalid(_("Choisissez une réponse de la liste."), field="voice")
    words = reason.strip()
    if voice == "objection" and not words:
        raise Invalid(_("Une objection se donne avec sa raison."), field="reason")
    if len(words) > LONGEST_REASON:
        too_long = _("C’est trop long : %(max)s caractères au plus.", max=number_fr(LONGEST_REASON))
        raise Invalid(too_long, field="reason")
    db.session.merge(
        ConsentVoice(
            deliberation_id=deliberation.id,
            number=current.number,
            resident_id=member.id,
            voice=voice,
            reason=words if voice in ("reserve", "objection") else "",
            said_at=now(),
        )
    )


@atomic
def adopt(by: Resident, deliberation: Deliberation) -> None:
    """End the round: no objection stands, so the text is adopted, however many consent.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: an objection stands, someone in the room has said nothing, nobody consents,
            there is no quorum, or no round is open.
    """
    meeting = hold(by, deliberation.meeting_id)
    lock(deliberation)
    current = _open_round(deliberation)
    seats = sitting(meeting)
    voices = _voices(deliberation, current.number)
    if any(one.voice == "objection" for one in voices):
        raise Conflict(_("Une objection tient encore : le texte n’est pas adopté."))
    said = {one.resident_id for one in voices}
    silent = [
        seat.name for seat in (*seats.present, *seats.represented) if seat.resident_id not in said
    ]
    if silent:
        raise Conflict(
            _n(
                "Se taire n’est pas consentir. Il manque une voix : %(name)s.",
                "Se taire n’est pas consentir. Il manque %(num)d voix : %(name)s d’abord.",
                len(silent),
                name=silent[0],
            )
        )
    if not any(one.voice in ("consent", "reserve") for one in voices):
        raise Conflict(_("Personne ne consent : le texte n’est pas adopté."))
    freeze_room(deliberation, seats)
    current.outcome, current.closed_at = "adopted", now()
    deliberation.outcome, deliberation.decided_at = "adopted", now()


@atomic
def amend(by: Resident, deliberation: Deliberation, text: str) -> None:
    """End the round on an objection and open the next one, on another version of the text.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: no round is open, or there have been as many as the rule allows.
        Invalid: no text, or the same one.
    """
    hold(by, deliberation.meeting_id)
    lock(deliberation)
    current = _open_round(deliberation)
    if current.number >= (deliberation.rounds_most or 0):
        raise Conflict(_("C’était le dernier tour. Votez à main levée, ou reprenez plus tard."))
    new = checked_text(text)
    if new == current.text:
        raise Invalid(_("Le texte n’a pas changé. Écrivez la nouvelle version."), field="text")
    current.outcome, current.closed_at = "objected", now()
    db.session.add(
        ConsentRound(deliberation_id=deliberation.id, number=current.number + 1, text=new)
    )
    db.session.flush()
    db.session.expire(deliberation, ["rounds"])


@atomic
def fall_back(by: Resident, deliberation: Deliberation) -> None:
    """After the last round, an objection still standing: the question goes to a show of hands.

    Raises:
        Forbidden: the person does not conduct the meeting.
        Conflict: rounds are left, no objection stands, or no round is open.
    """
    hold(by, deliberation.meeting_id)
    lock(deliberation)
    current = _open_round(deliberation)
    if current.number < (deliberation.rounds_most or 0):
        raise Conflict(_("Il reste un tour : proposez d’abord une autre version du texte."))
    if not any(one.voice == "objection" for one in _voices(deliberation, current.number)):
        raise Conflict(_("Aucune objection ne tient : le texte peut être adopté."))
    current.outcome, current.closed_at = "objected", now()
    deliberation.way = "hands"


def can_say_for(by: Resident, meeting: Meeting, seats: Sitting, member_id: int) -> bool:
    """Whether someone may write a member's voice: theirs, one they speak for, or they conduct."""
    if by.id == member_id or can_write_minutes(by, meeting, now()):
        return True
    seat = seats.line_of(member_id)
    return seat is not None and seat in seats.represented and seat.holder_id == by.id


def _open_round(deliberation: Deliberation) -> ConsentRound:
    last = deliberation.rounds[-1] if deliberation.rounds else None
    if deliberation.way != "consent" or last is None or last.outcome is not None:
        raise Conflict(_("Ce tour est clos : les voix ne changent plus."))
    return last


def _voices(deliberation: Deliberation, number: int) -> list[ConsentVoice]:
    mine = db.session.query(ConsentVoice).filter_by(deliberation_id=deliberation.id, number=number)
    return list(mine)
