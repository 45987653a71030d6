"""What the direction may set."""

from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.centre.rule_shape import Rule
from app.centre.rule_table import RULES
from app.centre.settings import default
from app.core.clock import today
from app.core.forms import EMAIL, Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.phones import normalised

WHOLE_NUMBER = _l("Écrivez un nombre entre %(min)s et %(max)s.")

NO_NAME = _l("Écrivez un nom. Pour reprendre celui d’origine, utilisez « Remettre ».")
NO_NUMBER = _l("Ce numéro ne semble pas complet. Exemple : 01 23 45 67 89.")


class AgesField(Field):
    """Rising ages typed between commas, given as whole numbers: « 11, 26, 60 »."""

    widget = TextInput()

    def process_data(self, value: Any) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        parts = " ".join(valuelist).replace(",", " ").replace(";", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
            self.data = None
            raise ValidationError(_("Écrivez des âges séparés par des virgules, comme 11, 26, 60."))
        self.data = [int(part) for part in parts]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(str(age) for age in self.data or ())


def _dialled(_form: Form, field: Field) -> None:
    """A number that can be dialled, shown as it was typed."""
    try:
        normalised(field.data)
    except ValueError as error:
        raise ValidationError(NO_NUMBER) from error


def _said(_form: Form, field: Field) -> None:
    """A day that was emptied: it means nothing by itself, least of all today."""
    if field.raw_data and not str(field.raw_data[0]).strip():
        field.errors = []
        raise StopValidation(
            _("Dites à partir de quel jour. Aujourd’hui, si rien du passé ne doit changer.")
        )


def _field(rule: Rule) -> Any:
    if isinstance(rule.default, bool):
        return BooleanField(rule.label, description=rule.help)
    if isinstance(rule.default, tuple):
        return AgesField(rule.label, description=rule.help, validators=[required()])
    if rule.choices:
        return SelectField(
            rule.label, description=rule.help, coerce=int, choices=options(rule.choices)
        )
    if isinstance(rule.default, int):
        within = NumberRange(rule.low, rule.high, WHOLE_NUMBER)
        return IntegerField(rule.label, description=rule.help, validators=[required(), within])
    checks: list[Any] = [required(NO_NAME) if rule.needed else Optional(), at_most(rule.longest)]
    if rule.is_email:
        checks.append(EMAIL)
    if rule.is_phone:
        checks.append(_dialled)
    return StringField(rule.label, description=rule.help, validators=checks)


class RulesForm(Form):
    """One field a rule of a section, made from the table of rules."""

    keys: tuple[str, ...] = ()
    since: DateField | None = None
    """From which day on, where some of them say what counts."""
    sure: HiddenField | None = None

    @property
    def from_day(self) -> date | None:
        """The day that was typed."""
        return self.since.data if self.since is not None else None

    @property
    def is_sure(self) -> bool:
        """Whether what a day of a year gone by would change was read, and accepted."""
        return self.sure is not None and self.sure.data == "oui"

    def rules(self) -> dict[str, Any]:
        """What was typed; a text left empty goes back to its default."""
        typed = {key: self[key].data for key in self.keys}
        return {key: default(key) if value in (None, "") else value for key, value in typed.items()}


def rules_form(section: str) -> type[RulesForm]:
    """The form of one section."""
    keys = tuple(rule.key for rule in RULES.values() if rule.section == section)
    fields: dict[str, Any] = {key: _field(RULES[key]) for key in keys}
    if any(RULES[key].recounts for key in keys):
        fields["since"] = DateField(
            _l("À partir du"),
            description=_l(
                "Pour ce qui compte : ce qui s’est passé avant ce jour reste compté comme avant."
            ),
            default=today,
            validators=[_said],
        )
        fields["sure"] = HiddenField()
    return type("SectionForm", (RulesForm,), {"keys": keys, **fields})


class QuartierForm(Form):
    name = StringField(_l("Nom du quartier"), validators=[required(), at_most(80)])
    is_qpv = BooleanField(_l("Quartier prioritaire de la politique de la ville"))


class CategoryForm(Form):
    name = StringField(_l("Nom de la catégorie"), validators=[required(), at_most(80)])
