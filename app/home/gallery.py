"""The form and the page that show every component in every state at `/_composants`."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, ParisDateTimeField, at_most, options, required
from app.core.pagination import Page

DAYS = [("me", "Mercredi"), ("sa", "Samedi")]


class GalleryForm(Form):
    title = StringField("Titre", validators=[required()])
    pitch = TextAreaField("Votre idée", validators=[required(), at_most(500)])
    quartier = SelectField("Quartier", choices=options([("1", "Les Tilleuls"), ("2", "La Source")]))
    channel = RadioField(
        "Comment vous prévenir", choices=options([("e", "Par e-mail"), ("s", "Au centre")])
    )
    days = SelectMultipleField(
        "Vos jours",
        choices=options(DAYS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agree = BooleanField("J’accepte", validators=[required()])
    file = FileField("Photo")
    day = DateField("Jour", validators=[required()])
    moment = ParisDateTimeField("Moment", validators=[required()])
    secret = PasswordField("Mot de passe", validators=[required()])
    email = EmailField("Adresse e-mail", validators=[required()])


def gallery() -> dict[str, Any]:
    """The variables of `components/gallery.html`."""
    faulty = GalleryForm(prefix="faulty", formdata=None)
    faulty.validate()
    return {
        "form": GalleryForm(formdata=None),
        "faulty_form": faulty,
        "page": Page(range(20), 4, 20, 180),
    }
