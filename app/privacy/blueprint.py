"""The routes about one's own data, and those of the team who answer for it."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
