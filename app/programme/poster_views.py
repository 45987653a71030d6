"""Posters to print and pin up."""

from flask.typing import ResponseReturnValue

from app.core.limits import limiter
from app.core.pdf import pdf_answer
from app.core.policies import public
from app.programme import calendar_queries
from app.programme.blueprint import bp
from app.programme.calendar_filters import asked, asked_day
from app.programme.poster_pdf import poster as drawn_poster


@bp.get("/programme/affiche-<any(semaine, mois):span>.pdf")
@limiter.limit("60 per hour")
@public
def poster(span: str) -> ResponseReturnValue:
    """Of the month or the week of `jour`, with the filters of the address."""
    is_month, wanted = span == "mois", asked()
    laid_out = calendar_queries.month if is_month else calendar_queries.week
    days = laid_out(asked_day(), wanted.filters)
    return pdf_answer(drawn_poster(days, wanted, is_month=is_month), f"affiche-{days.first}")
