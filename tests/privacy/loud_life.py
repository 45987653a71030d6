"""What she says, votes, attends, moderates and is told."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from app.accounts.models import Resident
from app.associations.models import Association, Collectif, CollectifMember, Connection
from app.core import mail, search
from app.core.clock import now, today
from app.core.db import atomic, db
from app.core.files import store_image
from app.entraide.models import OFFER, REQUEST, HelpBlock, HelpMessage, HelpNotice, HelpThread
from app.ledger.acts import Act
from app.ledger.services import record
from app.moderation.models import Case, Report, Ruling, Sanction
from app.notifications.models import Notification
from app.programme.models import Action, Session, SessionAttendance
from app.programme.registration_models import Registration, VolunteerNeed, VolunteerSignup
from app.programme.tap_models import AttendanceTap
from app.proposals.models import (
    Comment,
    Debate,
    Project,
    ProjectRole,
    ProposalStep,
    Support,
)
from app.voting.models import (
    Emargement,
    Poll,
    PollOption,
    PublicBallot,
    PublicChange,
    RollEntry,
    SecretBallot,
    Teller,
)
from app.voting.paper_models import PaperBatch, PaperReading
from app.voting.roll_models import Proxy, RollClaim
from tests.factories import make_body, make_category, make_proposal
from tests.privacy.loud import EMAIL, FAMILY, GIVEN, PHONE, SIGNED, Loud, keep
from tests.privacy.loud_bodies import bodies


def make_loud_life(loud: Loud) -> None:
    """The rest of her traces."""
    person, other = (db.session.get_one(Resident, number) for number in (loud.id, loud.other_id))
    _writings(person, other)
    bodies(person, other)
    _votes(person, other)
    _programme_and_groups(person, other)
    _help(person, other)
    _order(person, other)
    _messages(other)


def picture() -> FileStorage:
    """A photograph of hers."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#a33").save(out, "PNG")
    out.seek(0)
    return FileStorage(out, filename=f"{GIVEN}.png")


@atomic
def _writings(person: Resident, other: Resident) -> None:
    body, category = make_body(), make_category()
    db.session.flush()
    own: dict[str, Any] = {"title": f"L’idée de {GIVEN} {FAMILY}", "text": SIGNED}
    own_idea = {**own, "category_id": category.id}
    image = {"image_id": store_image(picture()).id, "image_alt": f"{GIVEN} {FAMILY}"}
    mine = make_proposal(
        person, body_id=body.id, support_count=1, comment_count=1, **own_idea, **image
    )
    make_proposal(person, status="draft", published_at=None, **own_idea)
    theirs = make_proposal(other, support_count=1, category_id=category.id)
    db.session.flush()
    search.index("proposals", mine.id, mine.title, "/propositions/1", mine.text)
    debate = Debate(body_id=body.id, author_id=person.id, **own)
    project = Project(proposal_id=mine.id)
    keep(debate, project)
    keep(
        ProposalStep(proposal_id=mine.id, to_status="gathering", reason=SIGNED, by_id=person.id),
        Support(proposal_id=theirs.id, resident_id=person.id),
        Support(proposal_id=mine.id, resident_id=other.id),
        Comment(proposal_id=theirs.id, author_id=person.id, text=SIGNED),
        Comment(debate_id=debate.id, author_id=person.id, text=SIGNED),
        ProjectRole(project_id=project.id, resident_id=person.id, role=f"{GIVEN} s’en charge"),
    )
    record(Act.PROPOSAL_ADMITTED, actor=person, subject=mine)
    record(Act.PROJECT_STARTED, actor=person, subject=project)
    record(Act.PROPOSAL_SUPPORTED, actor=person, subject=theirs)
    record(Act.COMMENT_POSTED, actor=other, entered_by=person)


@atomic
def _votes(person: Resident, other: Resident) -> None:
    def poll(status: str, is_secret: bool) -> Poll:
        made = Poll(
            title="Un vote",
            method="yesno",
            electorate="all",
            is_secret=is_secret,
            opens_at=now() - timedelta(days=2),
            closes_at=now() + timedelta(days=2),
            status="scheduled",
            roll_size=2,
            created_by_id=person.id,
        )
        keep(made)
        keep(PollOption(poll_id=made.id, position=1, label="Oui ou non"))
        made.status = status
        for voter in (person, other):
            roll = {"poll_id": made.id, "resident_id": voter.id}
            keep(RollEntry(**roll), Emargement(**roll, day=today(), channel="online"))
        return made

    secret, public = poll("open", True), poll("open", False)
    counted = poll("closed", False)
    keep(Teller(poll_id=secret.id, resident_id=person.id))
    keep(SecretBallot(key=b"1" * 16, poll_id=secret.id, payload=b"sealed", tag=b"t" * 32))
    for one in (public, counted):
        keep(PublicBallot(poll_id=one.id, resident_id=person.id, choice='{"choice":"yes"}'))
    choice = '{"choice":"no"}'
    batch = PaperBatch(poll_id=secret.id, number=1, size=1)
    keep(batch)
    keep(
        PublicChange(poll_id=public.id, resident_id=person.id, choice=choice),
        Proxy(poll_id=public.id, principal_id=person.id, holder_id=other.id),
        Proxy(poll_id=secret.id, principal_id=other.id, holder_id=person.id),
        RollClaim(poll_id=secret.id, resident_id=person.id, reason=f"Je suis {GIVEN} {FAMILY}"),
        RollClaim(
            poll_id=public.id,
            resident_id=other.id,
            reason="Je viens d’arriver",
            outcome="refused",
            answer=SIGNED,
            answered_at=now(),
            answered_by_id=person.id,
        ),
        PaperReading(batch_id=batch.id, number=1, by_id=person.id, sheets=[choice]),
    )
    unvoted = poll("open", True)
    db.session.query(Emargement).filter_by(poll_id=unvoted.id, resident_id=person.id).delete()


