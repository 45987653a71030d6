"""Asking to be erased: what must be handed over, seven days to come back, and the day itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import services as accounts
from app.accounts.access_models import ActingAs, SignIn
from app.accounts.family_models import Guardianship
from app.accounts.models import Resident
from app.associations.models import Collectif, CollectifMember
from app.audit.models import AuditEntry
from app.core.clock import at, now, today
from app.core.db import Model, atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.mail import OutboxMail
from app.core.rights import Role
from app.privacy import erasure_services as services
from app.privacy.blockers import blockers
from app.privacy.erasure_services import HandOverFirst
from app.privacy.models import ErasureRequest
from tests.factories import make_resident, make_with_role
from tests.support import Ledger
from tests.voting.tellers import named, ready

pytestmark = pytest.mark.usefixtures("app")

A_WEEK_LATER = timedelta(days=7, minutes=1)


@atomic
def keep(row: Model) -> None:
    db.session.add(row)


def make_child(*guardians: Resident) -> Resident:
    child = make_resident("Lina", year_of_birth=today().year - 9, email=None)
    for guardian in guardians:
        keep(Guardianship(guardian_id=guardian.id, child_id=child.id))
    return child


def make_collectif(referent: Resident, *others: Resident) -> Collectif:
    collectif = Collectif(name="Le jardin", purpose="Jardiner", referent_id=referent.id)
    keep(collectif)
    for one in (referent, *others):
        keep(CollectifMember(collectif_id=collectif.id, resident_id=one.id, accepted_at=now()))
    return collectif


def ask(person: Resident, by: Resident | None = None) -> ErasureRequest:
    return services.ask_erasure(by or person, person, keeps_writings=True)


def requests() -> int:
    return db.session.scalar(select(func.count()).select_from(ErasureRequest)) or 0


def return_link() -> str:
    text = db.session.scalars(select(OutboxMail.text).order_by(OutboxMail.id.desc())).first()
    return str(text).split("/vos-donnees/revenir/")[1].split()[0]


def test_the_account_closes_at_once_and_is_erased_a_week_later() -> None:
    person = make_resident()
    accounts.open_sign_in(person, "a" * 64, "password", None)

    ask(person)
    at_once = (person.is_active, person.erased_at, services.erase_due())
    with at(now() + A_WEEK_LATER):
        later = services.erase_due()
        again = services.erase_due()

    assert at_once == (False, None, (0, 0))
    assert (later, again) == ((1, 0), (0, 0))
    assert person.erased_at is not None


def test_the_mailed_link_opens_the_account_again_once() -> None:
    person = make_resident()
    ask(person)
    token = return_link()

    services.come_back(token)
    with pytest.raises(Invalid):
        services.come_back(token)
    with at(now() + A_WEEK_LATER):
        done = services.erase_due()

    assert person.is_active
    assert done == (0, 0)


def test_the_desk_opens_it_again_for_someone_without_e_mail() -> None:
    person, desk = make_resident(email=None), make_with_role(Role.DESK)
    ask(person)

    services.open_again(desk, person)

    assert person.is_active
    assert [entry.act for entry in db.session.query(AuditEntry)] == ["erasure:cancelled"]
    with pytest.raises(Conflict):
        services.open_again(desk, person)


def test_asking_twice_is_refused() -> None:
    person = make_resident()
    ask(person)

    with pytest.raises((Conflict, Forbidden)):
        ask(person)

    assert requests() == 1


def test_nobody_else_may_ask_it_and_nothing_is_noted(ledger: Ledger) -> None:
    person = make_resident()

    for by in (make_resident(), make_with_role(Role.DESK), make_with_role(Role.REFERENT)):
        with pytest.raises(Forbidden):
            ask(person, by)
        with pytest.raises(Forbidden):
            services.erase_at_once(by, person, keeps_writings=True)

    assert (requests(), ledger.acts(), person.is_active) == (0, [], True)
    assert db.session.query(AuditEntry).count() == 0


def test_the_direction_erases_at_the_desk_at_once_and_it_is_noted() -> None:
    person, director = make_resident(), make_with_role(Role.DIRECTOR)

    services.erase_at_once(director, person, keeps_writings=False)

    assert person.erased_at is not None
    (noted,) = db.session.query(AuditEntry)
    assert (noted.act, noted.by_id, noted.subject_id) == ("person:erased", director.id, person.id)


def test_the_last_administrator_hands_over_first() -> None:
    person = make_with_role(Role.ADMINISTRATOR)

    with pytest.raises(HandOverFirst, match="administrer"):
        ask(person)
    make_with_role(Role.ADMINISTRATOR)
    ask(person)

    assert requests() == 1


def test_of_two_administrators_who_leave_the_second_is_held() -> None:
    first, second = make_with_role(Role.ADMINISTRATOR), make_with_role(Role.ADMINISTRATOR)
    ask(first)

    with pytest.raises(HandOverFirst):
        ask(second)

    assert second.is_active


def test_a_referent_names_another_unless_they_are_alone() -> None:
    person, alone = make_resident(), make_resident()
    make_collectif(person, make_resident())
    collectif = Collectif(name="Seule", purpose="Seule", referent_id=alone.id)
    keep(collectif)
    keep(CollectifMember(collectif_id=collectif.id, resident_id=alone.id, accepted_at=now()))

    assert "Le jardin" in blockers(person)[0]
    assert blockers(alone) == []


def test_the_only_guardian_of_a_child_hands_over_first() -> None:
    mother, father = make_resident(), make_resident()
    child = make_child(mother)

    with pytest.raises(HandOverFirst, match="Lina"):
        ask(mother)
    keep(Guardianship(guardian_id=father.id, child_id=child.id))

    assert blockers(mother) == []


def test_whoever_keeps_a_part_of_a_boxs_key_waits_for_the_result() -> None:
    poll, words = ready()
    teller = next(iter(words))

    with pytest.raises(HandOverFirst, match="ne s’ouvre qu’avec les mots de son bureau"):
        ask(teller)
    while_open = (poll.status, poll.title in blockers(teller)[0], requests())
    poll.status = "closed"
    db.session.commit()

    assert while_open == ("open", True, 0)
    assert blockers(teller) == []


def test_a_teller_without_words_yet_keeps_nothing() -> None:
    _poll, people = named()

    assert blockers(people[0]) == []


def test_a_guardian_erases_the_child_who_does_not_go_alone() -> None:
    mother = make_resident()
    child = make_child(mother)

    with pytest.raises(Forbidden):
        ask(child)
    ask(child, mother)

    assert not child.is_active
    assert blockers(mother) == []


def test_who_was_someones_profile_is_put_out_of_it() -> None:
    mother = make_resident()
    child = make_child(mother)
    accounts.open_sign_in(mother, "a" * 64, "password", None)
    sign_in = db.session.get_one(SignIn, "a" * 64)
    accounts.act_for(sign_in, child, ActingAs.GUARDIAN, None)

    ask(child, mother)

    assert sign_in.acting_for_id is None


def test_something_that_came_meanwhile_holds_the_erasure_back() -> None:
    person = make_resident()
    request = ask(person)
    make_child(person)

    with at(now() + A_WEEK_LATER):
        done = services.erase_due()

    assert done == (0, 1)
    assert (request.done_at, person.erased_at) == (None, None)
