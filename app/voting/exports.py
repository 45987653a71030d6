"""Published ballots, as a file that anyone can count again."""

import csv
import io
import json
from typing import Any

from sqlalchemy import select

from app.core.csv import safe_cell
from app.core.db import db
from app.core.i18n import _
from app.voting.models import OpenedBallot, Poll

YESNO = {"yes": "pour", "no": "contre", "abstain": "abstention"}


def ballots_csv(poll: Poll) -> str:
    """Every ballot by fingerprint, one column an option, the rules above; the same text for ever.

    Separated by `;`; a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")

    def line(*cells: object) -> None:
        writer.writerow([safe_cell(cell) for cell in cells])

    line(_("Scrutin"), poll.id, poll.title)
    line(_("Méthode"), poll.method)
    line(_("Règles"), json.dumps(poll.rules, sort_keys=True, ensure_ascii=False))
    line(_("Inscrits"), poll.roll_size)
    line(_("Quorum, en % des inscrits"), poll.quorum_percent)
    line()
    line(_("Bulletin"), *(option.label for option in poll.options))
    opened = db.session.execute(
        select(OpenedBallot.fingerprint, OpenedBallot.choice)
        .where(OpenedBallot.poll_id == poll.id)
        .order_by(OpenedBallot.fingerprint)
    )
    for fingerprint, choice in opened:
        line(fingerprint, *_cells(poll, json.loads(choice)))
    return out.getvalue()


def _cells(poll: Poll, choice: dict[str, Any]) -> list[str]:
    if choice.get("blank"):
        return ["blanc"] * len(poll.options)
    if "choice" in choice:
        return [YESNO[choice["choice"]]]
    words = poll.rules["grades"]
    given = choice["grades"]
    return [
        words[given[str(option.id)]] if str(option.id) in given else "" for option in poll.options
    ]
