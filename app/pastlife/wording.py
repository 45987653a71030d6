"""How many rows of each sort an import added, in words."""

from collections.abc import Mapping

from app.core.i18n import _n
from app.pastlife.writing import ACTIONS, ASSOCIATIONS, ENTRIES, RESIDENTS, SESSIONS


def counted(rows: Mapping[str, int]) -> list[str]:
    """« 12 séances », « 3 actions »…; nothing of what there is none of."""
    words = {
        ENTRIES: lambda n: _n("%(num)s acte compté", "%(num)s actes comptés", n),
        SESSIONS: lambda n: _n("%(num)s séance", "%(num)s séances", n),
        ACTIONS: lambda n: _n("%(num)s action", "%(num)s actions", n),
        ASSOCIATIONS: lambda n: _n("%(num)s association", "%(num)s associations", n),
        RESIDENTS: lambda n: _n("%(num)s fiche de personne", "%(num)s fiches de personnes", n),
    }
    return [words[what](rows[what]) for what in words if rows.get(what)]
