"""The centre's settings: importing this module gives the blueprint its routes."""

from app.centre import list_views, setting_views
from app.centre.blueprint import bp

PAGES = (setting_views, list_views)

__all__ = ["PAGES", "bp"]
