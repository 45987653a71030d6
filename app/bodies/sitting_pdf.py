"""The sheet that people sign on paper, where no phone is at the table."""

from app.bodies.models import Meeting
from app.bodies.sitting_queries import Seat, Sitting
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.i18n import _
from app.core.pdf import make_pdf
from app.core.typography import datetime_fr, typo

BLANK_LINES = 8
"""For whoever comes without being on the list."""


def sheet_pdf(meeting: Meeting, seats: Sitting) -> bytes:
    """The sheet of a meeting: its members, then blank lines for guests; A4, as many as it takes."""
    rows = [_row(seat) for seat in seats.seats]
    rows += [{"name": "", "voted": "", "struck": False}] * BLANK_LINES
    return make_pdf(
        "signatures",
        centre=rule("centre_name"),
        title=_("Feuille de présence : %(title)s", title=typo(meeting.title)),
        printed=_("Imprimée le %(moment)s", moment=datetime_fr(now(), today())),
        advice=_(
            "%(when)s, %(place)s. Signez en arrivant, et notez l’heure si vous partez avant la"
            " fin. Invité ? Écrivez votre nom sur une ligne libre.",
            when=datetime_fr(meeting.starts_at, today()),
            place=typo(meeting.place),
        ),
        rows=rows,
        words={"number": _("N°"), "name": _("Nom et prénom"), "signature": _("Signature")},
    )


def _row(seat: Seat) -> dict[str, str | bool]:
    said = ""
    if seat.status == "excused":
        said = _("Excusé")
    if seat.holder_name:
        said = _("Procuration à %(name)s", name=seat.holder_name)
    return {"name": seat.name, "voted": said, "struck": False}
