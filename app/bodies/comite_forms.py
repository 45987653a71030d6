"""What is typed about a comité and its documents."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField

from app.bodies.labels import THEMES
from app.core.forms import Form, at_most, options, required
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
