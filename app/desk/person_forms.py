"""What is typed at the desk of someone who stands there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import EmailField, Field, SelectMultipleField, StringField, TelField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.forms import PersonForm
from app.accounts.languages import LANGUAGES, kept
from app.accounts.models import Resident
from app.core.errors import Invalid
from app.core.forms import EMAIL, at_most, options
from app.core.i18n import _, _l
from app.core.phones import normalised
from app.desk.alike import Described
from app.desk.finding import name_and_year

MOST_NUMBERS = 50


class DeskPersonForm(PersonForm):
    """One page, from the name to the languages; only the first two boxes must be filled."""

    email = EmailField(_l("Adresse e-mail"), validators=[Optional(), EMAIL, at_most(254)])
    phone = TelField(_l("Téléphone"), validators=[Optional(), at_most(30)])
    languages = SelectMultipleField(
        _l("Langues parlées"),
        choices=options((language.code, language.name) for language in LANGUAGES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    shown = StringField()
    apart = StringField(_l("Déjà inscrite ?"))

    @property
    def told_apart(self) -> set[int]:
        """Whom the agent was shown, and said are other people."""
        return _numbers(self.apart.data)

    def ask_again(self, alike: set[int]) -> None:
        """Say what is expected of whoever was shown all these people and answered nothing."""
        if alike <= _numbers(self.shown.data):
            said = _("Ouvrez sa fiche, ou cochez « C’est quelqu’un d’autre ».")
            self.refuse(Invalid(said, field="apart"))

    @classmethod
    def beginning_with(cls, typed: str, today: date) -> "DeskPersonForm":
        """A form filled with what was searched for: « amina diallo 1984 »."""
        given, family, year = name_and_year(typed, today)
        return cls(given_name=given, family_name=family, year_of_birth=year)

    @classmethod
    def of(cls, resident: Resident) -> "DeskPersonForm":
        """A form filled with what is known of someone."""
        return cls(obj=resident, data={"languages": resident.languages.split(",")})

    def validate_phone(self, field: Field) -> None:
        """A number that can be dialled, kept as digits."""
        try:
            field.data = normalised(field.data)
        except ValueError as error:
            raise ValidationError(
                _("Ce numéro ne semble pas complet. Exemple : 06 12 34 56 78.")
            ) from error

    def described(self) -> Described:
        """What is compared with the people already known."""
        return Described(
            str(self.given_name.data),
            str(self.family_name.data),
            self.year_of_birth.data,
            self.phone.data or None,
            self.email.data or None,
        )

    def person(self) -> dict[str, Any]:
        codes: Sequence[str] = self.languages.data or ()
        return {
            **super().person(),
            "email": self.email.data or None,
            "phone": self.phone.data or None,
            "languages": kept(list(codes)),
        }


def _numbers(typed: str | None) -> set[int]:
    """A few numbers of people between blanks; anything else is left aside."""
    found = [one for one in (typed or "").split() if one.isdecimal() and len(one) < 10]
    return {int(one) for one in found[:MOST_NUMBERS]}
