"""Forms: shape and wording of what people type."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from flask import current_app, g, has_request_context
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    FileField,
    HiddenField,
    PasswordField,
    StringField,
)

# The published types are those of WTForms 3.2, which did not have it.
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    Email,
    InputRequired,
    Length,
    Optional,
    StopValidation,
    ValidationError,
)

from app.core.clock import PARIS
from app.core.errors import DomainError, Invalid
from app.core.i18n import _, _l
from app.core.security import moment_of, sign
from app.core.typography import number_fr

R = TypeVar("R")

DRAWN, HONEYPOT = "form-drawn", "nothing"
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_WRITING = 24 * 3600
"""Seconds a form may stay open; after that it is sent once more, nothing lost."""


NOT_A_NUMBER, NOT_A_DATE = (
    _l("Écrivez un nombre, en chiffres."),
    _l("Cette date n’est pas valable."),
)
NOT_A_CHOICE = _l("Choisissez une réponse de la liste.")
NOT_AN_EMAIL = _l("Cette adresse e-mail ne semble pas complète. Exemple : nom@exemple.fr")
EMAIL = Email(message=NOT_AN_EMAIL)
IN_OUR_WORDS = {
    "Not a valid integer value.": _l("Écrivez un nombre entier, en chiffres."),
    "Not a valid decimal value.": NOT_A_NUMBER,
    "Not a valid float value.": NOT_A_NUMBER,
    "Not a valid date value.": NOT_A_DATE,
    "Not a valid datetime value.": NOT_A_DATE,
    "Not a valid time value.": _l("Cette heure n’est pas valable."),
    "Not a valid choice.": NOT_A_CHOICE,
    "Not a valid choice": NOT_A_CHOICE,
    "Invalid Choice: could not coerce.": NOT_A_CHOICE,
}
"""What the fields of the library say by themselves, said to people."""


class _OurWords:
    """The library's own translations, but for what we say better."""

    def __init__(self, theirs: Any) -> None:
        self._theirs = theirs

    def gettext(self, message: str) -> str:
        ours = IN_OUR_WORDS.get(message)
        return str(ours if ours is not None else self._theirs.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return str(self._theirs.ngettext(singular, plural, number))


def strip(value: object) -> object:
    """Without the blanks around, and without the characters no database takes."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """Base of every form; texts arrive stripped."""

    class Meta(FlaskForm.Meta):
        locales = ("fr",)
        # Every POST is checked once, by CSRFProtect; a form that is only shown opens no session.
        csrf = False

        def get_translations(self, form: Any) -> Any:
            return _OurWords(super().get_translations(form))

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            kept_as_typed = issubclass(unbound_field.field_class, (FileField, PasswordField))
            if not kept_as_typed and strip not in filters:
                unbound_field.kwargs["filters"] = [strip, *filters]
            field: Field = unbound_field.bind(form=form, **options)
            return field

    _refusal: DomainError | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_request_context():
            # An error page gives back what was typed, under the words of its own boxes.
            g.form_boxes = {**g.get("form_boxes", {}), **_boxes(self)}

    @property
    def refused(self) -> bool:
        """Whether a service refused what the form held."""
        return self._refusal is not None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form: 200 fresh, 4xx with errors."""
        if self._refusal is not None:
            return self._refusal.status
        return 422 if self.errors else 200

    def attempt(self, service: Callable[[], R]) -> R | None:
        """What the service gives, or None after putting its refusal in the form.

        A refusal for lack of right (403) goes through: no wording mends it.
        """
        try:
            return service()
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            self.refuse(refusal)
            return None

    def refuse(self, refusal: DomainError) -> None:
        """Show a service's refusal beside the field at fault, or above the form."""
        self._refusal = refusal
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.message)
        else:
            field.errors = [*field.errors, refusal.message]


def _boxes(form: Form) -> dict[str, Any]:
    """The label of each field a person writes in, by name; None for what machines fill."""
    return {field.name: field.label.text if _is_written(field) else None for field in form}


def _is_written(field: Field) -> bool:
    machine = isinstance(field, (HiddenField, PasswordField)) or field.short_name == HONEYPOT
    return isinstance(field, StringField) and not machine


class Unhurried(Form):
    """A form that machines fill badly: a box no one sees, and the moment it was drawn.

    Its fields are shown by `ui.unhurried(form)`. No picture to decipher, nothing to hear: a
    person notices nothing, unless they are faster than `FASTEST_HAND` seconds.
    """

    nothing = StringField(_l("Laissez cette case vide"))
    drawn = HiddenField(default=lambda: sign(DRAWN, []))

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        refusal = self._machine()
        if refusal is None:
            return good
        # With other faults to mend, the person will send it again anyway.
        if good:
            self.form_errors.append(refusal)
        return False

    def _machine(self) -> str | None:
        """What to answer to what looks like a machine; None for a person."""
        fastest = current_app.config["FASTEST_HAND"]
        if self.nothing.data:
            self.nothing.data = ""
            return _("Une case cachée a été remplie. Votre texte est là : envoyez-le à nouveau.")
        if not fastest:
            return None
        moment = moment_of(DRAWN, str(self.drawn.data), LONGEST_WRITING)
        if moment is None:
            self.drawn.data = sign(DRAWN, [])
            return _("Cette page est restée ouverte longtemps. Envoyez à nouveau votre texte.")
        if (datetime.now(UTC) - moment).total_seconds() < fastest:
            return _("C’était très rapide. Relisez votre texte, puis envoyez-le.")
        return None


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a list, from (value, label) pairs."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class DayField(DateField):
    """A day of the years 2000 to 2100: those next to the last of the calendar have no next day."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if isinstance(self.data, date) and not _is_near(self.data):
            self.data = None
            raise ValueError(str(NOT_A_DATE))


def _is_near(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


class ParisDateTimeField(DateTimeLocalField):
    """A moment typed in the centre's own time, given in UTC; of two alike in October, the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("format", ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Cette date n’est pas valable.")) from error
        if isinstance(self.data, datetime):
            if not _is_near(self.data):
                self.data = None
                raise ValueError(_("Cette date n’est pas valable."))
            # In UTC: two moments in one zone are compared by its clocks, an hour wrong in October.
            self.data = self.data.replace(tzinfo=PARIS).astimezone(UTC)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") if self.data else ""


def required(message: str | None = None) -> InputRequired:
    """The field must be filled; blanks alone do not fill it."""
    return _Filled(message or _l("Remplissez cette case."))


class _Filled(InputRequired):
    message: str

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        if field.process_errors and field.raw_data and str(field.raw_data[0]).strip():
            # Something was typed, which the field has already said it cannot read.
            raise StopValidation
        if field.data is None or field.data == "":
            field.errors = []
            raise ValidationError(self.message)


def at_most(length: int) -> Length:
    """No longer than so many characters; says how many there are too many."""
    said = _l("C’est trop long : %(max)s caractères au plus.", max=number_fr(length))
    return Length(max=length, message=said)


def said_at_field(check: Callable[[], object]) -> None:
    """A service's own check made at a field, so that all that is wrong is said at once."""
    try:
        check()
    except Invalid as refusal:
        raise ValidationError(refusal.message) from refusal


def as_checked(check: Callable[[str], object]) -> Callable[[Form, Field], None]:
    """A validator out of a service's check of what is typed."""
    return lambda _form, field: said_at_field(lambda: check(field.data))


__all__ = [
    "EMAIL",
    "NOT_AN_EMAIL",
    "DayField",
    "Form",
    "Optional",
    "ParisDateTimeField",
    "Unhurried",
    "as_checked",
    "at_most",
    "options",
    "required",
    "said_at_field",
]
