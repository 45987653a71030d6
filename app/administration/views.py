"""The administration: importing this module gives the blueprint its routes."""

from app.administration import (
    agreement_views,
    hub_views,
    journal_views,
    report_views,
    rights_views,
    role_views,
    senacs_views,
)
from app.administration.blueprint import bp

PAGES = (
    agreement_views,
    hub_views,
    journal_views,
    report_views,
    rights_views,
    role_views,
    senacs_views,
)

__all__ = ["PAGES", "bp"]
