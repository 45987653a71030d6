"""What may be brought in, in the order in which it is best done: a new kind is a new entry."""

from collections.abc import Callable

from app.core.i18n import _l
from app.pastlife import associations, attendance, members, sessions
from app.pastlife.lines import Kind, Writer
from app.pastlife.session_writing import SessionWriter
from app.pastlife.writing import Writing

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "associations",
            "associations",
            _l("Associations"),
            _l("Celles que le centre connaît déjà : elles entrent dans l’annuaire."),
            "house",
            associations.COLUMNS,
            associations.AssociationChecker,
            associations.words,
        ),
        Kind(
            "members",
            "adherents",
            _l("Adhérents"),
            _l("Les adhésions des saisons passées, avec ou sans nom."),
            "card",
            members.COLUMNS,
            members.MemberChecker,
            members.words,
        ),
        Kind(
            "sessions",
            "seances",
            _l("Séances passées"),
            _l("Ce qui a eu lieu, quand, combien de temps et avec combien de personnes."),
            "calendar",
            sessions.COLUMNS,
            sessions.SessionChecker,
            sessions.words,
        ),
        Kind(
            "attendance",
            "presences",
            _l("Présences"),
            _l("Qui est venu aux séances passées, une ligne par personne."),
            "people",
            attendance.COLUMNS,
            attendance.AttendanceChecker,
            attendance.words,
        ),
    )
}
BY_SLUG = {kind.slug: kind for kind in KINDS.values()}

WRITERS: dict[str, Callable[[Writing], Writer]] = {
    "associations": associations.AssociationWriter,
    "members": members.MemberWriter,
    "sessions": SessionWriter,
    "attendance": attendance.AttendanceWriter,
}
