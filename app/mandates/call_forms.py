"""What is typed about a call for candidates, and to stand."""

from datetime import datetime
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import NumberRange

from app.core.forms import Form, Optional, ParisDateTimeField, Unhurried, at_most, options, required
from app.core.i18n import _l
from app.mandates.call_services import LONGEST, MOST_SEATS
from app.mandates.electorate import CALLED

STRATA: dict[str, Any] = {
    "": _l("Non : tout le monde ensemble"),
    "sex": _l("Autant de femmes que d’hommes, si possible"),
    "quartier": _l("Tous les quartiers à tour de rôle"),
}


class CallForm(Form):
    college = SelectField(_l("Collège"), choices=options(CALLED.items()))
    seats = IntegerField(
        _l("Sièges à pourvoir"),
        default=1,
        validators=[required(), NumberRange(1, MOST_SEATS, _l("De 1 à 60 sièges."))],
    )
    text = TextAreaField(
        _l("Ce que vous voulez dire"),
        description=_l("Ce que fait le conseil, combien de réunions, ce que l’on attend."),
        validators=[Optional(), at_most(5000)],
    )
    closes_at = ParisDateTimeField(_l("Dernier moment pour se présenter"), validators=[required()])

    def call(self) -> dict[str, Any]:
        """What the service takes."""
        closes_at: datetime | None = self.closes_at.data
        return {
            "college": self.college.data,
            "seats": self.seats.data,
            "text": self.text.data or "",
            "closes_at": closes_at,
        }


class StandForm(Unhurried):
    text = TextAreaField(
        _l("Pourquoi vous vous présentez"),
        description=_l("Quelques phrases simples. Tout le monde peut les lire."),
        validators=[required(), at_most(LONGEST)],
    )
    agrees = BooleanField(_l("J’accepte que mon nom et ce texte soient publics"))


class DrawForm(Form):
    strata = RadioField(_l("Faut-il équilibrer ?"), choices=options(STRATA.items()), default="")
