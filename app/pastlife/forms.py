"""What is sent to bring earlier years in."""

from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form
from app.core.i18n import _l


class FileForm(Form):
    """A table."""

    file = FileField(
        _l("Votre fichier"),
        validators=[FileRequired(_l("Choisissez un fichier."))],
    )
