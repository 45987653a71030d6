"""The annual report."""

from flask.typing import ResponseReturnValue

from app.administration import annual_report as annual
from app.administration.blueprint import bp
from app.core.errors import Invalid
from app.core.limits import by_person, limiter
from app.core.pdf import pdf_answer
from app.core.policies import allowed
from app.indicators.forms import PeriodForm
from app.indicators.policies import can_set_target


@bp.get("/rapport-annuel.pdf")
@allowed(can_set_target)
@limiter.limit("20 per hour", key_func=by_person)
def annual_report() -> ResponseReturnValue:
    form = PeriodForm.asked()
    if form.errors:
        raise Invalid(str(next(iter(form.errors.values()))[0]))
    return pdf_answer(annual.annual_report(form.period), f"rapport-{form.period.key}")