@atomic
def _programme_and_groups(person: Resident, other: Resident) -> None:
    action = Action(title="Atelier", kind="activite")
    keep(action)
    times = {"starts_at": now() - timedelta(hours=2), "ends_at": now() - timedelta(hours=1)}
    session = Session(
        action_id=action.id,
        status="held",
        head_count=9,
        count_method="compteur",
        counted_by=f"{GIVEN} {FAMILY}",
        closed_by_id=person.id,
        **times,
    )
    need = VolunteerNeed(action_id=action.id, label="Tenir la buvette", wanted=2)
    keep(session, need)
    listed = [
        Association(
            name=name,
            folded_name=name,
            slug=name,
            purpose="Agir",
            family="006",
            email=EMAIL,
            phone=PHONE,
            listed_by_id=person.id,
        )
        for name in ("une", "deux")
    ]
    collectif = Collectif(name="Le jardin", purpose="Jardiner", referent_id=person.id)
    keep(collectif, *listed)
    one, two = listed
    keep(
        SessionAttendance(session_id=session.id, resident_id=person.id, role="public"),
        AttendanceTap(
            client_id="0" * 36,
            session_id=session.id,
            resident_id=person.id,
            adds=True,
            tapped_at=now(),
        ),
        Registration(session_id=session.id, resident_id=person.id, place=1),
        VolunteerSignup(need=need, session_id=session.id, resident_id=person.id, place=1),
        CollectifMember(collectif_id=collectif.id, resident_id=person.id, accepted_at=now()),
        Connection(
            from_id=one.id,
            to_id=two.id,
            message=SIGNED,
            asked_by_id=person.id,
            answered_by_id=person.id,
        ),
    )
    record(Act.SESSION_ATTENDED, actor=person, subject=session)


@atomic
def _help(person: Resident, other: Resident) -> None:
    """She asks, she answers, and each of the two wants no more of the other."""
    common: dict[str, Any] = {"kind": "trajet", "text": SIGNED, "folded": SIGNED}
    common |= {"when_words": GIVEN, "lasts_until": today()}
    mine = HelpNotice(side=REQUEST, title=f"Aidez {GIVEN} {FAMILY}", author_id=person.id, **common)
    theirs = HelpNotice(
        side=OFFER,
        kind="outils",
        title="Une échelle",
        text="",
        folded="une echelle",
        author_id=other.id,
        lasts_until=today(),
    )
    keep(mine, theirs)
    about_mine = HelpThread(notice_id=mine.id, other_id=other.id)
    about_theirs = HelpThread(notice_id=theirs.id, other_id=person.id)
    keep(about_mine, about_theirs)
    keep(
        HelpMessage(thread_id=about_mine.id, author_id=other.id, text=f"Bonjour {GIVEN} {FAMILY}"),
        HelpMessage(thread_id=about_theirs.id, author_id=person.id, text=SIGNED),
        HelpBlock(blocker_id=person.id, blocked_id=other.id),
        HelpBlock(blocker_id=other.id, blocked_id=person.id),
    )


@atomic
def _order(person: Resident, other: Resident) -> None:
    words = {"note": SIGNED, "contest": SIGNED, "original": {"text": SIGNED}}
    mine = Case(subject_type="comments", subject_id=1, author_id=person.id, cause="report", **words)
    theirs = Case(
        subject_type="comments",
        subject_id=2,
        author_id=other.id,
        cause="report",
        decided_by_id=person.id,
        decided_at=now(),
        outcome="kept",
    )
    keep(mine, theirs)
    ruled: dict[str, Any] = {"cause": "report", "waiting_since": now(), "outcome": "hidden"}
    day = {"since": now(), "until": now() + timedelta(days=1)}
    keep(
        Ruling(case_id=mine.id, before={"texts": {"text": SIGNED}, "original": None}, **ruled),
        Ruling(case_id=theirs.id, by_id=person.id, before={"texts": {}}, **ruled),
        Report(case_id=mine.id, reporter_id=other.id, rule="respect", words=f"{GIVEN} {FAMILY} !"),
        Report(case_id=theirs.id, reporter_id=person.id, rule="respect", words=SIGNED),
        Sanction(resident_id=person.id, reason=SIGNED, **day),
        Sanction(resident_id=other.id, by_id=person.id, reason="Insultes", **day),
    )


@atomic
def _messages(other: Resident) -> None:
    person = db.session.query(Resident).filter_by(email=EMAIL).one()
    keep(
        Notification(resident_id=person.id, text=f"Bonjour {GIVEN}", url="/"),
        Notification(resident_id=other.id, text=f"{GIVEN} {FAMILY} vous invite.", url="/"),
        Notification(resident_id=other.id, text=f"« L’idée de {GIVEN} {FAMILY} » avance.", url="/"),
    )
    quoting = {"text": f"{GIVEN} {FAMILY} ({PHONE}) vous invite.", "body": "", "url": "/"}
    mail.send_mail(EMAIL, "notice", resident=person, text=f"Bonjour {GIVEN}", body="", url="/")
    mail.send_mail(str(other.email), "notice", resident=other, **quoting)
