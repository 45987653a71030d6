"""What is typed in an election without candidates."""

from collections.abc import Sequence

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange

from app.core.forms import Form, Optional, at_most, options, required
from app.core.i18n import _, _l
from app.mandates.role_labels import VOICES


class ElectionForm(Form):
    title = StringField(
        _l("Le rôle"),
        description=_l("Par exemple : référent du comité, responsable du jardin."),
        validators=[required(), at_most(120)],
    )
    months = IntegerField(
        _l("Pour combien de mois ?"),
        default=12,
        validators=[required(), NumberRange(1, 120, _l("De 1 à 120 mois."))],
    )
    criteria = TextAreaField(
        _l("Ce que ce rôle demande"),
        description=_l("Dites-le avant les noms : temps, qualités, ce qu’il faut savoir faire."),
        validators=[required(), at_most(2000)],
    )
    is_referent = BooleanField(_l("Ce rôle est celui de référent : le donner sur le site à la fin"))


class NameForm(Form):
    named = SelectField(_l("La personne que vous nommez"), coerce=int, choices=[])
    reason = TextAreaField(_l("Pourquoi elle ?"), validators=[required(), at_most(600)])

    def offering(self, people: Sequence[tuple[int, str]]) -> "NameForm":
        """Offer people (id, name); nobody is put forward."""
        self.named.choices = options([(0, _("Choisissez")), *people])
        return self


class VoiceForm(Form):
    voice = RadioField(_l("Votre voix"), choices=options(VOICES.items()))
    reason = TextAreaField(
        _l("Pourquoi ?"),
        description=_l("Nécessaire pour une objection."),
        validators=[Optional(), at_most(600)],
    )
