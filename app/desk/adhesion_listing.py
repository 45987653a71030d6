"""The season's memberships as a file, and the seasons there are."""

from collections.abc import Iterator, Sequence

from app.accounts.adhesion_queries import KIND_WORDS, PAYMENT_WORDS, every_line
from app.accounts.adhesion_services import season_now
from app.core.i18n import _
from app.core.typography import date_fr

YEARS_BACK = 5


def seasons() -> list[int]:
    """The seasons one can look at, the next one first."""
    present = season_now()
    return list(range(present + 1, present - YEARS_BACK - 1, -1))


def csv_rows(season: int) -> Iterator[Sequence[object]]:
    """A head, then a row a membership, in the order of the receipts."""
    yield (
        _("Reçu"),
        _("Date"),
        _("Adhésion"),
        _("Au nom de"),
        _("Personnes couvertes"),
        _("Montant en euros"),
        _("Règlement"),
        _("État"),
    )
    for line in every_line(season):
        yield (
            line.number,
            date_fr(line.taken_on),
            KIND_WORDS[line.kind],
            line.holder or "",
            line.people,
            f"{line.fee_cents // 100},{line.fee_cents % 100:02}",
            PAYMENT_WORDS[line.payment],
            _("annulée") if line.is_cancelled else _("en cours"),
        )
