"""The rounds of this room: importing it registers them."""

from app.entraide.tending import tend_notices

__all__ = ["tend_notices"]
