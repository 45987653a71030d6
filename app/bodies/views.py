"""The pages of the instances: importing this module gives the blueprint its routes."""

from app.bodies import (
    comite_views,
    conseil_views,
    convocation_views,
    decision_owner_views,
    decision_views,
    deliberation_views,
    meeting_views,
    minutes_views,
    preparation_views,
    procuration_views,
    published_views,
    sitting_views,
)
from app.bodies.blueprint import bp

PAGES = (
    comite_views,
    conseil_views,
    convocation_views,
    decision_owner_views,
    decision_views,
    deliberation_views,
    meeting_views,
    minutes_views,
    procuration_views,
    preparation_views,
    published_views,
    sitting_views,
)

__all__ = ["PAGES", "bp"]
