"""What is typed about a comité, its documents, a seat."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField

from app.bodies.labels import COLLEGES, THEMES
from app.core.forms import Form, Optional, at_most, options, required
from app.core.i18n import _l


class ComiteForm(Form):
    name = StringField(_l("Nom du comité"), validators=[required(), at_most(80)])
    theme = SelectField(_l("Pour qui ?"), choices=options(THEMES.items()))
    purpose = TextAreaField(_l("À quoi il sert"), validators=[at_most(5000)])


class PurposeForm(Form):
    purpose = TextAreaField(_l("À quoi il sert"), validators=[at_most(5000)])


class DocumentForm(Form):
    title = StringField(_l("Titre du document"), validators=[required(), at_most(160)])
    file = FileField(
        _l("Document PDF (6 Mo au plus)"),
        validators=[FileRequired(_l("Choisissez un document PDF."))],
    )


class SeatForm(Form):
    college = SelectField(_l("Collège"), choices=options(COLLEGES.items()))
    is_titulaire = BooleanField(_l("Titulaire (sinon, suppléant)"), default=True)
    is_voting = BooleanField(_l("A le droit de vote (sinon, voix consultative)"), default=True)
    starts_on = DateField(_l("Début du mandat"), validators=[required()])
    ends_on = DateField(_l("Fin prévue"), validators=[Optional()])

    def seat(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "college": self.college.data,
            "is_titulaire": self.is_titulaire.data,
            "is_voting": self.is_voting.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
        }
