"""French first: gettext as `_`, lazily as `_l`."""

from flask_babel import Babel, gettext, lazy_gettext, ngettext

babel = Babel()

_ = gettext
_n = ngettext
_l = lazy_gettext

__all__ = ["_", "_l", "_n", "babel"]
