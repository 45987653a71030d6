"""The receipt of a membership, to print."""

from app.accounts.adhesion_queries import KIND_WORDS, PAYMENT_WORDS, Receipt
from app.centre.settings import rule
from app.core.i18n import _, _n
from app.core.pdf import make_pdf
from app.core.typography import date_fr, euros_fr


def receipt_pdf(receipt: Receipt) -> bytes:
    """One page: what was paid, by whom, for whom, and whether it still holds."""
    line = receipt.line
    rows = [
        (_("Adhésion"), str(KIND_WORDS[line.kind])),
        (_("Saison"), f"{line.season}-{line.season + 1}"),
        (_("Au nom de"), line.holder or _("une personne qui n’est plus inscrite")),
        (_("Montant"), euros_fr(line.fee_cents)),
        (_("Règlement"), str(PAYMENT_WORDS[line.payment])),
        (_("Date"), date_fr(receipt.taken_at)),
    ]
    cancelled = (
        _("Annulée le %(day)s.", day=date_fr(receipt.cancelled_at))
        if receipt.cancelled_at is not None
        else None
    )
    return make_pdf(
        "receipt",
        centre=rule("centre_name"),
        address=rule("centre_address"),
        phone=rule("centre_phone"),
        title=_("Reçu n° %(number)s", number=line.number),
        kind=_("Reçu d’adhésion"),
        rows=rows,
        amount=euros_fr(line.fee_cents),
        people=receipt.names,
        covered=_n("Personne couverte", "Personnes couvertes", len(receipt.names)),
        cancelled=cancelled,
        thanks=_("Merci de faire vivre la maison."),
    )
