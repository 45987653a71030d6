"""The one blueprint of the programme and its attendance sheets."""

from flask import Blueprint

bp = Blueprint("programme", __name__)
