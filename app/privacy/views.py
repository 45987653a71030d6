"""Every route about people's data."""

from app.privacy import care_views, erase_views, my_views, public_views
from app.privacy.blueprint import bp

__all__ = ["bp", "care_views", "erase_views", "my_views", "public_views"]
