"""What is typed about one's own data."""

from typing import Any

from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.forms import PersonForm
from app.accounts.languages import LANGUAGES, kept
from app.accounts.models import Resident
from app.core.forms import Form, at_most, options, required
from app.core.i18n import _, _l
from app.core.phones import normalised

WRITINGS = (
    ("keep", _l("Garder ce que j’ai publié, sans mon nom")),
    ("erase", _l("Effacer aussi ce que j’ai publié")),
)
CHILD_WRITINGS = (
    ("keep", _l("Garder ce qui est publié, sans son nom")),
    ("erase", _l("Effacer aussi ce qui est publié")),
)
WHEN = (
    ("later", _l("Dans 7 jours : la personne peut changer d’avis")),
    ("now", _l("Tout de suite : il n’y aura pas de retour")),
)


class InformationForm(PersonForm):
    """What a person says of themselves; the e-mail address has a page of its own."""

    nickname = StringField(_l("Nom d’usage"), validators=[Optional(), at_most(40)])
    phone = TelField(_l("Téléphone"), validators=[Optional(), at_most(30)])
    languages = SelectMultipleField(
        _l("Langues parlées"),
        choices=options((language.code, language.name) for language in LANGUAGES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def of(cls, person: Resident) -> "InformationForm":
        """A form filled with what is known."""
        return cls(obj=person, data={"languages": person.languages.split(",")})

    def validate_phone(self, field: Field) -> None:
        """A number that can be dialled, kept as digits."""
        try:
            field.data = normalised(field.data)
        except ValueError as error:
            raise ValidationError(
                _("Ce numéro ne semble pas complet. Exemple : 06 12 34 56 78.")
            ) from error

    def person(self) -> dict[str, Any]:
        return {
            **super().person(),
            "nickname": self.nickname.data or None,
            "phone": self.phone.data or None,
            "languages": kept(list(self.languages.data or ())),
        }


class ProofForm(Form):
    proof = PasswordField(_l("Montrez que c’est bien vous"), validators=[at_most(200)])


class EraseForm(ProofForm):
    writings = RadioField(
        _l("Ce que vous avez publié"),
        choices=options(WRITINGS),
        default="keep",
        validators=[required()],
    )
    understood = BooleanField(
        _l("J’ai compris : après ces 7 jours, mon compte ne pourra pas revenir."),
        validators=[required(_l("Cochez cette case pour continuer."))],
    )

    def of_child(self) -> "EraseForm":
        """The same form, in the words of whoever asks it for a child."""
        self.writings.label.text = _("Ce que l’enfant a publié")
        self.writings.choices = options(CHILD_WRITINGS)
        self.understood.label.text = _(
            "J’ai compris : après ces 7 jours, ce profil ne pourra pas revenir."
        )
        return self

    @property
    def keeps_writings(self) -> bool:
        return bool(self.writings.data != "erase")


class EraseAtDeskForm(EraseForm):
    when = RadioField(_l("Quand"), choices=options(WHEN), default="later", validators=[required()])
    understood = BooleanField(
        _l("La personne est devant moi, et me l’a demandé."),
        validators=[required(_l("Cochez cette case pour continuer."))],
    )
