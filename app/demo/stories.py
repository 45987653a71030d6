"""What happens in the demonstration year: each story plans acts at their moments."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.accounts import family_services, role_services
from app.accounts.models import Resident
from app.bodies import (
    attendance_services,
    comite_services,
    decision_services,
    mandate_services,
    meeting_services,
    minutes_services,
)
from app.bodies.decision_models import Decision
from app.bodies.models import COLLEGES, CONSEIL, Meeting
from app.core.clock import PARIS, at, now, today
from app.core.rights import Role
from app.demo.deliberating import deliberate
from app.demo.neighbour_words import APPROVED, MEETINGS, MINUTES
from app.demo.people import World
from app.demo.words import COMITES

THREE_YEARS = timedelta(days=3 * 365)
FOLLOWED = ("valide", "adopte", "transmis")
"""Outcomes that the centre sees through."""


class Year:
    """Acts to come, each at its moment; `run` plays them in order, the clock set to each."""

    def __init__(self, today: datetime) -> None:
        self.today = today
        self._acts: list[tuple[datetime, int, Callable[[], Any]]] = []

    def day(self, ago: float, hour: int = 10, minute: int = 0) -> datetime:
        """The moment so many days ago (negative: to come), at an hour of the centre."""
        day = self.today.astimezone(PARIS) - timedelta(days=ago)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def tuesday(self, ago: float, hour: int, minute: int) -> datetime:
        """The Tuesday on or before that day."""
        return self.weekday(1, ago, hour, minute)

    def weekday(self, number: int, ago: float, hour: int, minute: int = 0) -> datetime:
        """The day of the week (Monday is 0) on or before that day, or after one to come."""
        day = self.day(ago, hour, minute)
        if ago < 0:
            return day + timedelta(days=(number - day.weekday()) % 7)
        return day - timedelta(days=(day.weekday() - number) % 7)

    def plan(self, moment: datetime, act: Callable[[], Any]) -> None:
        """Do this at that moment."""
        self._acts.append((moment, len(self._acts), act))

    def run(self) -> None:
        """Play everything up to today, the oldest first; an act may plan later ones."""
        while self._acts:
            self._acts.sort(key=lambda planned: planned[:2])
            moment, _rank, act = self._acts.pop(0)
            if moment > self.today:
                return
            with at(moment):
                act()


def instances(world: World) -> None:
    """The conseil de maison and the three comités, with their members and référents."""
    world.bodies["conseil"] = comite_services.create_body(
        world.director,
        "Conseil de maison",
        purpose="Le conseil de maison réunit habitants, associations, partenaires, élus et équipe. "
        "Il donne son avis, décide avec le centre, et suit ce qui a été décidé.",
        kind=CONSEIL,
    )
    for name, theme, purpose in COMITES:
        body = comite_services.create_body(world.director, name, theme=theme, purpose=purpose)
        world.bodies[theme] = body
        among = world.children if theme == "enfant" else world.residents
        members = world.some(24, among)
        if theme == "famille":
            members += [world.known["referent"], world.known["card"]]
        world.members[theme] = list(dict.fromkeys(members))
        if theme == "enfant":
            _guard(world, members)
            comite_services.join(body, world.known["elder"])
        for member in world.members[theme]:
            comite_services.join(body, member)
        referent = world.known["referent"] if theme == "famille" else world.some(1)[0]
        role_services.give_role(
            world.director,
            referent,
            Role.REFERENT,
            body_id=body.id,
            reason="choisi par le comité",
        )
    _seats(world)


def _guard(world: World, children: list[Resident]) -> None:
    """Someone answers for each child, as the comité asks."""
    grown = [person for person in world.residents if now().year - (person.year_of_birth or 0) >= 25]
    for place, child in enumerate(children):
        family_services.link(world.desk, grown[place * 3 % len(grown)], child)


def _seats(world: World) -> None:
    seated = [world.known["conseil"], world.known["association"], *world.some(16)]
    world.members["conseil"] = list(dict.fromkeys(seated))
    for place, person in enumerate(world.members["conseil"]):
        college = "habitants" if place % 2 == 0 else COLLEGES[1 + (place // 2) % 4]
        if person is world.known["association"]:
            college = "associations"
        mandate_services.give_seat(
            world.director,
            world.bodies["conseil"],
            person,
            college=college,
            starts_on=today(),
            ends_on=today() + THREE_YEARS,
            is_titulaire=place < 12,
        )


def meetings(world: World, year: Year) -> None:
    """Ten meetings held, with minutes and decisions, and two to come."""
    for rank, (theme, title, agenda, decided) in enumerate(MEETINGS):
        ago = 330 - rank * 90 if theme == "conseil" else 440 - rank * 40
        starts_at = year.tuesday(ago, 18, 30)
        _meeting(world, year, theme, title, starts_at, agenda, decided)
    for theme, title, days, agenda in (
        ("conseil", "Conseil de maison", -10, ("Fête de fin d’année", "Départ à la mer")),
        ("famille", "Comité famille", -5, ("Ciné plein air", "Vos idées pour janvier")),
    ):
        _convene(world, year, theme, title, year.day(days, 18, 30), agenda)


def _convene(
    world: World, year: Year, theme: str, title: str, starts_at: datetime, agenda: tuple[str, ...]
) -> list[Meeting]:
    called: list[Meeting] = []

    def convene() -> None:
        called.append(
            meeting_services.convene(
                world.director,
                world.bodies[theme],
                title=title,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=90),
                place="Salle du rez-de-chaussée",
                agenda=agenda,
            )
        )

    year.plan(starts_at - timedelta(days=15), convene)
    return called


def _meeting(
    world: World,
    year: Year,
    theme: str,
    title: str,
    starts_at: datetime,
    agenda: tuple[str, ...],
    decided: tuple[tuple[str, str, str | None], ...],
) -> None:
    called = _convene(world, year, theme, title, starts_at, agenda)

    def hold() -> None:
        ids = attendees(world, theme)
        attendance_services.take_attendance(world.director, called[0], present=ids, excused=[])
        deliberate(world.director, called[0])
        attendance_services.close_meeting(world.director, called[0])
        for place, (subject, outcome, reason) in enumerate(decided):
            decision = decision_services.record_decision(
                world.director,
                called[0],
                title=subject,
                outcome=outcome,
                reason=reason,
                owner="L’équipe du centre",
                due_on=(starts_at + timedelta(days=60 + 30 * place)).date(),
            )
            if outcome in FOLLOWED and place == 0:
                done = starts_at + timedelta(days=45)
                year.plan(done, partial(follow, world, decision))

    def publish() -> None:
        points = "\n".join(f"1. {point}" for point in agenda)
        text = MINUTES.format(agenda=points)
        minutes_services.save_minutes(world.director, called[0], text, called[0].minutes_version)
        minutes_services.publish_minutes(
            world.director, called[0], called[0].edition, approval_note=APPROVED
        )

    year.plan(starts_at + timedelta(minutes=100), hold)
    year.plan(starts_at + timedelta(days=9), publish)


def follow(world: World, decision: Decision) -> None:
    """What was decided was done."""
    decision_services.follow_decision(
        world.director, decision, outcome="realise", note="C’est fait, merci à toutes et à tous."
    )


def attendees(world: World, theme: str) -> list[int]:
    """Who comes: two members out of three."""
    members = world.members[theme]
    return [person.id for person in world.some(max(6, len(members) * 2 // 3), members)]
