"""What the direction types to give a role, or to take it back."""

from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional

from app.accounts.roles import ROLE_WORDS
from app.administration.naming import GIVEN_HERE
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _l
from app.core.rights import Role

Choices = list[tuple[int, str]]


class RoleForm(Form):
    role = SelectField(
        _l("Rôle"), choices=options((role.value, ROLE_WORDS[role]) for role in GIVEN_HERE)
    )
    body_id = SelectField(_l("Comité, pour un référent"), coerce=int, choices=[])
    association_id = SelectField(_l("Association, pour un représentant"), coerce=int, choices=[])
    ends_on = DateField(
        _l("Dernier jour"),
        description=_l("Sans date, le rôle vaut jusqu’à ce qu’on le retire."),
        validators=[Optional()],
    )
    reason = StringField(
        _l("Pourquoi"),
        description=_l("Écrit au journal. La personne est prévenue du rôle."),
        validators=[required(), at_most(200)],
    )

    def with_places(self, comites: Choices, associations: Choices) -> "RoleForm":
        """Offer these comités and associations, and none."""
        self.body_id.choices = options([(0, _l("Aucun")), *comites])
        self.association_id.choices = options([(0, _l("Aucune")), *associations])
        return self

    def naming(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "role": Role(self.role.data),
            "body_id": self.body_id.data or None,
            "association_id": self.association_id.data or None,
            "ends_on": self.ends_on.data,
            "reason": str(self.reason.data),
        }


class EndRoleForm(Form):
    reason = StringField(
        _l("Pourquoi"),
        description=_l("Écrit au journal, et dit à la personne."),
        validators=[required(), at_most(200)],
    )
