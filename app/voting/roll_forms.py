"""What is typed about the roll: who votes for me, why I should be on it, what is answered."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange

from app.core.forms import Form, at_most, required
from app.core.i18n import _l


class HolderForm(Form):
    holder = StringField(
        _l("Qui votera pour vous ?"),
        description=_l(
            "Son prénom et son nom en entier, ou le numéro de sa carte, ou son adresse e-mail."
        ),
        validators=[required(), at_most(254)],
    )


class ClaimForm(Form):
    reason = TextAreaField(
        _l("Pourquoi devriez-vous être sur la liste ?"),
        description=_l("Par exemple : je suis membre du comité depuis septembre."),
        validators=[required(), at_most(1000)],
    )


class AnswerForm(Form):
    answer = TextAreaField(
        _l("Pourquoi refuser ?"),
        description=_l("La personne lira cette raison."),
        validators=[required(), at_most(500)],
    )


class ReasonForm(Form):
    reason = TextAreaField(
        _l("Pourquoi ?"),
        description=_l("Cette raison reste dans le journal de l’équipe."),
        validators=[required(), at_most(300)],
    )


class PileForm(Form):
    size = IntegerField(
        _l("Combien de bulletins dans cette pile ?"),
        description=_l("De 1 à 100. Comptez-les deux fois. Gardez-les dans le même ordre."),
        validators=[required(), NumberRange(1, 100, _l("Entre 1 et 100."))],
    )
