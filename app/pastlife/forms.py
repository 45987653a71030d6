"""What is sent to bring earlier years in."""

from flask_wtf.file import FileField, FileRequired

from app.core.forms import Form
from app.core.i18n import _l


class FileForm(Form):
    """A table."""

    file = FileField(
        _l("Votre fichier"),
        description=_l("XLSX ou CSV, 6 Mo et 50 000 lignes au plus."),
        validators=[FileRequired(_l("Choisissez un fichier."))],
    )
