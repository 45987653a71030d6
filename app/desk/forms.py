"""What the direction types to give a role."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Optional

from app.core.forms import Form, at_most, options
from app.core.i18n import _l
from app.core.rights import Role

ROLE_WORDS: dict[str, Any] = {
    Role.REFERENT: _l("Référent d’un comité"),
    Role.CONSEIL: _l("Membre du conseil de maison"),
    Role.ASSOCIATION: _l("Représentant d’une association"),
    Role.DESK: _l("Accueil"),
    Role.DIRECTOR: _l("Direction"),
    Role.ADMINISTRATOR: _l("Administration"),
}
GIVEN_HERE = (Role.REFERENT, Role.DESK, Role.DIRECTOR, Role.ADMINISTRATOR)
"""A seat at the conseil and an association's voice are given in their own rooms."""


class RoleForm(Form):
    role = SelectField(
        _l("Rôle"), choices=options((role.value, ROLE_WORDS[role]) for role in GIVEN_HERE)
    )
    body_id = SelectField(_l("Comité, pour un référent"), coerce=int, choices=[])
    reason = StringField(_l("Pourquoi"), validators=[Optional(), at_most(200)])

    def with_comites(self, comites: list[tuple[int, str]]) -> "RoleForm":
        """Offer these comités, and none."""
        self.body_id.choices = options([(0, _l("Aucun")), *comites])
        return self
