"""What is typed about seats."""

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import NumberRange

from app.bodies.labels import COLLEGES, END_CAUSES, ORIGINS
from app.core.clock import today
from app.core.forms import Form, Optional, at_most, options, required
from app.core.i18n import _l
from app.mandates.seat_services import MOST, Seats

BY_HAND = ("appointed", "ex_officio", "elected", "consent")
"""How someone came, where no draw of this site says it."""
SAID = ("resigned", "ended")
"""Why the direction ends a seat."""


class SeatForm(Form):
    college = SelectField(_l("Collège"), choices=options(COLLEGES.items()))
    origin = SelectField(
        _l("Comment la personne arrive"),
        choices=options((key, ORIGINS[key]) for key in BY_HAND),
        default="appointed",
    )
    is_titulaire = BooleanField(_l("Titulaire (sinon, suppléant)"), default=True)
    is_voting = BooleanField(_l("A le droit de vote (sinon, voix consultative)"), default=True)
    starts_on = DateField(_l("Début du mandat"), validators=[required()])
    ends_on = DateField(_l("Fin prévue"), validators=[Optional()])

    def seat(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "college": self.college.data,
            "origin": self.origin.data,
            "is_titulaire": self.is_titulaire.data,
            "is_voting": self.is_voting.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
        }


class EndForm(Form):
    cause = RadioField(
        _l("Pourquoi ?"),
        choices=options((key, END_CAUSES[key]) for key in SAID),
        default="resigned",
    )
    on = DateField(
        _l("Premier jour sans ce siège"), default=lambda: today(), validators=[required()]
    )
    reason = TextAreaField(
        _l("Raison"),
        description=_l("Lue par la direction seule."),
        validators=[Optional(), at_most(500)],
    )


class ResignForm(Form):
    reason = TextAreaField(
        _l("Pourquoi ?"),
        description=_l("Si vous voulez le dire. Lu par la direction seule."),
        validators=[Optional(), at_most(500)],
    )


def _number(label: Any) -> IntegerField:
    bounds = NumberRange(0, MOST, _l("Entre 0 et 60 sièges."))
    return IntegerField(label, validators=[required(), bounds])


class SeatsForm(Form):
    """Two numbers a collège: `habitants_titulaires`, `habitants_suppleants`, and so on."""

    def wanted(self) -> dict[str, Seats]:
        """What the service takes."""
        return {
            college: Seats(self[f"{college}_titulaires"].data, self[f"{college}_suppleants"].data)
            for college in COLLEGES
        }


for _college in COLLEGES:
    setattr(SeatsForm, f"{_college}_titulaires", _number(_l("Titulaires")))
    setattr(SeatsForm, f"{_college}_suppleants", _number(_l("Suppléants")))
