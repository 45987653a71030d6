"""Every service that changes something records an act, or says why it is silent."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
WRITERS = {"record", "void"}

SILENT = {
    "home.calendar_services.make_key": "an address to read is not an act of participation",
    "home.calendar_services.revoke_key": "as above",
    "desk.merging.join_files": "two keys are joined in the ledger's aliases, nothing new happened",
    "desk.merging.part_files": "two keys are parted in the ledger's aliases, nothing new happened",
    "desk.cards.give_cards": "a card is a key, not an act of participation",
    "desk.duplicate_services.register_apart": "register_person, which it calls, records it",
    "desk.duplicate_services.tell_apart": "it corrects no count; the audit log keeps it",
    "associations.collectif_services.invite": "an invitation is not yet participation",
    "associations.collectif_services.decline": "nothing came of it",
    "associations.collectif_services.leave": "what was formed stays counted",
    "associations.collectif_services.drop": "a collectif that was never formed counts nowhere",
    "associations.services.edit": "words in a directory are not an act of participation",
    "associations.connection_services.withdraw": "an unanswered request counts nowhere",
    "bodies.attendance_services.take_attendance": "recorded when the meeting is declared held",
    "bodies.attendance_services.add_attendee": "recorded when the meeting is declared held",
    "bodies.attendance_services.mark": "recorded when the meeting is declared held",
    "bodies.procuration_services.give_procuration": "recorded is who came, when it is held",
    "bodies.procuration_services.take_back_procuration": "nothing came of it",
    "bodies.deliberation_services.put": "the minutes and the decisions that follow are recorded",
    "bodies.deliberation_services.count_hands": "as above",
    "bodies.deliberation_services.withdraw": "nothing came of it",
    "bodies.deliberation_polls.prepare_poll": "the poll itself records who voted",
    "bodies.deliberation_consent.say": "whoever is there is counted already, by the meeting",
    "bodies.deliberation_consent.adopt": "the minutes and the decisions that follow are recorded",
    "bodies.deliberation_consent.amend": "as above",
    "bodies.deliberation_consent.fall_back": "as above",
    "bodies.comite_services.change_purpose": "words on a page",
    "bodies.comite_services.add_document": "a document at hand is not participation",
    "bodies.comite_services.remove_document": "a document at hand is not participation",
    "bodies.decision_owners.give_to": "the decision's own history keeps it",
    "bodies.decision_owners.give_to_others": "the decision's own history keeps it",
    "bodies.decision_owners.change_deadline": "the decision's own history keeps both days",
    "bodies.decision_reminders.remind_owners": "words about a date to come",
    "bodies.date_services.answer_dates": "which day suits; coming is recorded",
    "bodies.date_services.ask_dates": "a question about a day; the meeting is recorded",
    "bodies.date_services.close_dates": "a question about a day; the meeting is recorded",
    "bodies.request_services.ask_for_item": "a wish; what is spoken of is in the minutes",
    "bodies.request_services.decline_item": "an answer to a wish",
    "bodies.request_services.take_item": "the ordre du jour; the meeting is recorded",
    "bodies.minutes_services.circulate": "a draft that members read over",
    "bodies.minutes_services.save_minutes": "a draft; publication is recorded",
    "bodies.minutes_services.save_notes": "a draft; publication is recorded",
    "bodies.minutes_talk.add_addendum": "the minutes were recorded when they were published",
    "bodies.minutes_talk.comment_minutes": "words on a draft, for members",
    "bodies.minutes_talk.settle_comment": "words on a draft, for members",
    "desk.assistance_services.start": "what is done then is recorded, not the changing of seats",
    "desk.assistance_services.stop": "what is done then is recorded, not the changing of seats",
    "desk.assistance_services.close": "what was done is recorded already; it is told here",
    "desk.assistance_services.close_overdue": "what was done is recorded already",
    "desk.assistance_services.word_act": "words about an act recorded already",
    "desk.assistance_services.mark_shown": "reading never counts",
    "desk.kiosk_services.open_kiosk": "a tablet is not a person",
    "desk.kiosk_services.close_kiosk": "a tablet is not a person",
    "entraide.apart.resume": "words between two people",
    "entraide.apart.stop": "words between two people",
    "entraide.services.prolong": "what counts is a help that someone thanked for",
    "entraide.services.publish": "what counts is a help that someone thanked for",
    "entraide.services.put_back": "what counts is a help that someone thanked for",
    "entraide.services.withdraw": "nothing came of it",
    "entraide.tending.end_overdue": "nothing came of it",
    "entraide.tending.remind_authors": "words about an end to come",
    "entraide.threads.answer": "what counts is a help that someone thanked for",
    "entraide.threads.send": "what counts is a help that someone thanked for",
    "administration.naming.name": "the grant itself keeps who, when and why",
    "administration.naming.take_back": "the grant itself keeps its end",
    "administration.senacs_services.save_answers": "numbers for a survey; they keep who and when",
    "indicators.audits.rebuild": "it rewrites totals from the ledger itself",
    "indicators.services.publish_year": "what was counted is given out, nothing is done",
    "indicators.services.set_target": "an aim is not a fact",
    "indicators.services.write_evaluation": "words on what was done",
    "partners.conventions.drop_renewal": "a paper to be signed; the audit log keeps it",
    "partners.conventions.renew": "a paper to be signed; the audit log keeps it",
    "partners.conventions.save_convention": "a paper signed; what is done together is counted",
    "partners.conventions.warn_of_ends": "words about an end to come",
    "partners.schemes.archive_scheme": "words for people to read",
    "partners.schemes.check_scheme": "words for people to read",
    "partners.schemes.save_scheme": "words for people to read",
    "partners.services.add_mission": "a word for filing",
    "partners.services.add_partner": "what is done together is counted, not knowing each other",
    "partners.services.archive_partner": "what was done together stays counted",
    "partners.services.edit_partner": "words in a directory",
    "partners.services.remove_contact": "an address book",
    "partners.services.restore_partner": "words in a directory",
    "partners.services.retire_mission": "a word for filing",
    "partners.services.save_contact": "an address book",
    "partners.together.set_session_partners": "recorded when the session is closed",
    "privacy.corrections.correct_oneself": "words on one's own file",
    "privacy.erasure_services.come_back": "nothing came of it",
    "privacy.erasure_services.open_again": "nothing came of it",
    "privacy.erasure_services.ask_erasure": "nothing is erased yet",
    "privacy.inactivity.keep_account": "an account that stays as it was",
    "programme.services.create_action": "what counts is a session held",
    "programme.series_services.add_holiday": "a calendar is not an act of participation",
    "programme.series_services.remove_holiday": "a calendar is not an act of participation",
    "programme.registration_services.register": "registering is not presence",
    "programme.registration_services.register_everywhere": "registering is not presence",
    "programme.registration_services.withdraw": "registering is not presence",
    "programme.registration_services.withdraw_everywhere": "registering is not presence",
    "programme.volunteer_services.ask_for_hands": "what counts is who came",
    "programme.volunteer_services.drop_need": "nothing came of it",
    "programme.volunteer_services.offer": "recorded is who came, as a volunteer",
    "programme.volunteer_services.take_back": "nothing came of it",
    "programme.kind_services.add_kind": "a list of the centre; the audit log keeps it",
    "programme.kind_services.rename_kind": "a list of the centre; the audit log keeps it",
    "programme.kind_services.archive_kind": "a list of the centre; the audit log keeps it",
    "programme.attendance.sign": "recorded when the session is closed",
    "programme.attendance.sign_card": "recorded when the session is closed",
    "programme.attendance.unsign": "recorded when the session is closed",
    "proposals.debates.open_debate": "what counts is what is said in it",
    "proposals.debates.close_debate": "what counts is what was said in it",
    "proposals.services.draft": "nobody but the author knows of it; sending it is recorded",
    "proposals.services.edit": "nobody but the author knows of it; sending it is recorded",
    "proposals.projects.leave_role": "the part taken was taken",
    "proposals.comments.delete_comment": "the person did take part",
    "centre.list_services.add_category": "a word for filing, not an act of participation",
    "centre.list_services.add_quartier": "a word for filing, not an act of participation",
    "centre.list_services.rename": "a word for filing, not an act of participation",
    "centre.list_services.retire": "a word for filing, not an act of participation",
    "centre.list_services.restore": "a word for filing, not an act of participation",
    "centre.list_services.move": "a word for filing, not an act of participation",
    "voting.bench_services.take_words": "a key is not a vote",
    "voting.proxies.give": "nobody has voted yet; the roll keeps that someone was represented",
    "voting.proxies.take_back": "nothing came of it",
    "voting.proxies.give_up": "nothing came of it",
    "voting.claims.ask": "asking to vote is not voting",
    "voting.claims.accept": "being on a roll is not voting; the audit log keeps the answer",
    "voting.claims.refuse": "nothing came of it; the audit log keeps the answer",
    "voting.paper_roll.sign_on_paper": "recorded at closing, from the roll alone",
    "voting.paper_roll.unsign_on_paper": "recorded at closing, from the roll alone",
    "voting.paper_pdf.print_roll": "printing is no participation; the audit log keeps it",
    "voting.paper_services.add_pile": "reading ballots is no participation",
    "voting.paper_services.begin_reading": "reading ballots is no participation",
    "voting.paper_services.write_sheet": "reading ballots is no participation",
    "voting.paper_services.settle": "reading ballots is no participation",
    "voting.paper_services.drop_pile": "reading ballots is no participation",
    "voting.deciding.decide": "the decision records itself, in the room of the instances",
    "voting.drafts.save_draft": "nobody but those who run it knows of it; opening it is recorded",
    "voting.drafts.put_back": "a poll that has not opened counts nowhere",
    "voting.drafts.delete_draft": "a poll that has not opened counts nowhere",
    "voting.extending.extend_poll": "the poll's own journal keeps it; those who vote are counted",
    "voting.reminding.remind": "a reminder is no vote",
    "voting.archiving.archive": "where a poll is listed changes no count",
    "voting.archiving.unarchive": "where a poll is listed changes no count",
    "voting.archiving.archive_old": "where a poll is listed changes no count",
    "accounts.reminders.set_vote_reminders": "a wish about one's mails",
    "centre.services.change_rules": "a rule of the centre, not an act of participation",
    "centre.services.reset_rule": "a rule of the centre, not an act of participation",
    "accounts.email_services.confirm": "an address of the person's own",
    "accounts.link_services.enter": "signing in never counts",
    "accounts.link_services.replace_password": "a secret of the person's own",
    "accounts.password_services.set_password": "a secret of the person's own",
    "accounts.second_factor_services.enrol": "a secret of the person's own",
    "accounts.second_factor_services.renew_codes": "a secret of the person's own",
    "accounts.second_factor_services.remove": "a secret of the person's own",
    "accounts.second_factor_services.reset_by_command": "the audit log has it",
    "accounts.session_services.end_one": "signing out never counts",
    "accounts.session_services.end_others": "signing out never counts",
    "accounts.services.act_for": "what is done then is recorded, not the changing of seats",
    "accounts.services.stop_acting": "what is done then is recorded, not the changing of seats",
    "audit.services.forget_details": "a person erased leaves counts only",
    "accounts.services.end_sign_in": "signing out never counts",
    "accounts.services.sign_out_everywhere": "signing out never counts",
    "accounts.services.confirm_email": "it confirms a registration already recorded",
    "accounts.services.resend_confirmation": "a mail again",
    "accounts.services.reset_pin": "a secret of the person's own",
    "accounts.people_services.correct_person": "a correction adds nobody; the audit log keeps it",
    "accounts.role_services.give_role": "the grant itself keeps who, when and why",
    "accounts.role_services.give_by_rule": "the grant itself keeps who, when and why",
    "accounts.role_services.end_role": "the grant itself keeps its end",
    "accounts.role_services.end_roles_of": "the grants themselves keep their end",
    "accounts.role_services.end_roles_in": "the grants themselves keep their end",
    "accounts.role_services.end_lapsed_roles": "the grants themselves keep their end",
    "mandates.seat_services.set_seats": "how many seats there are; the audit log keeps it",
    "mandates.seat_services.resign": "end_seat, which it calls, records it",
    "mandates.call_services.open_call": "asking is no participation; the audit log keeps it",
    "mandates.call_services.close_call": "an end known to all",
    "mandates.call_services.stand": "the mandate that may come of it is recorded",
    "mandates.call_services.stand_down": "nothing came of it",
    "mandates.election_services.prepare_poll": "a poll that has not opened counts nowhere",
    "mandates.election_services.seat_elected": "give_seat, which it calls, records each",
    "mandates.draw_services.commit_draw": "a list is not a seat; the audit log keeps it",
    "mandates.draw_services.do_draw": "being drawn is not sitting; the audit log keeps it",
    "mandates.draw_services.answer": "give_seat, which it calls, records it",
    "mandates.text_services.propose_version": "words before the members, not a presence",
    "mandates.text_services.amend": "words on a draft, not a presence",
    "mandates.text_services.answer_amendment": "words on a draft, not a presence",
    "mandates.text_services.adopt": "the audit log keeps it; the meeting is recorded",
    "mandates.role_services.open_election": "asking is no participation",
    "mandates.role_services.name_someone": "part of the comité’s own talk",
    "mandates.role_services.let_change": "a round of the comité’s own talk",
    "mandates.role_services.propose": "a round of the comité’s own talk",
    "mandates.role_services.say": "part of the comité’s own talk",
    "mandates.role_services.conclude": "the grant itself keeps who, when and why",
    "mandates.role_services.drop": "nothing came of it",
    "mandates.alerts.warn_of_ends": "words about an end to come",
    "moderation.bulk.hide_as_spam": "the room of each content records or voids its own act",
    "moderation.cases.decide": "the room of each content records or voids its own act",
    "moderation.cases.undo": "the room of each content records or voids its own act",
    "moderation.cases.contest": "answering a moderator is no participation",
    "moderation.jobs.remind": "words to the team",
    "moderation.reports.report": "reporting is no participation",
    "moderation.sanctions.suspend": "the sanction itself keeps who, until when and why",
    "moderation.sanctions.lift": "the sanction itself keeps its end",
    "accounts.family_services.edit_child": "words in a file, not an act of participation",
    "accounts.family_services.link": "who answers for a child is no participation",
    "accounts.family_services.end_link": "who answers for a child is no participation",
    "accounts.guardian_services.invite": "an invitation is not participation",
    "accounts.guardian_services.accept": "who answers for a child is no participation",
    "accounts.guardian_services.decline": "nothing came of it",
    "accounts.household_services.rename_home": "words in a file, not an act of participation",
    "accounts.household_services.gather": "where people live is no participation",
    "accounts.household_services.part": "where people live is no participation",
    "accounts.speaking.speak_for": "what is done then is recorded, not the changing of seats",
    "accounts.speaking.speak_for_oneself": "as above",
    "accounts.consent_services.agree": "an agreement keeps its own date and text",
    "accounts.consent_services.withdraw": "an agreement keeps its own end",
    "accounts.coming_of_age.hand_over": "growing up is no act",
    "notifications.services.mark_all_read": "reading never counts",
}


@dataclass(frozen=True)
class Function:
    """A function at the top of a source: what it calls, and whether it is a public service."""

    calls: frozenset[str]
    is_service: bool


def functions_of(source: str) -> dict[str, Function]:
    """The functions at the top of a source."""
    return {
        node.name: Function(
            frozenset(
                inner.func.id if isinstance(inner.func, ast.Name) else inner.func.attr
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name | ast.Attribute)
            ),
            not node.name.startswith("_")
            and any(
                isinstance(mark, ast.Name) and mark.id == "atomic" for mark in node.decorator_list
            ),
        )
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }


def services(
    module: str, functions: dict[str, Function], room: dict[str, Function]
) -> dict[str, bool]:
    """Each service of a module, and whether it reaches a writer of the ledger.

    `room` holds the functions of the other files of the same room, which it may go through.
    """
    known = room | functions

    def reached(name: str) -> set[str]:
        seen: set[str] = set()
        waiting = {name}
        while waiting:
            seen |= waiting
            called = {call for one in waiting for call in known[one].calls}
            if called & WRITERS:
                return called & WRITERS
            waiting = (called & known.keys()) - seen
        return set()

    return {
        f"{module}.{name}": bool(reached(name))
        for name, function in functions.items()
        if function.is_service
    }


@cache
def every_service() -> dict[str, bool]:
    found: dict[str, bool] = {}
    for folder in sorted(APP.iterdir()):
        if not folder.is_dir() or folder.name in ("core", "demo", "__pycache__"):
            continue
        modules = {path.stem: functions_of(path.read_text("utf-8")) for path in folder.glob("*.py")}
        room: dict[str, Function] = {}
        for functions in modules.values():
            room |= functions
        for stem, functions in modules.items():
            if stem != "cli":
                found |= services(f"{folder.name}.{stem}", functions, room)
    return found


def test_every_changing_service_records_or_is_listed_silent() -> None:
    unsaid = [
        name for name, records in every_service().items() if not records and name not in SILENT
    ]

    assert unsaid == []


def test_the_silent_list_names_only_silent_services() -> None:
    found = every_service()

    assert [name for name in SILENT if found.get(name, True)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@atomic\ndef forget(x):\n    db.session.add(x)", {"m.forget": False}),
        ("@atomic\ndef keep(x):\n    record(Act.X)", {"m.keep": True}),
        ("def _in(x):\n    record(x)\n\n@atomic\ndef keep(x):\n    _in(x)", {"m.keep": True}),
    ],
)
def test_a_service_that_says_nothing_is_seen(source: str, expected: dict[str, bool]) -> None:
    assert services("m", functions_of(source), {}) == expected
