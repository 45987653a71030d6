"""What is typed while a meeting sits."""

from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Regexp

from app.bodies.deliberation_consent import LONGEST_REASON
from app.bodies.deliberation_services import LONGEST_QUESTION, LONGEST_TEXT, MOST_HANDS, Hands
from app.bodies.labels import VOICES, WAYS
from app.core.forms import Form, Optional, ParisDateTimeField, at_most, options, required
from app.core.i18n import _, _l

CARD = r".*?(\d[\d ]{6,9}\d)\s*\Z"


class CardForm(Form):
    number = StringField(
        _l("Numéro de carte"),
        description=_l("Les 8 chiffres de la carte, tapés ou lus par une douchette."),
        validators=[required(), at_most(300), Regexp(CARD, message=_l("Écrivez 8 chiffres."))],
    )

    def digits(self) -> str:
        """The number, without its blanks, nor the address that a reader may give before it."""
        return "".join(char for char in (self.number.data or "") if char.isdigit())[-8:]


class HolderForm(Form):
    holder = SelectField(_l("Qui parlera à sa place ?"), coerce=int, validators=[required()])

    def among(self, people: list[tuple[int, str]]) -> "HolderForm":
        """Offer these people, by number and name."""
        self.holder.choices = options([(0, _("Choisissez une personne")), *people])
        return self


class ReconveneForm(Form):
    starts_at = ParisDateTimeField(_l("Nouvelle date"), validators=[required()])
    ends_at = ParisDateTimeField(_l("Fin prévue"), validators=[Optional()])

    def hours(self) -> dict[str, Any]:
        """What the service takes."""
        return {"starts_at": self.starts_at.data, "ends_at": self.ends_at.data}


class QuestionForm(Form):
    question = TextAreaField(
        _l("La question"),
        description=_l("Une phrase à laquelle on répond par pour ou contre."),
        validators=[required(), at_most(LONGEST_QUESTION)],
    )
    way = RadioField(_l("Comment décide-t-on ?"), choices=options(WAYS.items()), default="hands")
    text = TextAreaField(
        _l("Le texte proposé"),
        description=_l("Pour une décision par consentement seulement."),
        validators=[at_most(LONGEST_TEXT)],
    )

    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "question": self.question.data or "",
            "way": self.way.data,
            "text": self.text.data or "",
        }


def _count(label: Any) -> IntegerField:
    return IntegerField(
        label,
        default=0,
        validators=[
            Optional(),
            NumberRange(0, MOST_HANDS, _l("Écrivez un nombre, à partir de 0.")),
        ],
    )


class HandsForm(Form):
    votes_for = _count(_l("Pour"))
    votes_against = _count(_l("Contre"))
    abstained = _count(_l("Abstention"))
    withheld = _count(_l("Ne prend pas part au vote"))

    def hands(self) -> Hands:
        """What the service takes; an empty box is nobody."""
        return Hands(**{field.short_name: field.data or 0 for field in self})


class VoiceForm(Form):
    voice = RadioField(_l("Votre voix"), choices=options(VOICES.items()), validators=[required()])
    reason = TextAreaField(
        _l("Votre raison"),
        description=_l("À écrire pour une objection. Les membres la lisent."),
        validators=[at_most(LONGEST_REASON)],
    )


class AmendForm(Form):
    text = TextAreaField(_l("La nouvelle version"), validators=[required(), at_most(LONGEST_TEXT)])
