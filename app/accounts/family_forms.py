"""What is typed about a family."""

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import NumberRange

from app.accounts.family_services import LONGEST_REASON, ChildFacts
from app.accounts.models import Resident
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _l


class ChildForm(Form):
    """As little as is needed: neither a family name nor a day of birth."""

    nickname = StringField(_l("Prénom ou surnom de l’enfant"), validators=[required(), at_most(40)])
    year_of_birth = IntegerField(
        _l("Année de naissance"),
        validators=[required(), NumberRange(1900, 2100, _l("Écrivez une année, comme 2015."))],
    )
    quartier_id = SelectField(_l("Quartier"), coerce=int, choices=[])

    def with_quartiers(self, quartiers: list[tuple[int, str]]) -> "ChildForm":
        """Offer « ailleurs », then these quartiers."""
        self.quartier_id.choices = options([(0, _l("Ailleurs, ou je ne sais pas")), *quartiers])
        return self

    def facts(self) -> ChildFacts:
        """What the services take."""
        return {
            "nickname": str(self.nickname.data),
            "year_of_birth": int(self.year_of_birth.data or 0),
            "quartier_id": self.quartier_id.data or None,
        }


def form_of(child: Resident) -> ChildForm:
    """The form of a child, filled with what is known."""
    return ChildForm(
        nickname=child.called,
        year_of_birth=child.year_of_birth,
        quartier_id=child.quartier_id or 0,
    )


class InviteForm(Form):
    who = StringField(
        _l("Numéro de carte ou adresse e-mail de l’autre adulte"),
        validators=[required(), at_most(254)],
    )


class AcceptForm(Form):
    home = RadioField(
        _l("Où vit l’enfant ?"),
        choices=options(
            [("same", _l("Nous vivons ensemble")), ("other", _l("Nous avons deux foyers"))]
        ),
        validators=[required(_l("Choisissez l’un des deux."))],
    )


class EndLinkForm(Form):
    reason = StringField(_l("Pourquoi ?"), validators=[required(), at_most(LONGEST_REASON)])


class HomeForm(Form):
    name = StringField(_l("Nom du foyer"), validators=[required(), at_most(80)])


class LinkForm(Form):
    card = StringField(_l("Numéro de carte"), validators=[required(), at_most(20)])
