"""The pages of mandates: importing this module gives the blueprint its routes."""

from app.mandates import seat_views
from app.mandates.blueprint import bp

PAGES = (seat_views,)

__all__ = ["PAGES", "bp"]
