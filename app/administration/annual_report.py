"""The annual report, on paper: the figures of a period, and what the conseil de maison decided."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.administration import annual_shares
from app.administration.annual_words import method, words
from app.bodies.labels import OUTCOMES
from app.bodies.models import CONSEIL
from app.bodies.report_queries import HeldMeeting, MadeDecision, held_meetings, made_decisions
from app.centre.settings import rule
from app.core.clock import civil_day, today
from app.core.hours import read_fr
from app.core.i18n import _, _n
from app.core.pdf import make_pdf
from app.core.typography import date_fr, number_fr, typo
from app.indicators.details import Detail, detail
from app.indicators.linking import serving
from app.indicators.matrix import AXES, INDICATORS
from app.indicators.periods import Period
from app.indicators.privacy import Cell
from app.indicators.queries import Figure, threshold
from app.indicators.wording import confidence

IN_BRIEF = ("3.2.3", "1.2.3", "1.1.3", "1.2.1", "2.2.2", "3.3.2", "1.1.1", "3.2.2", "3.3.3")
MOST_IN_BRIEF = 6
"""What the first page tells: the first of these that have something to tell."""

MOST_BARS = 8
MOST_SERVED = 6
"""What a line under an operational objective names of what serves it: the newest links."""


def annual_report(period: Period) -> bytes:
    """The report in PDF/UA; what is hidden from the public is hidden in it.

    Some seven statements for each of the 27 figures, and seven more.
    """
    details = [detail(code, period, public=True) for code in INDICATORS]
    meetings = held_meetings(CONSEIL, period.start, period.end)
    decisions = made_decisions(CONSEIL, period.start, period.end)
    by_code = {it.figure.code: it for it in details}
    served = serving()

    def titles(aim: str) -> list[str]:
        return [typo(one.title) for one in served.get(aim, [])[:MOST_SERVED]]

    return make_pdf(
        "annual",
        centre=rule("centre_name"),
        title=_("Rapport d’activité %(period)s", period=period.label),
        subtitle=_("Ce que nous avons fait ensemble, et ce qui en est compté"),
        days=_days(period),
        running=_("Chiffres arrêtés au %(day)s.", day=date_fr(today()))
        if period.is_running
        else "",
        contact=[rule(key) for key in ("centre_address", "centre_phone", "centre_email")],
        before=_before(period),
        period=period.label[:1].upper() + period.label[1:],
        brief=_in_brief(by_code),
        targets=_targets(details),
        axes=[
            {
                "code": axe.code,
                "title": axe.title,
                "objectives": [
                    {
                        "code": objective.code,
                        "title": objective.title,
                        "aims": [
                            {"words": aim.words, "served": titles(aim.code)}
                            for aim in objective.operational
                        ],
                        "figures": [_figure(by_code[it.code]) for it in objective.indicators],
                    }
                    for objective in axe.objectives
                ],
            }
            for axe in AXES
        ],
        conseil=_conseil(meetings, decisions),
        shares=annual_shares.shares(period),
        published=annual_shares.published(period),
        method=method(),
        words=words(),
    )


def _days(period: Period) -> str:
    return _("Du %(first)s au %(last)s", first=date_fr(period.start), last=date_fr(period.end))


def _before(period: Period) -> str:
    if not period.is_running:
        return period.previous.label
    last = period.compared_until
    return _("du %(first)s au %(last)s", first=date_fr(period.previous.start), last=date_fr(last))


def _number(value: float | None) -> str:
    return _("moins de %(n)d", n=threshold()) if value is None else read_fr(value)


def _in_brief(by_code: dict[str, Detail]) -> list[dict[str, str]]:
    found = [by_code[code].figure for code in IN_BRIEF]
    told = [it for it in found if it.value or it.hidden]
    return [_brief(it) for it in told[:MOST_IN_BRIEF]]


def _brief(figure: Figure) -> dict[str, str]:
    return {
        "value": _number(figure.value),
        "words": figure.after,
        "what": figure.indicator.short_title,
        "change": _change(figure),
    }


def _change(figure: Figure) -> str:
    """« 12 de plus qu’avant »; nothing where one of the two is hidden."""
    if figure.change is None or not (figure.value or figure.before):
        return ""
    if figure.change == 0:
        return _("autant qu’avant")
    if figure.change > 0:
        return _("%(number)s de plus qu’avant", number=read_fr(figure.change))
    return _("%(number)s de moins qu’avant", number=read_fr(-figure.change))


def _targets(details: Sequence[Detail]) -> str:
    aimed = [it.figure for it in details if it.figure.target is not None]
    if not aimed:
        return ""
    reached = sum(1 for it in aimed if _is_reached(it))
    return _n(
        "%(reached)s sur %(num)d cible fixée est atteinte.",
        "%(reached)s cibles atteintes sur %(num)d fixées.",
        len(aimed),
        reached=number_fr(reached),
    )


def _is_reached(figure: Figure) -> bool:
    return figure.target is not None and (figure.value or 0) >= figure.target


def _figure(found: Detail) -> dict[str, Any]:
    figure, definition = found.figure, found.figure.definition
    chart_title, bars = _bars(found)
    return {
        "code": figure.code,
        "title": figure.indicator.title,
        "short": figure.indicator.short_title,
        "value": _number(figure.value),
        "words": figure.after,
        "target": "" if figure.target is None else read_fr(figure.target),
        "reached": _is_reached(figure),
        "before": _number(figure.before),
        "change": _change(figure),
        "beside": [
            f"{_number(it.value)} {it.after}" for it in figure.beside if it.value or it.hidden
        ],
        "counts": str(definition.explanation),
        "excludes": str(definition.excludes),
        "sure": confidence(definition).partition("\u00a0:")[0],
        "note": _note(found),
        "chart": chart_title,
        "bars": bars,
        "alt": _told(chart_title, bars),
    }


def _note(found: Detail) -> str:
    if not found.unminuted:
        return ""
    return _n(
        "%(num)d réunion n’a pas encore de compte rendu publié.",
        "%(num)d réunions n’ont pas encore de compte rendu publié.",
        found.unminuted,
    )


def _bars(found: Detail) -> tuple[str, list[dict[str, Any]]]:
    """A title, and the bars: by instance or quartier where people are counted, else by month.

    Months would give small numbers of people away, one less the other.
    """
    figure = found.figure
    if not figure.value:
        return "", []
    if figure.definition.is_people:
        named = [cell for cell in found.by_body if cell.value or cell.hidden]
        if named:
            return _("Par instance"), _cells(named)
        places = [cell for cell in found.by_quartier if cell.value or cell.hidden]
        return (_("Par quartier"), _cells(places)) if len(places) > 1 else ("", [])
    if found.period.longer_than_a_year:
        return _("Par quartier"), _cells(found.by_quartier)
    added, last = [], 0.0
    for label, value in found.months:
        added.append(_bar(label, None if value is None else value - last))
        last = last if value is None else value
    if figure.definition.spans:
        shown = [_bar(label, value) for label, value in found.months]
        return _("En tout, à la fin de chaque mois"), shown
    return _("Mois après mois"), added


def _bar(label: str, value: float | None) -> dict[str, Any]:
    return {
        "label": label,
        "value": value or 0,
        "shown": "" if value is None else read_fr(value),
        "upright": True,
    }


def _cells(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    return [
        {
            "label": cell.label,
            "value": cell.value or 0,
            "shown": _("caché") if cell.hidden else read_fr(cell.value or 0),
            "upright": False,
        }
        for cell in cells[:MOST_BARS]
    ]


def _told(title: str, bars: Sequence[dict[str, Any]]) -> str:
    """The chart in words, for whoever listens to it."""
    told = ", ".join(f"{bar['label']} {bar['shown']}" for bar in bars if bar["shown"])
    return f"{title}. {told}." if told else ""


def _conseil(meetings: Sequence[HeldMeeting], decisions: Sequence[MadeDecision]) -> dict[str, Any]:
    outcomes = Counter(it.outcome for it in decisions)
    return {
        "meetings": [
            {
                "day": date_fr(civil_day(it.starts_at)),
                "title": typo(it.title),
                "present": number_fr(it.present),
                "quorum": "–" if it.has_quorum is None else _("oui") if it.has_quorum else _("non"),
                "minutes": it.minutes_number or _("à venir"),
            }
            for it in meetings
        ],
        "decisions": [
            {
                "number": it.number,
                "title": typo(it.title),
                "outcome": str(OUTCOMES[it.outcome]),
                "day": date_fr(it.decided_on),
            }
            for it in decisions
        ],
        "sums": [
            {"what": str(words), "value": number_fr(outcomes[code])}
            for code, words in OUTCOMES.items()
            if outcomes[code]
        ],
    }
