"""The pages of moderation: importing this module gives the blueprint its routes."""

from app.moderation import queue_views, report_views, sanction_views
from app.moderation.blueprint import bp, init_moderation

PAGES = (queue_views, report_views, sanction_views)

__all__ = ["PAGES", "bp", "init_moderation"]
