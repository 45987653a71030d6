"""The one blueprint of accounts, whose views are in several files."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
