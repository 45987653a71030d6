"""What the conseil of the demonstration decides at its meetings: by hands, then by consent."""

from app.accounts.models import Resident
from app.bodies import deliberation_consent, deliberation_services
from app.bodies.deliberation_services import Hands
from app.bodies.models import AgendaItem, Meeting
from app.bodies.sitting_queries import points_of, sitting
from app.core.db import db

QUESTION = "Donnons-nous un avis favorable ?"
TEXT = "Le conseil suit ce point à chaque réunion, et en rend compte sur ce site."
RESERVE = "À condition de le dire aussi sur le panneau de l’accueil."


def deliberate(director: Resident, meeting: Meeting) -> None:
    """Two questions, where enough members came to decide."""
    seats = sitting(meeting)
    points = points_of(meeting.id)
    if seats.quorum is None or not seats.quorum.is_met or not points:
        return
    first, last = (db.session.get_one(AgendaItem, point.id) for point in (points[0], points[-1]))
    asked = deliberation_services.put(director, first, question=QUESTION, way="hands")
    away = 1 if seats.heard > 2 else 0
    deliberation_services.count_hands(director, asked, Hands(seats.heard - away, 0, away))
    sought = deliberation_services.put(
        director, last, question="Comment suivons-nous ce point ?", way="consent", text=TEXT
    )
    for place, seat in enumerate((*seats.present, *seats.represented)):
        member = db.session.get_one(Resident, seat.resident_id)
        said = ("reserve", RESERVE) if place == 1 else ("consent", "")
        deliberation_consent.say(director, sought, member, *said)
    deliberation_consent.adopt(director, sought)
