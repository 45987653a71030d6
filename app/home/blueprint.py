"""The one blueprint of the house's own pages."""

from flask import Blueprint

bp = Blueprint("home", __name__)
