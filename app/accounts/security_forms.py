"""What is typed to protect one's account."""

from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Optional

from app.accounts.methods import LONGEST_SECRET
from app.core.forms import EMAIL, Form, at_most, required
from app.core.i18n import _l


class CodeForm(Form):
    """The code on the phone, or a spare one."""

    code = StringField(_l("Code"), validators=[required(), at_most(20)])


class ProofForm(Form):
    """What shows that the person at this screen is the one who signed in.

    The box may stay empty: the service says when someone has nothing to write in it.
    """

    proof = PasswordField(
        _l("Pour vérifier que c’est vous"), validators=[Optional(), at_most(LONGEST_SECRET)]
    )


class AddFactorForm(ProofForm):
    """The code of a new phone, and a proof: an unlocked screen must not be enough."""

    code = StringField(_l("Code"), validators=[required(), at_most(20)])


class ChangePasswordForm(ProofForm):
    password = PasswordField(
        _l("Nouveau mot de passe"), validators=[required(), at_most(LONGEST_SECRET)]
    )


class ChangeEmailForm(ProofForm):
    email = EmailField(_l("Nouvelle adresse e-mail"), validators=[required(), EMAIL, at_most(254)])
