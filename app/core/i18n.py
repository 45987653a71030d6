"""French first: gettext as `_`, lazily as `_l`, plurals as `_n`.

French is the source language: its sentences are the keys, and need no look-up. A page has a
hundred of them, and each look-up costs more than the rest of its line.
"""

from typing import Any

import flask_babel
from flask import Flask, g, has_app_context
from flask_babel import Babel
from flask_babel.speaklater import LazyString

SOURCE = "fr"

babel = Babel()


def init_i18n(app: Flask) -> None:
    """Give templates the same `_` and plurals."""
    babel.init_app(app, locale_selector=language)
    # The i18n extension adds this method to the environment when it is loaded.
    environment: Any = app.jinja_env
    environment.install_gettext_callables(_template_gettext, _template_ngettext, newstyle=True)


def language() -> str:
    """The language of the request being served."""
    return g.get("language", SOURCE) if has_app_context() else SOURCE


def _(message: str, **variables: Any) -> str:
    """The message in the reader's language."""
    if language() == SOURCE:
        return message % variables if variables else message
    return str(flask_babel.gettext(message, **variables))


def _n(singular: str, plural: str, num: int, **variables: Any) -> str:
    """The form for a number; in French, zero is singular."""
    if language() == SOURCE:
        return (singular if num < 2 else plural) % {"num": num, **variables}
    return str(flask_babel.ngettext(singular, plural, num, **variables))


def _l(message: str, **variables: Any) -> LazyString:
    """The message in the language of whoever will read it."""
    return LazyString(_, message, **variables)


def _template_gettext(message: str) -> str:
    return _(message)


def _template_ngettext(singular: str, plural: str, num: int) -> str:
    if language() == SOURCE:
        return singular if num < 2 else plural
    return str(flask_babel.get_translations().ungettext(singular, plural, num))
