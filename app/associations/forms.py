"""What is typed about an association, a connection or a collectif."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    EmailField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.associations.details import (
    Details,
    checked_phone,
    checked_rna,
    checked_siren,
    checked_siret,
)
from app.associations.families import FAMILIES
from app.associations.models import Association
from app.associations.publics import PUBLICS
from app.core.forms import (
    EMAIL,
    Form,
    Optional,
    Unhurried,
    as_checked,
    at_most,
    options,
    required,
)
from app.core.i18n import _l
from app.core.websites import checked_website

Choices = Iterable[tuple[int, str]]
PHONE, WEBSITE = as_checked(checked_phone), as_checked(checked_website)
RNA, SIREN, SIRET = map(as_checked, (checked_rna, checked_siren, checked_siret))
ANYWHERE = _l("Tout le territoire, ou ailleurs")


class AssociationForm(Unhurried):
    """A directory entry."""

    name = StringField(_l("Nom de l’association"), validators=[required(), at_most(120)])
    purpose = TextAreaField(
        _l("À quoi sert-elle ?"),
        description=_l("En une ou deux phrases."),
        validators=[required(), at_most(600)],
    )
    activities = TextAreaField(
        _l("Ses activités"),
        description=_l("Ce que l’on peut y faire, les jours et les horaires."),
        validators=[Optional(), at_most(4000)],
    )
    family = SelectField(
        _l("Son domaine"),
        choices=options([("", _l("Choisir")), *FAMILIES.items()]),
        validators=[required(_l("Choisissez un domaine dans la liste."))],
    )
    quartier_id = SelectField(_l("Son quartier"), coerce=int, choices=[])
    publics = SelectMultipleField(
        _l("Pour qui ?"),
        choices=options(PUBLICS.items()),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    email = EmailField(_l("Adresse e-mail"), validators=[Optional(), EMAIL, at_most(254)])
    phone = TelField(_l("Téléphone"), validators=[Optional(), at_most(30), PHONE])
    website = StringField(_l("Site internet"), validators=[Optional(), at_most(190), WEBSITE])
    address = StringField(_l("Adresse"), validators=[Optional(), at_most(200)])
    rna = StringField(
        _l("Numéro RNA"),
        description=_l("Sur le récépissé de la préfecture. Il commence par W."),
        validators=[Optional(), at_most(20), RNA],
    )
    siren = StringField(_l("SIREN"), validators=[Optional(), at_most(20), SIREN])
    siret = StringField(_l("SIRET"), validators=[Optional(), at_most(25), SIRET])

    def with_quartiers(self, quartiers: Choices) -> "AssociationForm":
        """Offer these quartiers, and none of them."""
        self.quartier_id.choices = options([(0, ANYWHERE), *quartiers])
        return self

    def details(self) -> Details:
        """What the services take."""
        typed: dict[str, Any] = {name: self[name].data for name in Details.__dataclass_fields__}
        typed |= {name: typed[name] or None for name in ("rna", "siren", "siret", "email")}
        typed |= {name: typed[name] or None for name in ("phone", "website", "quartier_id")}
        typed |= {"publics": tuple(typed["publics"] or ())}
        return Details(**typed)


def filled(association: Association) -> dict[str, object]:
    """What the form starts from, for an association that exists."""
    names = [name for name in Details.__dataclass_fields__ if name not in ("publics",)]
    return {
        **{name: getattr(association, name) for name in names},
        "quartier_id": association.quartier_id or 0,
        "publics": [row.public for row in association.publics],
    }


class RefusalForm(Form):
    reason = TextAreaField(
        _l("Que faut-il corriger ?"),
        description=_l("La personne lira ces mots."),
        validators=[required(), at_most(1000)],
    )


class ConnectionForm(Form):
    """Which of one's associations asks, and a word."""

    from_id = SelectField(_l("Au nom de"), coerce=int, choices=[])
    message = TextAreaField(
        _l("Un mot pour vous présenter"), validators=[Optional(), at_most(1000)]
    )

    def for_associations(self, mine: Choices) -> "ConnectionForm":
        """Offer these associations; a single one is chosen already."""
        self.from_id.choices = options(mine)
        return self


class CollectifForm(Unhurried):
    name = StringField(_l("Nom du collectif"), validators=[required(), at_most(120)])
    purpose = TextAreaField(
        _l("Que voulez-vous faire ensemble ?"), validators=[required(), at_most(1000)]
    )
    quartier_id = SelectField(_l("Dans quel quartier ?"), coerce=int, choices=[])

    def with_quartiers(self, quartiers: Choices) -> "CollectifForm":
        """Offer these quartiers, and none of them."""
        self.quartier_id.choices = options([(0, ANYWHERE), *quartiers])
        return self


class InviteForm(Form):
    who = StringField(
        _l("Numéro de carte ou adresse e-mail"),
        description=_l("Les 8 chiffres de sa carte, ou son adresse e-mail."),
        validators=[required(), at_most(254)],
    )


class ReferentForm(Form):
    resident_id = SelectField(_l("Référent"), coerce=int, choices=[])
