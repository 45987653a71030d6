"""What someone wants to put to the vote, and the rules that its method makes of it."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.errors import Invalid
from app.core.i18n import _
from app.voting.methods import METHODS
from app.voting.methods.base import InvalidRules
from app.voting.models import PollOption

MOST_OPTIONS = 20
LONGEST_LABEL = 160
DEAREST = 100_000_000
SEED_BYTES = 8
AMOUNT = re.compile(r"(\d{1,3}(?:[\s.]\d{3})+|\d{1,9})\s*€?")
"""« 450 », « 1 200 € »: whole euros."""


Typed = dict[str, list[str]]
"""What a form held, by field, as it was sent."""


@dataclass(frozen=True)
class PollDraft:
    """What someone wants to put to the vote; `opens_at` None means at once.

    `settings` are the method's own rules, by what its `asks` names. `free_options` are labels,
    each with « ; » and a cost or a collège where the method wants one; `costs` those of proposals,
    in whole euros. Days run from opening for `claims_days`, from closing for `extension_days`.
    `among`: numbers of those of the electorate who may vote, where not all of it may; for a poll
    that opens at once.
    """

    title: str
    method: str
    closes_at: datetime
    text: str = ""
    opens_at: datetime | None = None
    proposal_ids: Sequence[int] = ()
    free_options: Sequence[str] = ()
    costs: Mapping[int, str] = field(default_factory=dict)
    body_id: int | None = None
    is_secret: bool = True
    quorum_percent: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
    teller_ids: Sequence[int] = ()
    tellers_needed: int = 0
    proxies_most: int = 0
    has_paper: bool = False
    claims_days: int = 0
    extension_days: int = 0
    among: Sequence[int] | None = None


@dataclass(frozen=True)
class Line:
    """One thing to vote upon: its name, what comes with it (a cost, a collège), its proposal."""

    label: str
    detail: str = ""
    proposal_id: int | None = None

    @property
    def field(self) -> str:
        """Where it was typed."""
        return "costs" if self.proposal_id else "free_options"


def lines_of(draft: PollDraft, proposals: Iterable[tuple[int, str]]) -> list[Line]:
    """Everything to vote upon: proposals (id, title), then what was typed, a line each.

    Raises:
        Invalid: an unknown method, too few, too many, twice the same, or a name too long.
    """
    if draft.method not in METHODS:
        raise Invalid(_("Choisissez une façon de voter."), field="method")
    method = METHODS[draft.method]
    lines = [Line(title, draft.costs.get(number, ""), number) for number, title in proposals]
    for typed in draft.free_options:
        label, detail = typed, ""
        if method.each:
            label, _separator, detail = typed.partition(";")
        lines.append(Line(label.strip(), detail.strip()))
    if method.holds == "choice":
        if len(lines) > 1:
            field = "free_options" if draft.free_options else "proposals"
            raise Invalid(_("Un vote pour ou contre porte sur une seule question."), field)
        lines = lines or [Line(draft.title)]
    elif not 2 <= len(lines) <= MOST_OPTIONS:
        raise Invalid(_("Donnez de 2 à 20 choix, propositions comprises."), field="free_options")
    names = {line.label.casefold() for line in lines}
    if len(names) < len(lines):
        raise Invalid(_("Deux choix portent le même nom."), field="free_options")
    if "" in names:
        raise Invalid(_("Un choix n’a pas de nom."), field="free_options")
    if any(len(line.label) > LONGEST_LABEL for line in lines):
        raise Invalid(_("Un choix est trop long : 160 caractères au plus."), field="free_options")
    return lines


def rules_of(draft: PollDraft, lines: Sequence[Line], options: Sequence[PollOption]) -> Any:
    """The rules of the draft's method, as JSON, for options that have their numbers.

    Lots, where there may be some, are drawn with a seed that nobody chooses, kept and published
    with the rules: known before the vote, they owe nothing to the ballots.

    Raises:
        Invalid: what was typed cannot be a rule, with the field at fault.
    """
    method = METHODS[draft.method]
    asked = {key: draft.settings[key] for key in method.asks if key in draft.settings}
    raw: dict[str, Any] = {
        key: asked[key] for key in asked if key not in ("lots", "reserved", "most_on_one")
    }
    if "most_on_one" in asked:
        raw["most"] = asked["most_on_one"]
    if "budget" in method.asks:
        raw["budget"] = euros(str(asked.get("budget") or ""), "budget", _("le budget"))
    if method.each == "cost":
        raw["costs"] = {
            str(option.id): _cost(line, raw["budget"])
            for option, line in zip(options, lines, strict=True)
        }
    if method.each == "college":
        raw["colleges"] = _colleges(str(asked.get("reserved") or ""), lines, options)
    if asked.get("lots") or method.each == "college":
        raw["seed"] = secrets.token_hex(SEED_BYTES)
    if "seats" in raw and raw["seats"] > len(options):
        raise Invalid(_("Il y a plus de places que de choix."), field="seats")
    given = {key: value for key, value in raw.items() if value is not None}
    try:
        rules = method.rules(given)
    except InvalidRules as error:
        raise Invalid(str(error), field=next(iter(method.asks), None)) from error
    return {key: value for key, value in rules.to_json().items() if value is not None}


def euros(typed: str, field: str, what: str) -> int:
    """Whole euros, from « 1 200 € ».

    Raises:
        Invalid: nothing, cents, or anything else.
    """
    found = AMOUNT.fullmatch(typed.strip())
    amount = int(re.sub(r"\D", "", found[1])) if found else 0
    if not 1 <= amount <= DEAREST:
        raise Invalid(_("Donnez %(what)s en euros, sans centimes.", what=what), field=field)
    return amount


def _cost(line: Line, budget: int) -> int:
    what = _("le coût de « %(name)s »", name=line.label)
    if not line.detail and not line.proposal_id:
        raise Invalid(
            _("%(name)s : écrivez le coût après un point-virgule. %(name)s ; 450", name=line.label),
            field=line.field,
        )
    cost = euros(line.detail, line.field, what)
    if cost > budget:
        raise Invalid(
            _("« %(name)s » coûte plus que tout le budget.", name=line.label), field=line.field
        )
    return cost


def _colleges(
    typed: str, lines: Sequence[Line], options: Sequence[PollOption]
) -> dict[str, dict[str, Any]]:
    """Collèges, from that of each candidate and lines « habitants ; 2 » of reserved seats."""
    found: dict[str, dict[str, Any]] = {}
    keys: dict[str, str] = {}
    for line, option in zip(lines, options, strict=True):
        if line.detail:
            name = keys.setdefault(line.detail.casefold(), line.detail)
            found.setdefault(name, {"members": [], "reserved": 0})["members"].append(option.id)
    for row in filter(None, map(str.strip, typed.splitlines())):
        name, _separator, number = (part.strip() for part in row.rpartition(";"))
        if not number.isdecimal() or not name:
            raise Invalid(
                _("Une ligne par collège, avec ses sièges. Par exemple : habitants ; 2"), "reserved"
            )
        if name.casefold() not in keys:
            raise Invalid(
                _("Aucune personne candidate n’est du collège « %(name)s ».", name=name), "reserved"
            )
        found[keys[name.casefold()]]["reserved"] = int(number)
    return found
