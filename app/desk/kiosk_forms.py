"""What is typed on a shared tablet, and to open or close one."""

from wtforms import PasswordField, StringField

from app.core.forms import Form, at_most, required
from app.core.i18n import _l


class OpenKioskForm(Form):
    name = StringField(_l("Nom de la tablette"), validators=[required(), at_most(60)])


class CardForm(Form):
    card = StringField(
        _l("Numéro de la carte"),
        validators=[required(_l("Tapez les 8 chiffres de la carte.")), at_most(20)],
    )
    pin = PasswordField(
        _l("Code secret"),
        validators=[required(_l("Tapez les 6 chiffres du code.")), at_most(20)],
    )


class CloseKioskForm(Form):
    identifier = StringField(_l("E-mail ou numéro de carte"), validators=[required(), at_most(254)])
    secret = PasswordField(_l("Mot de passe ou code"), validators=[required(), at_most(200)])
