"""What is typed to take a membership, or to cancel one."""

import re
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.adhesion_models import Kind, Payment
from app.accounts.adhesion_queries import KIND_WORDS, PAYMENT_WORDS
from app.centre.settings import rule
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.desk.sheets import Home

AMOUNT = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*€?")


class AdhesionForm(Form):
    kind = RadioField(
        _l("Adhésion"),
        choices=options((kind.value, KIND_WORDS[kind]) for kind in Kind),
        default=Kind.INDIVIDUAL.value,
        validators=[required()],
    )
    people = SelectMultipleField(
        _l("Pour une famille, qui d’autre ?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
    )
    season = SelectField(_l("Saison"), coerce=int, choices=[], validators=[required()])
    fee = StringField(_l("Montant, en euros"), validators=[Optional(), at_most(10)])
    payment = RadioField(
        _l("Règlement"),
        choices=options((payment.value, PAYMENT_WORDS[payment]) for payment in Payment),
        validators=[required(_l("Choisissez comment c’est réglé."))],
    )

    def offering(self, season: int, homes: list[Home]) -> "AdhesionForm":
        """Offer this season and the next, and the people of these households."""
        self.season.choices = options((year, f"{year}-{year + 1}") for year in (season, season + 1))
        others = {one.id: one.name for home in homes for one in home.others}
        self.people.choices = options(others.items())
        return self

    def validate_fee(self, field: Field) -> None:
        """« 7 », « 7,50 », « 7.50 € »."""
        if not AMOUNT.fullmatch(field.data):
            raise ValidationError(_("Écrivez un montant, comme 7 ou 7,50."))

    def chosen(self) -> dict[str, Any]:
        """What the service takes; the proposed fee where none was typed."""
        kind, payment = Kind(self.kind.data), Payment(self.payment.data)
        return {
            "kind": kind,
            "season": self.season.data,
            "fee_cents": self._cents(kind, payment),
            "payment": payment,
            "people": (self.people.data or []) if kind is Kind.FAMILY else [],
        }

    def _cents(self, kind: Kind, payment: Payment) -> int:
        typed = AMOUNT.fullmatch(self.fee.data or "")
        if typed:
            return int(typed[1]) * 100 + int((typed[2] or "").ljust(2, "0"))
        return 0 if payment is Payment.FREE else int(rule(f"adhesion_{kind.value}")) * 100


class CancelForm(Form):
    reason = StringField(_l("Pourquoi l’annuler ?"), validators=[required(), at_most(200)])
