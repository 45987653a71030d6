"""Consent: every voice is said, and what counts is that no objection is left."""

from datetime import timedelta

import pytest
from flask import Flask

from app.bodies import (
    deliberation_consent,
    procuration_services,
)
from app.centre.services import change_rules
from app.core.clock import at
from app.core.errors import Conflict, Forbidden, Invalid
from tests.bodies.factories import EVENING, make_meeting, make_member, make_referent
from tests.bodies.sittings import LATER, Room, count, only_line, say
from tests.factories import make_body
from tests.support import Visitor


def test_consent_is_every_voice_said_and_no_objection_left_whatever_the_count(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put("consent")
    first, second, third, fourth = room.people
    say(room, made, first, "consent")
    say(room, made, second, "abstain")
    say(room, made, third, "abstain")

    with at(LATER), pytest.raises(Conflict, match="Se taire n’est pas consentir"):
        deliberation_consent.adopt(room.director, made)
    say(room, made, fourth, "objection", "Trop près de la route")
    with at(LATER), pytest.raises(Conflict, match="objection tient"):
        deliberation_consent.adopt(room.director, made)
    before = only_line(room).outcome
    say(room, made, fourth, "reserve", "À côté de l’école, alors")
    with at(LATER):
        deliberation_consent.adopt(room.director, made)

    line = only_line(room)
    assert before is None
    assert (line.outcome, line.rounds[0].outcome, line.present) == ("adopted", "adopted", 4)
    assert line.result.startswith("Adopté par consentement, au premier tour")
    assert {one.name: one.voice for one in line.rounds[0].voices}[fourth.display_name] == "reserve"


def test_nobody_consenting_adopts_nothing(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put("consent")
    for member in room.people:
        say(room, made, member, "abstain")

    with at(LATER), pytest.raises(Conflict, match="Personne ne consent"):
        deliberation_consent.adopt(room.director, made)

    assert only_line(room).outcome is None


def test_an_objection_gives_its_reason(app: Flask) -> None:
    room = Room()
    room.come()
    made = room.put("consent")

    with pytest.raises(Invalid):
        say(room, made, room.people[0], "objection", "  ")
    with pytest.raises(Invalid):
        say(room, made, room.people[0], "peut-être")

    assert only_line(room).rounds[0].voices == ()


def test_another_version_opens_another_round_until_the_last_then_hands(app: Flask) -> None:
    room = Room()
    change_rules(room.director, {"consent_rounds": 2})
    room.come()
    made = room.put("consent", "Dix bancs.")
    say(room, made, room.people[0], "objection", "Trop cher")

    with at(LATER):
        with pytest.raises(Conflict, match="Il reste un tour"):
            deliberation_consent.fall_back(room.director, made)
        with pytest.raises(Invalid, match="n’a pas changé"):
            deliberation_consent.amend(room.director, made, " Dix bancs. ")
        deliberation_consent.amend(room.director, made, "Deux bancs.")
        with pytest.raises(Conflict, match="Aucune objection"):
            deliberation_consent.fall_back(room.director, made)
    say(room, made, room.people[0], "objection", "Toujours trop cher")
    with at(LATER):
        with pytest.raises(Conflict, match="dernier tour"):
            deliberation_consent.amend(room.director, made, "Un banc.")
        deliberation_consent.fall_back(room.director, made)
    count(room, made, 3, 1)

    line = only_line(room)
    assert line.way == "hands" and line.rounds
    assert [(one.number, one.text, one.outcome) for one in line.rounds] == [
        (1, "Dix bancs.", "objected"),
        (2, "Deux bancs.", "objected"),
    ]
    assert line.result == "Adopté : 3 pour, 1 contre."


def test_each_says_their_own_voice_and_that_of_whom_they_speak_for(app: Flask) -> None:
    room = Room()
    absent, holder, other, _last = room.people
    with at(EVENING - timedelta(days=1)):
        procuration_services.give_procuration(absent, room.meeting, absent, holder)
    room.come(holder, other)
    made = room.put("consent")

    with at(LATER):
        deliberation_consent.say(holder, made, holder, "consent")
        deliberation_consent.say(holder, made, absent, "consent")
        with pytest.raises(Forbidden):
            deliberation_consent.say(other, made, absent, "objection", "Non")
        with pytest.raises(Forbidden):
            deliberation_consent.say(other, made, holder, "objection", "Non")
        with pytest.raises(Conflict):
            deliberation_consent.say(room.people[3], made, room.people[3], "consent")

    voices = only_line(room).rounds[0].voices
    assert {one.resident_id: one.voice for one in voices} == {
        holder.id: "consent",
        absent.id: "consent",
    }


def test_a_comite_of_children_names_nobody(app: Flask) -> None:
    room = Room()
    room.body = make_body(theme="enfant")
    referent, child = make_referent(room.body), make_member(room.body)
    room.director = referent
    room.meeting = make_meeting(room.body, referent)
    room.come(child)
    made = room.put("consent")
    say(room, made, child, "consent")

    assert [one.name for one in only_line(room).rounds[0].voices] == [""]


def test_a_member_says_their_voice_on_their_own_phone(client: Visitor) -> None:
    room = Room()
    room.come()
    made = room.put("consent")
    me, other, *_others = room.people
    client.sign_in(me)
    url = f"/reunions/deliberations/{made.id}"

    with at(LATER):
        page = client.get(url).get_data(as_text=True)
        mine = client.send(f"{url}/voix/{me.id}", {"voice": "consent"})
        theirs = client.send(f"{url}/voix/{other.id}", {"voice": "consent"})
        without = client.send(f"{url}/voix/{me.id}", {"voice": "objection", "reason": ""})
        adopted = client.send(f"{url}/adopter")

    assert f'id="voix-{me.id}"' in page
    assert f'id="voix-{other.id}"' not in page
    assert [mine.status_code, theirs.status_code] == [302, 403]
    assert [without.status_code, adopted.status_code] == [422, 403]
    assert [one.resident_id for one in only_line(room).rounds[0].voices] == [me.id]
