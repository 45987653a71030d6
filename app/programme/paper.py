"""The sheet on paper: printed for a table without a phone, copied out afterwards."""

from collections.abc import Iterable

from sqlalchemy import select

from app.accounts.models import Resident
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic_unseen, db, lock
from app.core.errors import Conflict, Invalid
from app.core.i18n import _, _n
from app.core.pdf import make_pdf
from app.core.sheet_opening import too_early
from app.core.typography import datetime_fr, typo
from app.programme import registration_queries, sheet_queries
from app.programme.attendance import refuse_unless_planned, sign
from app.programme.models import Session, SessionAttendance
from app.programme.services import refuse_outsiders

BLANK_LINES = 16
MOST_CARDS = 100


@atomic_unseen
def copy_paper(
    person: Resident, session: Session, present: Iterable[int], cards: Iterable[str] = ()
) -> int:
    """Write down who signed on paper; gives how many names were added, those there already aside.

    `present` are residents, `cards` the numbers of others, 8 digits each. Silent, as `sign`.

    Raises:
        Forbidden: not of the team.
        Invalid: nobody ticked and no card, or cards that nobody has, all of them said; nothing
            of the sheet is then written.
        Conflict: the session is closed, cancelled or days away.
    """
    refuse_outsiders(person)
    lock(session)
    wanted = {*present, *_holders(list(cards))}
    named = select(SessionAttendance.resident_id).where(SessionAttendance.session_id == session.id)
    there = set(db.session.scalars(named))
    refuse_unless_planned(session)
    early = too_early(session.starts_at)
    if early:
        raise Conflict(early)
    if not wanted:
        raise Invalid(_("Cochez au moins un nom, ou recopiez un numéro de carte."))
    people = db.session.scalars(select(Resident).where(Resident.id.in_(wanted - there))).unique()
    added = [one for one in people if one.is_active]
    for one in added:
        sign(person, session, one, channel="paper")
    return len(added)


def _holders(cards: list[str]) -> set[int]:
    if len(cards) > MOST_CARDS:
        raise Invalid(_("%(most)d cartes au plus à la fois.", most=MOST_CARDS), field="cards")
    rows = db.session.execute(
        select(Resident.card_number, Resident.id).where(Resident.card_number.in_(cards))
    )
    found = {row.card_number: row.id for row in rows}
    missing = list(dict.fromkeys(card for card in cards if card not in found))
    if missing:
        said = _n(
            "Aucune carte ne porte le numéro %(cards)s.",
            "Aucune carte ne porte ces numéros : %(cards)s.",
            len(missing),
            cards=", ".join(missing),
        )
        raise Invalid(said, field="cards")
    return set(found.values())


def sheet_pdf(session: Session) -> bytes:
    """The sheet to sign: those named already, those awaited, then blank lines; A4."""
    rows = [_row(one.name, _("Déjà noté")) for one in sheet_queries.signed(session.id)]
    for awaited in registration_queries.expected(session.id):
        rows.append(_row(awaited.name, _("Bénévole") if awaited.role == "volunteer" else ""))
    rows += [_row("", "")] * BLANK_LINES
    action = session.action
    when = datetime_fr(session.starts_at, today())
    return make_pdf(
        "signatures",
        centre=rule("centre_name"),
        title=_("Feuille de présence : %(title)s", title=typo(action.title)),
        printed=_("Imprimée le %(moment)s", moment=datetime_fr(now(), today())),
        advice=_(
            "%(when)s. Signez en arrivant. Vous n’êtes pas sur la liste ? Écrivez votre nom en"
            " capitales sur une ligne libre, avec le numéro de votre carte si vous l’avez.",
            when=f"{when}, {typo(action.place)}" if action.place else when,
        ),
        rows=rows,
        words={"number": _("N°"), "name": _("Nom et prénom"), "signature": _("Signature")},
    )


def _row(name: str, said: str) -> dict[str, str | bool]:
    return {"name": name, "voted": said, "struck": False}
