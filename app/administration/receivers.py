"""What happens below that those who answer for the site must know at once."""

from typing import Any

from app.accounts.holders import holders
from app.core.i18n import _, _n
from app.core.rights import Right
from app.indicators.nightly import totals_differ
from app.notifications.services import notify_all


@totals_differ.connect
def tell_of_totals(_sender: object, *, differences: int, **_more: Any) -> None:
    """The totals kept say something else than the ledger: on the site, and by mail."""
    notify_all(
        holders(Right.READ_AUDIT).distinct(),
        _n(
            "Un chiffre ne correspond pas au registre.",
            "%(num)s chiffres ne correspondent pas au registre.",
            differences,
        ),
        "/indicateurs",
        body=_(
            "La vérification de cette nuit a recompté tous les indicateurs. La commande « flask "
            "indicators audit » montre chaque écart, et « flask indicators rebuild » récrit les "
            "totaux depuis le registre, qui fait foi."
        ),
    )
