"""The pages of proposals and debates: importing this module gives the blueprint its routes."""

from app.proposals import (
    backing_views,
    comment_views,
    debate_views,
    decision_views,
    posting_views,
    project_views,
    reading_views,
    writing_views,
)
from app.proposals.blueprint import bp

PAGES = (
    backing_views,
    comment_views,
    debate_views,
    decision_views,
    posting_views,
    project_views,
    reading_views,
    writing_views,
)

__all__ = ["PAGES", "bp"]
