"""What the direction may set."""

from typing import Any

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from app.centre.settings import RULES
from app.core.forms import Form, at_most, required
from app.core.i18n import _l

WHOLE_NUMBER = _l("Écrivez un nombre entre %(min)s et %(max)s.")


def _field(rule: Any) -> Any:
    if isinstance(rule.default, int):
        within = NumberRange(rule.low, rule.high, WHOLE_NUMBER)
        return IntegerField(rule.label, description=rule.help, validators=[required(), within])
    return StringField(rule.label, description=rule.help, validators=[Optional(), at_most(160)])


class RulesForm(Form):
    """One field a rule, made from the table of rules."""

    def rules(self) -> dict[str, Any]:
        """What was typed, a rule left empty apart."""
        return {key: self[key].data for key in RULES if self[key].data not in (None, "")}


for _rule in RULES.values():
    setattr(RulesForm, _rule.key, _field(_rule))


class QuartierForm(Form):
    name = StringField(_l("Nom du quartier"), validators=[required(), at_most(80)])
    is_qpv = BooleanField(_l("Quartier prioritaire de la politique de la ville"))


class CategoryForm(Form):
    name = StringField(_l("Nom de la catégorie"), validators=[required(), at_most(80)])
