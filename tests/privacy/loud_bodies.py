"""What she does in the instances: seats, meetings, decisions."""

from datetime import timedelta

from app.accounts.models import Resident
from app.bodies.decision_models import Decision, DecisionStep
from app.bodies.deliberation_models import ConsentRound, ConsentVoice, Deliberation
from app.bodies.minutes_models import MinutesComment
from app.bodies.models import (
    AgendaItem,
    BodyDocument,
    Mandate,
    Meeting,
    MeetingAttendance,
    Membership,
    Subscription,
)
from app.bodies.preparation_models import AgendaRequest, DateAnswer, DatePoll, DateSlot
from app.bodies.sitting_models import Procuration
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.files import StoredFile
from app.mandates.models import Call, Candidacy, Draw, DrawEntry
from app.mandates.role_models import RoleElection, RoleNaming, RoleVoice
from app.mandates.text_models import TextAmendment, TextVersion
from tests.factories import make_body
from tests.privacy.loud import FAMILY, GIVEN, SIGNED, keep


@atomic
def bodies(person: Resident, other: Resident) -> None:
    body = make_body()
    db.session.flush()
    meeting = Meeting(
        body_id=body.id, title="Réunion", starts_at=now(), place="Ici", convened_by_id=person.id
    )
    file = StoredFile(
        sha256="9" * 64, media_type="application/pdf", name=f"cv {GIVEN} {FAMILY}.pdf", content=b"%"
    )
    slot = DateSlot(starts_at=now())
    dates = DatePoll(body_id=body.id, title="Réunion", asked_by_id=person.id, slots=[slot])
    keep(meeting, file, dates)
    decision = Decision(
        body_id=body.id,
        meeting_id=meeting.id,
        year=2026,
        rank=1,
        title="Décidé",
        outcome="avis",
        owner=f"{GIVEN} {FAMILY}",
        decided_on=today(),
    )
    her_own = Decision(
        body_id=body.id,
        meeting_id=meeting.id,
        year=2026,
        rank=2,
        title="Décidé encore",
        outcome="avis",
        owner_id=person.id,
        decided_on=today(),
    )
    document = {"title": f"Note de {FAMILY}", "file_id": file.id}
    keep(decision, her_own)
    item = AgendaItem(meeting_id=meeting.id, position=1, title="Les bancs")
    keep(item)
    question = Deliberation(
        meeting_id=meeting.id, item_id=item.id, question="Des bancs ?", way="consent"
    )
    keep(question)
    keep(ConsentRound(deliberation_id=question.id, number=1, text="Deux bancs."))
    call = Call(body_id=body.id, college="habitants", seats=1, closes_at=now() + timedelta(days=1))
    keep(call)
    draw = Draw(call_id=call.id, seats=1, sealed_seed="")
    keep(draw)
    version = TextVersion(
        body_id=body.id, kind="charte", number=1, content="Respect.", proposed_by_id=person.id
    )
    keep(version)
    election = RoleElection(
        body_id=body.id, title="Jardin", months=6, criteria="Du temps", proposed_id=person.id
    )
    keep(election)
    about = {"election_id": election.id}
    keep(
        RoleNaming(voter_id=person.id, named_id=other.id, reason=SIGNED, **about),
        RoleNaming(
            voter_id=other.id, named_id=person.id, first_id=person.id, reason=SIGNED, **about
        ),
        RoleVoice(round=1, voter_id=person.id, voice="objection", reason=SIGNED, **about),
    )
    keep(TextAmendment(version_id=version.id, author_id=person.id, words=SIGNED))
    keep(
        DecisionStep(decision_id=decision.id, outcome="avis", note=SIGNED, by_id=person.id),
        Membership(body_id=body.id, resident_id=person.id),
        Subscription(body_id=body.id, resident_id=person.id),
        Mandate(body_id=body.id, resident_id=person.id, college="habitants", starts_on=today()),
        Mandate(
            body_id=body.id,
            resident_id=person.id,
            college="habitants",
            starts_on=today(),
            ended_on=today(),
            end_cause="resigned",
            end_reason=SIGNED,
        ),
        MeetingAttendance(meeting_id=meeting.id, resident_id=person.id),
        Procuration(meeting_id=meeting.id, principal_id=person.id, holder_id=other.id),
        Procuration(meeting_id=meeting.id, principal_id=other.id, holder_id=person.id),
        ConsentVoice(
            deliberation_id=question.id,
            number=1,
            resident_id=person.id,
            voice="objection",
            reason="Trop cher pour nous",
        ),
        Candidacy(call_id=call.id, resident_id=person.id, text=SIGNED, ballot_name=FAMILY),
        DrawEntry(draw_id=draw.id, number=1, resident_id=person.id),
        MinutesComment(meeting_id=meeting.id, author_id=person.id, text=SIGNED),
        AgendaRequest(meeting_id=meeting.id, author_id=person.id, title=SIGNED, reason=SIGNED),
        DateAnswer(slot_id=dates.slots[0].id, resident_id=person.id, answer="maybe"),
        BodyDocument(body_id=body.id, added_by_id=person.id, **document),
    )
