"""What people type around moderation."""

from datetime import timedelta
from typing import Any

from wtforms import DateField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from app.core.charter import CHARTER
from app.core.clock import today
from app.core.forms import Form, Unhurried, at_most, options, required
from app.core.i18n import _l
from app.moderation.cases import LONGEST_CONTEST
from app.moderation.kinds import Content, Kind
from app.moderation.reports import LONGEST_WORDS
from app.moderation.sanctions import LONGEST_REASON

RULES = options([(rule.key, rule.label) for rule in CHARTER.values()])
CHOOSE = _l("Choisissez une règle.")
A_WEEK = timedelta(days=7)


class ReportForm(Unhurried):
    rule = RadioField(
        _l("Quelle règle n’est pas respectée ?"), choices=RULES, validators=[required(CHOOSE)]
    )
    words = TextAreaField(
        _l("Voulez-vous préciser ?"), validators=[Optional(), at_most(LONGEST_WORDS)]
    )


class VersionForm(Form):
    """`version` is that of the case as the moderator read it."""

    version = HiddenField(default="0")

    @property
    def version_seen(self) -> int:
        """0, which no case has, when it was tampered with."""
        seen = str(self.version.data)
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


class HideForm(VersionForm):
    rule = SelectField(
        _l("Quelle règle n’est pas respectée ?"),
        choices=[*options([("", _l("Choisissez…"))]), *RULES],
        validators=[required(CHOOSE)],
    )
    words = TextAreaField(
        _l("Un mot pour l’auteur"), validators=[Optional(), at_most(LONGEST_WORDS)]
    )


class EditForm(HideForm):
    words = TextAreaField(
        _l("Ce que vous avez changé"),
        validators=[required(_l("Dites ce que vous avez changé.")), at_most(300)],
    )

    def texts(self) -> dict[str, str]:
        """The new text of each field of the content."""
        return {
            name.removeprefix("text_"): str(field.data or "")
            for name, field in self._fields.items()
            if name.startswith("text_")
        }


def edit_form(kind: Kind, content: Content | None, **values: Any) -> EditForm:
    """The form that changes this kind of content, filled with its words."""
    fields = {
        f"text_{name}": TextAreaField(label, validators=[Optional(), at_most(longest)])
        for name, (label, longest) in kind.texts.items()
    }
    made = type("EditContentForm", (EditForm,), fields)
    words = {f"text_{name}": text for name, text in kind.words(content).items()} if content else {}
    form: EditForm = made(prefix="modifier-", data={**words, **values}, **_formdata(values))
    return form


def _formdata(values: dict[str, Any]) -> dict[str, Any]:
    return {"formdata": None} if values else {}


class ContestForm(Unhurried):
    words = TextAreaField(
        _l("Pourquoi n’êtes-vous pas d’accord ?"),
        validators=[
            required(_l("Dites-nous pourquoi vous n’êtes pas d’accord.")),
            at_most(LONGEST_CONTEST),
        ],
    )


class SanctionForm(Form):
    last_day = DateField(
        _l("Dernier jour de la suspension"),
        validators=[required(_l("Choisissez un jour."))],
        default=lambda: today() + A_WEEK,
    )
    reason = TextAreaField(
        _l("Pourquoi ?"),
        validators=[
            required(_l("Dites pourquoi : la personne le lira.")),
            at_most(LONGEST_REASON),
        ],
    )
