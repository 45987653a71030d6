"""The programme by month and by week."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.clock import today
from app.core.policies import public
from app.programme import calendar_queries
from app.programme.blueprint import bp
from app.programme.calendar_filters import WHERE, asked, asked_day
from app.programme.kinds import PUBLIC_WORDS


@bp.get("/programme/mois")
@public
def month() -> ResponseReturnValue:
    return _page("month")


@bp.get("/programme/semaine")
@public
def week() -> ResponseReturnValue:
    return _page("week")


def _page(view: str) -> ResponseReturnValue:
    wanted, day = asked(), asked_day()
    laid_out = calendar_queries.month if view == "month" else calendar_queries.week
    span = laid_out(day, wanted.filters)
    return render_template(
        "programme/calendar.html",
        view=view,
        span=span,
        title=calendar_queries.title_of(span),
        asked=wanted,
        publics=PUBLIC_WORDS,
        places=WHERE,
        this_day=today(),
        most=calendar_queries.MOST_A_DAY if view == "month" else None,
    )
