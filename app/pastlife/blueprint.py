"""The routes of the past life."""

from flask import Blueprint

bp = Blueprint("pastlife", __name__, url_prefix="/administration/reprise")
