"""Who does what for whom: missions down, publics across, for a quartier or for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.partners.models import Mission, Partner, PartnerMission, PartnerPublic
from app.partners.queries import mission_choices, serves_quartier
from app.partners.words import EVERYBODY, PUBLICS

COLUMNS = {code: words for code, words in PUBLICS.items() if code != EVERYBODY}


@dataclass(frozen=True)
class Cell:
    """Who has a mission for a public: (name, slug) by name."""

    public: str
    partners: tuple[tuple[str, str], ...]

    @property
    def state(self) -> str:
        """A gap when nobody does, an overlap when several do."""
        if not self.partners:
            return "gap"
        return "one" if len(self.partners) == 1 else "several"


@dataclass(frozen=True)
class MatrixRow:
    """A mission, and a cell for each public."""

    mission: str
    cells: Sequence[Cell]

    def publics_where(self, state: str) -> list[str]:
        """The publics for whom it is so."""
        return [cell.public for cell in self.cells if cell.state == state]


@dataclass(frozen=True)
class Matrix:
    """The whole, and how many cells are gaps or overlaps."""

    publics: Sequence[str]
    rows: Sequence[MatrixRow]

    def count(self, state: str) -> int:
        """How many cells are in a state."""
        return sum(len(row.publics_where(state)) for row in self.rows)


def matrix(quartier_id: int = 0) -> Matrix:
    """Partners of the directory by mission and public; two statements, however many they are.

    Whoever serves everybody serves each public; whoever works nowhere in particular works in
    each quartier.
    """
    query = (
        select(PartnerMission.mission_id, PartnerPublic.public, Partner.name, Partner.slug)
        .join(Partner, Partner.id == PartnerMission.partner_id)
        .join(PartnerPublic, PartnerPublic.partner_id == Partner.id)
        .join(Mission, Mission.id == PartnerMission.mission_id)
        .where(Partner.archived_on.is_(None), Mission.retired_on.is_(None))
        .order_by(Partner.folded_name)
    )
    if quartier_id:
        query = query.where(serves_quartier(quartier_id))
    who: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for mission_id, public, name, slug in db.session.execute(query):
        for code in COLUMNS if public == EVERYBODY else (public,):
            who[mission_id, code].append((name, slug))
    rows = [
        MatrixRow(
            mission,
            [Cell(str(words), tuple(who[number, code])) for code, words in COLUMNS.items()],
        )
        for number, mission in mission_choices()
    ]
    return Matrix([str(words) for words in COLUMNS.values()], rows)
