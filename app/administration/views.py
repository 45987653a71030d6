"""The administration: importing this module gives the blueprint its routes."""

from app.administration import hub_views, journal_views, rights_views, role_views
from app.administration.blueprint import bp

PAGES = (hub_views, journal_views, rights_views, role_views)

__all__ = ["PAGES", "bp"]
