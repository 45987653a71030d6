"""What this room tells the rooms above, inside the act."""

from blinker import signal

held = signal("entraide-held")
"""Sent with a notice that waits to be read before it shows; `cause=`, `body_id=None`."""

gone = signal("entraide-gone")
"""Sent with a notice or a message just before its row goes: nobody need look at it any more."""
