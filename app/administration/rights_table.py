"""The table of rights in words: the page and docs/droits.md read it alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.accounts.roles import ROLE_WORDS
from app.core.i18n import _, _l
from app.core.rights import RULES, Role, Rule, Scope

REACH = {
    Scope.ALL: _l("oui"),
    Scope.BODY: _l("son comité"),
    Scope.ASSOCIATION: _l("son association"),
}


@dataclass(frozen=True)
class RightRow:
    """An act, and how far each role reaches; None where the role does not give it."""

    label: str
    reach: tuple[str | None, ...]

    @property
    def held(self) -> list[tuple[str, str | None]]:
        """Who does it: (role, where), the second None when it is everywhere."""
        everywhere = str(REACH[Scope.ALL])
        return [
            (name, None if where == everywhere else where)
            for name, where in zip(role_names(), self.reach, strict=True)
            if where is not None
        ]


@dataclass(frozen=True)
class Subject:
    """Rights about one thing, in the order of the table."""

    name: str
    rows: tuple[RightRow, ...]


def role_names() -> tuple[str, ...]:
    """The columns, in the order of `Role`."""
    return tuple(str(ROLE_WORDS[role]) for role in Role)


def subjects() -> list[Subject]:
    """The whole table of `core.rights`."""
    ordered = sorted(RULES.values(), key=_place)
    return [
        Subject(str(name), tuple(_row(rule) for rule in rules))
        for name, rules in groupby(ordered, key=lambda rule: str(rule.subject))
    ]


def as_markdown() -> str:
    """The table as docs/droits.md keeps it."""
    return "\n".join(_lines()) + "\n"


def _place(rule: Rule) -> int:
    names = list(dict.fromkeys(str(one.subject) for one in RULES.values()))
    return names.index(str(rule.subject))


def _row(rule: Rule) -> RightRow:
    scopes = (rule.holders.get(role) for role in Role)
    return RightRow(
        str(rule.label), tuple(str(REACH[scope]) if scope else None for scope in scopes)
    )


def _lines() -> Iterator[str]:
    yield "# " + _("Qui peut quoi")
    yield ""
    yield _(
        "Ce tableau est écrit à partir de `app/core/rights.py` par "
        "`flask --app wsgi rights write` : ne le corrigez pas à la main."
    )
    yield ""
    yield sameness()
    for subject in subjects():
        yield ""
        yield f"## {subject.name}"
        yield ""
        yield f"| {_('Acte')} | " + " | ".join(role_names()) + " |"
        yield "| --- |" + " --- |" * len(Role)
        for row in subject.rows:
            yield f"| {row.label} | " + " | ".join(reach or "—" for reach in row.reach) + " |"


def sameness() -> str:
    """Why two columns are alike."""
    return _(
        "La direction et l’administration ont les mêmes droits : dans un petit centre, c’est "
        "souvent la même personne. L’administration ne peut pas rester sans personne : "
        "la dernière ne se retire pas."
    )
