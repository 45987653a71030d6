"""Someone whose every word is unlike any other, and who has left a trace everywhere."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.accounts.access_models import EmailChange, MailedLink, RecoveryCode, SignIn
from app.accounts.adhesion_models import Adhesion, AdhesionPerson
from app.accounts.family_models import (
    Consent,
    GuardianInvitation,
    Guardianship,
    Household,
    HouseholdMember,
)
from app.accounts.models import Resident
from app.accounts.role_models import Grant
from app.administration.senacs_models import SurveyAnswer
from app.audit.acts import AuditAct
from app.audit.services import note
from app.core.clock import now, today
from app.core.db import Model, atomic, db
from app.core.rights import Role
from app.desk.models import Assistance, AssistedAct, Kiosk, Merge, ToldApart
from app.home.calendar_models import CalendarKey
from app.indicators.models import AimLink, PublishedYear, Target
from app.ledger.acts import Act
from app.ledger.services import record
from app.partners.models import Contact, Convention, Partner, Scheme
from app.pastlife.models import PastAddition, PastImport, PastLine
from app.privacy.models import ErasureRequest
from tests.factories import make_quartier, make_resident

GIVEN, FAMILY, NICKNAME = "Zébuline", "Kartoffelstein", "Zazounette"
EMAIL, PHONE, YEAR = "zebuline.kartoffelstein@loud.example", "0677889911", 1911
SIGNED = f"Je suis {GIVEN} {FAMILY}, 06 77 88 99 11, {EMAIL}."
"""How she signs what she writes."""

MARKS = ("zebulin", "zébulin", "kartoffelst", "zazounett", PHONE, "06 77 88 99 11", "loud.example")
"""What is looked for, in lower case."""


@dataclass(frozen=True)
class Loud:
    """Her number, her key and her card, and someone who stays."""

    id: int
    key: str
    card: str
    other_id: int


def make_loud() -> Loud:
    """Her, with a row in every table that can speak of someone."""
    other = make_resident("Voisine", family_name="Tranquille")
    person = make_resident(
        GIVEN,
        family_name=FAMILY,
        email=EMAIL,
        phone=PHONE,
        nickname=NICKNAME,
        year_of_birth=YEAR,
        sex="F",
        languages="tr,ta",
        quartier_id=make_quartier().id,
        password="soleil-pont-carotte",
        pin="123456",
        totp_secret="sealed-secret",
        totp_last_step=12345,
        last_seen_on=today(),
        inactivity_warnings=1,
        inactivity_warned_on=today(),
        silenced_until=now() + timedelta(days=1),
        registered_by_id=other.id,
        admitted_posts=3,
    )
    _access(person, other)
    _family(person, other)
    _desk(person, other)
    return Loud(person.id, str(person.participation_key), person.card_number, other.id)


def keep(*rows: Model) -> None:
    """One after the other: a row may lean on the one before."""
    for row in rows:
        db.session.add(row)
        db.session.flush()


@atomic
def _access(person: Resident, other: Resident) -> None:
    me: dict[str, Any] = {"resident_id": person.id}
    acting = {"acting_for_id": person.id, "acting_as": "guardian"}
    for_other = {"resident_id": other.id, "role": Role.DESK.value}
    keep(
        SignIn(token_hash="a" * 64, method="password", device=f"Téléphone de {GIVEN}", **me),
        SignIn(token_hash="b" * 64, method="password", resident_id=other.id, **acting),
        RecoveryCode(code_hash="c" * 64, **me),
        CalendarKey(digest="c" * 64, sealed="sealed", **me),
        EmailChange(new_email=f"nouvelle.{EMAIL}", **me),
        MailedLink(kind="reset", email=EMAIL, details={"given_name": GIVEN}),
        Grant(role=Role.DESK.value, given_by_id=other.id, reason=f"Pour {GIVEN}", **me),
        Grant(**for_other, given_by_id=person.id, ended_by_id=person.id, ended_at=now()),
        ErasureRequest(due_at=now(), keeps_writings=True, cancelled_at=now(), **me),
        ErasureRequest(
            resident_id=other.id,
            asked_by_id=person.id,
            due_at=now(),
            keeps_writings=True,
            cancelled_at=now(),
        ),
    )
    make_resident("Tiers", registered_by_id=person.id)


@atomic
def _family(person: Resident, other: Resident) -> None:
    child, nephew = (make_resident(name, year_of_birth=today().year - 8) for name in "AB")
    db.session.flush()
    home = Household(name=f"Famille {FAMILY}")
    keep(home)
    over = {"ended_at": now(), "end_reason": "erreur"}
    team = {"linked_by_id": person.id, "ended_by_id": person.id}
    photo = {"purpose": "photo", "text_version": "2026-1"}
    keep(
        HouseholdMember(household_id=home.id, resident_id=person.id),
        HouseholdMember(household_id=home.id, resident_id=other.id),
        Guardianship(guardian_id=person.id, child_id=child.id),
        Guardianship(guardian_id=other.id, child_id=child.id),
        Guardianship(guardian_id=other.id, child_id=person.id, **over),
        Guardianship(guardian_id=other.id, child_id=nephew.id, **over, **team),
        GuardianInvitation(child_id=child.id, invited_id=person.id, invited_by_id=other.id),
        GuardianInvitation(child_id=person.id, invited_id=other.id, invited_by_id=other.id),
        GuardianInvitation(child_id=child.id, invited_id=other.id, invited_by_id=person.id),
        Consent(resident_id=person.id, given_by_id=other.id, **photo),
        Consent(resident_id=child.id, given_by_id=person.id, **photo),
    )
    entry = record(Act.ADHESION_TAKEN, actor=person)
    taken = Adhesion(
        kind="family",
        season=today().year,
        fee_cents=500,
        payment="especes",
        receipt_year=today().year,
        receipt_rank=1,
        holder_id=person.id,
        taken_by_id=person.id,
        ledger_entry_id=entry.id,
    )
    keep(taken)
    keep(AdhesionPerson(adhesion_id=taken.id, resident_id=person.id, season=today().year))
    note(AuditAct.ADHESION_TAKEN, other, taken, reason=f"Payée par {GIVEN} {FAMILY}")


@atomic
def _desk(person: Resident, other: Resident) -> None:
    twin = make_resident(
        GIVEN, family_name=FAMILY, email=None, phone=PHONE, merged_into_id=person.id
    )
    stranger = make_resident("Inconnu")
    db.session.flush()
    half_an_hour = {"until": now() + timedelta(minutes=20), "ended_at": now()}
    mine = Assistance(
        resident_id=person.id, agent_id=other.id, purpose=f"Pour {GIVEN}", **half_an_hour
    )
    theirs = Assistance(resident_id=other.id, agent_id=person.id, **half_an_hour)
    keep(mine, theirs)
    undone = {"undone_at": now(), "reason": "erreur", "moved": {}}
    keep(
        AssistedAct(assistance_id=mine.id, said=f"{GIVEN} {FAMILY} a soutenu une idée.", url="/"),
        AssistedAct(assistance_id=theirs.id, said=f"Avec {GIVEN} {FAMILY}.", url="/"),
        Kiosk(name="Tablette", token_hash="f" * 64, opened_by_id=person.id),
        Merge(kept_id=person.id, merged_id=twin.id, reason=FAMILY, moved={"names": [GIVEN]}),
        Merge(kept_id=other.id, merged_id=person.id, **undone),
        Merge(kept_id=other.id, merged_id=stranger.id, by_id=person.id, **undone),
        ToldApart(first_id=other.id, second_id=person.id),
        ToldApart(first_id=person.id, second_id=stranger.id),
    )
    partner = Partner(
        name="Le Relais",
        folded_name="le relais",
        slug="relais",
        kind="autre",
        email=EMAIL,
        phone=PHONE,
    )
    keep(partner)
    keep(
        Contact(partner_id=partner.id, name=f"{GIVEN} {FAMILY}", phone=PHONE, email=EMAIL),
        Convention(
            partner_id=partner.id,
            title="Permanences",
            starts_on=today(),
            ends_on=today(),
            signed_by=f"{GIVEN} {FAMILY}",
        ),
        AimLink(
            aim="1.1.o1",
            kind="actions",
            subject_id=1,
            linked_on=today(),
            linked_by_id=person.id,
        ),
        Target(code="1.1.1", year=2026, value=9, set_on=today(), set_by_id=person.id),
        SurveyAnswer(year=2020, code="salaries_etp", value="6.5", by_id=person.id),
        PublishedYear(year=2020, published_on=today(), by_id=person.id),
        *_past(person),
        Scheme(
            title="Aide",
            folded_title="aide",
            text="Cinquante euros.",
            checked_on=today(),
            checked_by_id=person.id,
        ),
    )
    note(AuditAct.PERSON_CORRECTED, other, person, before=GIVEN, after=FAMILY, reason=SIGNED)
    note(AuditAct.PERSON_CORRECTED, person, other, after={"fields": ["phone"]})


def _past(person: Resident) -> list[Model]:
    """She is in a table of earlier years, by her file, by her name and by her card."""
    sent = PastImport(
        id=77,
        kind="members",
        file_name=f"{GIVEN} {FAMILY}.csv",
        sha256="e" * 64,
        status="preview",
        by_id=person.id,
    )
    ended = {"status": "undone", "done_at": now(), "undone_at": now()}
    typed = {"import_id": 77, "state": "good", "typed": f'{{"given": "{GIVEN}"}}'}
    named = {"folded_name": person.folded_name, "card_number": person.card_number}
    return [
        sent,
        PastImport(
            kind="members",
            file_name="ancien.csv",
            sha256="f" * 64,
            undone_by_id=person.id,
            **ended,
        ),
        PastLine(number=2, resident_id=person.id, **typed),
        PastLine(number=3, folded_name=named["folded_name"], **typed),
        PastLine(number=4, card_number=named["card_number"], **typed),
        PastAddition(what="residents", row_id=person.id, import_id=77),
    ]
