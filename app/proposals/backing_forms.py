"""What a project is given."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional

from app.core.forms import Form, at_most, options, required
from app.core.i18n import _l
from app.proposals.backing import KINDS, LONGEST_NOTE, MOST_EUROS


class BackingForm(Form):
    kind = SelectField(_l("L’aide"), choices=options(KINDS.items()), validators=[required()])
    note = StringField(
        _l("En quelques mots"),
        validators=[
            required(_l("Dites en quelques mots ce qui a été donné.")),
            at_most(LONGEST_NOTE),
        ],
        description=_l("Par exemple : la grande salle, trois samedis. Tout le monde le lira."),
    )
    amount = IntegerField(
        _l("Montant, en euros"),
        validators=[
            Optional(),
            NumberRange(1, MOST_EUROS, _l("Un montant entre 1 euro et un million.")),
        ],
        description=_l("Pour une aide en argent seulement"),
    )

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {
            "kind": str(self.kind.data),
            "note": str(self.note.data),
            "amount": self.amount.data,
        }
