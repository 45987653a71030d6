"""The pages of mandates: importing this module gives the blueprint its routes."""

from app.mandates import call_views, draw_views, role_views, seat_views, text_views
from app.mandates.blueprint import bp

PAGES = (call_views, draw_views, role_views, seat_views, text_views)

__all__ = ["PAGES", "bp"]
