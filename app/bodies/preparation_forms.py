"""What is typed to prepare a meeting together."""

from datetime import datetime

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange

from app.core.forms import Form, Optional, ParisDateTimeField, at_most, required
from app.core.i18n import _l


class DatesForm(Form):
    title = StringField(_l("Pour quelle réunion ?"), validators=[required(), at_most(160)])
    slot_1 = ParisDateTimeField(_l("Première date"), validators=[required()])
    slot_2 = ParisDateTimeField(_l("Deuxième date"), validators=[required()])
    slot_3 = ParisDateTimeField(_l("Troisième date"), validators=[Optional()])
    slot_4 = ParisDateTimeField(_l("Quatrième date"), validators=[Optional()])
    slot_5 = ParisDateTimeField(_l("Cinquième date"), validators=[Optional()])

    def slots(self) -> list[datetime]:
        """The moments that were typed."""
        fields = (self.slot_1, self.slot_2, self.slot_3, self.slot_4, self.slot_5)
        return [field.data for field in fields if field.data is not None]


class RequestForm(Form):
    title = StringField(_l("Le point, en une phrase"), validators=[required(), at_most(200)])
    reason = TextAreaField(_l("Pourquoi en parler ?"), validators=[at_most(1000)])
    proposal_id = IntegerField(
        _l("Proposition n°"),
        validators=[
            Optional(),
            NumberRange(1, 2_147_483_647, _l("Écrivez le numéro de la proposition.")),
        ],
    )


class DeclineForm(Form):
    answer = TextAreaField(_l("Pourquoi ?"), validators=[required(), at_most(500)])
