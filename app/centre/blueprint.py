"""The routes of the centre's settings."""

from flask import Blueprint

bp = Blueprint("centre", __name__, url_prefix="/reglages")
