"""What a paper vote prints: ballots to cut out, and the roll to sign."""

from app.accounts.models import Resident
from app.audit.acts import AuditAct
from app.audit.services import note
from app.centre.settings import rule
from app.core.clock import now, today
from app.core.db import atomic, lock
from app.core.errors import Conflict, Forbidden
from app.core.i18n import _
from app.core.pdf import make_pdf
from app.core.typography import datetime_fr
from app.voting.labels import ANSWERS
from app.voting.methods import METHODS
from app.voting.models import Poll
from app.voting.paper_queries import RollRow, homonyms, whole_roll
from app.voting.policies import can_run_paper
from app.voting.queries import PollPage
from app.voting.wording import money

ROOM = {
    4: {"choice": (5, 30), "approval": (9, 30), "ranking": (9, 30), "points": (9, 30)},
    2: {
        "choice": (12, 40),
        "approval": (22, 50),
        "ranking": (22, 50),
        "points": (22, 50),
        "grades": (20, 20),
    },
}
"""By ballots to a sheet: how many lines of text of how many letters stay large enough to read."""


def ways_to_print(poll: PollPage) -> list[int]:
    """How many ballots a sheet may hold, the fewest first; one where the choices are many."""
    holds = METHODS[poll.method].holds
    found = []
    for number in (2, 4):
        most, letters = ROOM[number].get(holds, (0, 1))
        if sum(-(-len(option.label) // letters) for option in poll.options) <= most:
            found.append(number)
    return found or [1]


def ballots_pdf(poll: PollPage, per_page: int) -> bytes:
    """An A4 sheet of one, two or four ballots, to print as many times as wanted."""
    ways = ways_to_print(poll)
    rules = poll.rules or {}
    holds = METHODS[poll.method].holds
    return make_pdf(
        "ballots",
        centre=rule("centre_name"),
        title=poll.title,
        per_page=per_page if per_page in ways else ways[0],
        holds=holds,
        asks=_asks(poll),
        answers=[str(words) for words in ANSWERS.values()],
        grades=list(rules.get("grades", ())),
        options=[
            {"label": option.label, "note": note_}
            for option, note_ in zip(poll.options, _notes(poll), strict=True)
        ],
        words={"rules": _small_print(holds)},
    )


@atomic
def print_roll(by: Resident, poll: Poll) -> list[RollRow]:
    """The roll as it is now, for its sheet; the team's journal keeps that it was printed.

    Raises:
        Forbidden: not of those who run paper votes.
        Conflict: the roll is not frozen yet, or the vote is over.
    """
    lock(poll)
    if not can_run_paper(by, poll):
        raise Forbidden(_("Vous ne tenez pas le vote sur papier ici."))
    if poll.status != "open":
        raise Conflict(_("La feuille de signatures s’imprime quand le vote est ouvert."))
    note(AuditAct.ROLL_PRINTED, by, poll)
    return whole_roll(poll.id)


def roll_pdf(poll: Poll, rows: list[RollRow]) -> bytes:
    """The sheet that paper voters sign; whoever has voted is struck out."""
    moment = datetime_fr(now(), today())
    return make_pdf(
        "signatures",
        centre=rule("centre_name"),
        title=_("Feuille de signatures : %(title)s", title=poll.title),
        printed=_("Imprimée le %(moment)s", moment=moment),
        advice=_(
            "Une personne rayée a déjà voté. Avant de donner un bulletin à quelqu’un, notez son"
            " vote sur le site : il dit si elle a voté depuis l’impression, le %(moment)s.",
            moment=moment,
        ),
        rows=sheet_lines(rows),
        words={"number": _("N°"), "name": _("Nom et prénom"), "signature": _("Signature")},
    )


def sheet_lines(rows: list[RollRow]) -> list[dict[str, str | bool]]:
    """The lines of that sheet; whoever is noted for a paper is about to sign it, and has room."""
    twice = homonyms(rows)
    return [
        {
            "name": f"{row.name} ({row.year_of_birth})"
            if row.name in twice and row.year_of_birth
            else row.name,
            "voted": _how(row),
            "struck": row.has_voted and not row.on_paper,
        }
        for row in rows
    ]


def _how(row: RollRow) -> str:
    if not row.has_voted:
        return ""
    if row.on_paper:
        return _("Papier noté, par procuration") if row.represented else _("Papier noté")
    return _("A voté par procuration") if row.represented else _("A déjà voté")


def _asks(poll: PollPage) -> str:
    """What the voter does with a pen."""
    holds, rules = METHODS[poll.method].holds, poll.rules or {}
    if holds == "choice":
        return _("Cochez une seule case.")
    if holds == "grades":
        return _("Donnez une mention à chaque choix : cochez un rond par ligne.")
    if holds == "approval":
        said = poll.paper.asks(rules)
        return said or _("Cochez tout ce qui vous convient.")
    if holds == "ranking":
        return _("Écrivez 1 devant votre préféré, 2 devant le suivant, et ainsi de suite.")
    return _("%(asks)s Écrivez leur nombre dans les cases.", asks=poll.paper.asks(rules))


def _notes(poll: PollPage) -> list[str]:
    """Under each option: what it costs, or its collège."""
    rules = poll.rules or {}
    costs = rules.get("costs", {})
    colleges = {
        int(member): name
        for name, college in rules.get("colleges", {}).items()
        for member in college["members"]
    }
    return [
        money(costs[str(option.id)], rules.get("unit", 1))
        if str(option.id) in costs
        else colleges.get(option.id, "")
        for option in poll.options
    ]


def _small_print(holds: str) -> str:
    blank = (
        _("Pour voter blanc, ne cochez rien.")
        if holds in ("choice", "grades", "approval")
        else _("Pour voter blanc, n’écrivez rien.")
    )
    return " ".join(
        (
            blank,
            _("Un bulletin signé, déchiré ou avec un mot ajouté est nul."),
            _("Pliez-le, signez la liste, mettez-le dans l’urne."),
        )
    )
