"""What is typed to get in."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
)
from wtforms.validators import NumberRange, Optional

from app.accounts.methods import LONGEST_IDENTIFIER, LONGEST_SECRET
from app.core.forms import EMAIL, Form, Unhurried, at_most, options, required
from app.core.i18n import _l

SEXES = [("", _l("Je préfère ne pas le dire")), ("F", _l("Femme")), ("H", _l("Homme"))]


def blank_to_none(value: str | None) -> str | None:
    """An empty choice is no choice."""
    return value or None


class PersonForm(Form):
    """Who someone is, as little as is needed."""

    given_name = StringField(_l("Prénom"), validators=[required(), at_most(60)])
    family_name = StringField(_l("Nom"), validators=[required(), at_most(60)])
    year_of_birth = IntegerField(
        _l("Année de naissance"),
        validators=[Optional(), NumberRange(1900, 2100, _l("Écrivez une année, comme 1985."))],
    )
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[])
    sex = SelectField(_l("Vous êtes"), choices=options(SEXES), coerce=blank_to_none)

    def with_quartiers(self, quartiers: list[tuple[int, str]]) -> "PersonForm":
        """Offer « ailleurs », taken of whoever leaves the question, then these quartiers."""
        self.quartier_id.choices = options([(0, _l("Ailleurs, ou je ne sais pas")), *quartiers])
        return self

    def person(self) -> dict[str, Any]:
        """What the services take."""
        return {
            "given_name": self.given_name.data,
            "family_name": self.family_name.data,
            "year_of_birth": self.year_of_birth.data,
            "sex": self.sex.data,
            "quartier_id": self.quartier_id.data or None,
        }


class RegisterForm(PersonForm, Unhurried):
    """The password is chosen later, by whoever the address belongs to."""

    email = EmailField(_l("Adresse e-mail"), validators=[required(), EMAIL, at_most(254)])
    accepts = BooleanField(
        _l("J’ai lu comment le centre utilise mes données."),
        validators=[required(_l("Cochez cette case pour continuer."))],
    )


class SignInForm(Form):
    identifier = StringField(
        _l("E-mail ou numéro de carte"), validators=[required(), at_most(LONGEST_IDENTIFIER)]
    )
    secret = PasswordField(
        _l("Mot de passe ou code à 6 chiffres"), validators=[required(), at_most(LONGEST_SECRET)]
    )


class AddressForm(Form):
    """An address, to which something will be sent."""

    email = EmailField(_l("Adresse e-mail"), validators=[required(), EMAIL, at_most(254)])


class NewPasswordForm(Form):
    password = PasswordField(
        _l("Nouveau mot de passe"), validators=[required(), at_most(LONGEST_SECRET)]
    )


class FirstPasswordForm(Form):
    password = PasswordField(_l("Mot de passe"), validators=[required(), at_most(LONGEST_SECRET)])
