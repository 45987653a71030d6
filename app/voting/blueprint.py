"""The one blueprint of this feature."""

from flask import Blueprint

bp = Blueprint("voting", __name__, url_prefix="/scrutins")
