"""A box for each question that nobody counts."""

from wtforms import StringField
from wtforms.validators import Length, Optional

from app.administration.senacs_queries import Answers
from app.core.forms import Form


class SurveyForm(Form):
    """Its boxes are named by the codes of the questions (see `survey_form`)."""

    @property
    def typed(self) -> dict[str, str]:
        """Code → what was written."""
        return {field.name: field.data or "" for field in self if isinstance(field, StringField)}


def survey_form(found: Answers, *, filled: bool = False) -> SurveyForm:
    """The form for what is typed in; `filled` with the answers, else with what is sent."""
    asked = [it for _title, rows in found for it in rows if not it.is_counted]
    boxes = {
        it.question.code: StringField(
            it.question.text,
            validators=[Optional(), Length(max=20)],
            description=it.question.how,
        )
        for it in asked
    }
    form: SurveyForm = type("SurveyFormOfYear", (SurveyForm,), boxes)()
    if filled:
        for it in asked:
            written = None if it.value is None else f"{it.value:f}".replace(".", ",")
            form[it.question.code].data = written
    return form
