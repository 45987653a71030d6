"""What is typed at the desk of someone who stands there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import EmailField, Field, SelectMultipleField, StringField, TelField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.forms import EMAIL, PersonForm
from app.accounts.languages import LANGUAGES, kept
from app.accounts.models import Resident
from app.core.forms import at_most, options
from app.core.i18n import _, _l
from app.core.phones import normalised
from app.desk.alike import Described
from app.desk.finding import name_and_year


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
    apart = StringField()

    @property
    def told_apart(self) -> set[int]:
        """Whom the agent was shown, and said are other people."""
        return {int(number) for number in (self.apart.data or "").split() if number.isdecimal()}

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
