"""French first: gettext as `_`, lazily as `_l`, plurals as `_n`.

French is the source language: its sentences are the keys, and need no look-up. A page has a
hundred of them, and each look-up costs more than the rest of its line.
"""

from typing import Any

import flask_babel
from flask import Flask, g, has_app_context
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from app.core.hours import read_fr

SOURCE = "fr"

babel = Babel()


def init_i18n(app: Flask) -> None:
    """Give templates the same `_` and plurals."""
    babel.init_app(app, locale_selector=language)
    # The i18n extension adds this method to the environment when it is loaded.
    environment: Any = app.jinja_env
    environment.install_gettext_callables(_template_gettext, _template_ngettext, newstyle=True)
    environment.globals["ngettext"] = _counted


def language() -> str:
    """The language of the request being served."""
    return g.get("language", SOURCE) if has_app_context() else SOURCE


def _(message: str, **variables: Any) -> str:
    """The message in the reader's language."""
    if language() == SOURCE:
        return message % variables if variables else message
    return str(flask_babel.gettext(message, **variables))


def _n(singular: str, plural: str, num: float, **variables: Any) -> str:
    """The form for a number, the number itself as people read it; in French, zero is singular."""
    said = {"num": _readable(num), **variables}
    return _of_strings(_template_ngettext(singular, plural, num)) % said


def _l(message: str, **variables: Any) -> LazyString:
    """The message in the language of whoever will read it."""
    return LazyString(_, message, **variables)


def _template_gettext(message: str) -> str:
    return _(message)


@pass_eval_context
def _counted(
    context: EvalContext, singular: str, plural: str, num: float, **variables: Any
) -> str | Markup:
    """`_n`, for templates: what is not markup is escaped."""
    form = _of_strings(_template_ngettext(singular, plural, num))
    said = {"num": _readable(num), **variables}
    return Markup(form) % said if context.autoescape else form % said


def _readable(num: object) -> str:
    return read_fr(num) if isinstance(num, (int, float)) else str(num)


def _of_strings(form: str) -> str:
    # A number written out is no longer one that « d » takes.
    return form.replace("%(num)d", "%(num)s")


def _template_ngettext(singular: str, plural: str, num: float) -> str:
    if language() == SOURCE:
        return singular if num < 2 else plural
    return str(flask_babel.get_translations().ungettext(singular, plural, num))
