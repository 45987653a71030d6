"""« C’est fait, merci »: counted once, whoever taps and however often."""

from functools import partial

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.db import db
from app.core.errors import Forbidden
from app.entraide import services, thanking
from app.entraide.models import THANKED, HelpNotice, HelpThanks, HelpThread
from app.entraide.thanking import AlreadyThanked
from app.ledger.acts import Act
from tests.at_once import refused_at_once
from tests.entraide.support import answered, count, make_notice, make_offer
from tests.factories import make_quartier, make_resident
from tests.support import Ledger, Visitor, told

pytestmark = pytest.mark.usefixtures("app")


def test_thanking_for_a_request_closes_it_and_counts_its_helper(ledger: Ledger) -> None:
    quartier = make_quartier()
    notice = make_notice(quartier_id=quartier.id, title="Des papiers")
    thread = answered(notice)

    thanking.thank(thread, notice.author)

    entry = ledger.entries()[0]
    assert (entry.act, entry.kind, entry.quartier_id) == (
        Act.HELP_THANKED,
        "courses",
        quartier.id,
    )
    assert entry.participation_key == thread.other.participation_key
    assert (entry.subject_type, entry.subject_id) == ("help_notices", notice.id)
    assert not entry.subject_label
    assert notice.status == THANKED
    assert told(thread.other) == ["Fatou H. vous dit merci pour votre coup de main."]


def test_an_offer_may_help_several_people_and_stays(ledger: Ledger) -> None:
    offer = make_offer()
    for _number in range(2):
        thread = answered(offer)
        thanking.thank(thread, thread.other)

    keys = {entry.participation_key for entry in ledger.entries(Act.HELP_THANKED)}
    assert keys == {offer.author.participation_key}
    assert len(ledger.entries()) == 2
    assert offer.status == "open"


def test_only_whoever_was_helped_says_thank_you(ledger: Ledger) -> None:
    asked, offered = answered(make_notice()), answered(make_offer())

    for thread, person in (
        (asked, asked.other),
        (asked, make_resident()),
        (offered, offered.notice.author),
        (offered, make_resident()),
    ):
        with pytest.raises(Forbidden):
            thanking.thank(thread, person)

    assert ledger.acts() == []
    assert count(HelpThanks) == 0


def test_a_withdrawn_request_is_not_thanked_for_by_mistake(ledger: Ledger) -> None:
    thread = answered(make_notice())
    services.withdraw(thread.notice, thread.notice.author)

    with pytest.raises(Forbidden):
        thanking.thank(thread, thread.notice.author)

    assert ledger.acts() == []


def _thank(thread_id: int, by_id: int) -> None:
    thanking.thank(db.session.get_one(HelpThread, thread_id), db.session.get_one(Resident, by_id))


def test_one_tap_repeated_everywhere_thanks_once(app: Flask, ledger: Ledger) -> None:
    thread = answered(make_notice())
    thread_id, by_id = thread.id, thread.notice.author_id

    refused = refused_at_once(app, [partial(_thank, thread_id, by_id)] * 6)

    assert refused == [AlreadyThanked] * 5
    assert ledger.acts() == [Act.HELP_THANKED]
    assert count(HelpThanks) == 1


def test_of_two_helpers_thanked_at_once_one_is(app: Flask, ledger: Ledger) -> None:
    notice = make_notice()
    by_id, numbers = notice.author_id, [answered(notice).id for _number in range(4)]

    refused = refused_at_once(app, [partial(_thank, one, by_id) for one in numbers])

    assert refused == [AlreadyThanked] * 3
    assert ledger.acts() == [Act.HELP_THANKED]


def test_the_database_itself_holds_one_thank_you_a_request(ledger: Ledger) -> None:
    """As if two acts had both read before either wrote: the rule of the table remains."""
    notice = make_notice()
    first, second = answered(notice), answered(notice)
    thanking.thank(first, notice.author)
    notice.status, notice.closed_at = "open", None
    db.session.commit()

    with pytest.raises(thanking.AlreadyThanked):
        thanking.thank(second, notice.author)

    assert ledger.acts() == [Act.HELP_THANKED]


def test_the_author_chooses_who_helped_on_the_page(client: Visitor, ledger: Ledger) -> None:
    notice = make_notice()
    answered(notice, make_resident("Thomas", family_name="Moreau"))
    helper = answered(notice, make_resident("Priya", family_name="Selvam"))
    elsewhere = answered(make_notice())
    client.sign_in(notice.author)
    here = f"/entraide/{notice.id}/merci"

    page = client.get(here).text
    nobody = client.send(here)
    tampered = client.send(here, {"thread_id": str(elsewhere.id)})
    done = client.send(here, {"thread_id": str(helper.id)})

    assert "Priya S." in page and "Thomas M." in page
    assert (nobody.status_code, tampered.status_code, done.status_code) == (422, 422, 302)
    assert len(ledger.entries()) == 1
    assert db.session.get_one(HelpNotice, notice.id).status == THANKED
