"""What this room tells the rooms above, inside the act."""

from blinker import signal

held = signal("proposals-held")
"""Sent with a comment or a debate that waits to be read before it shows.

`cause=` is why (`holding.CHILD` or `holding.FIRST`), `body_id=` its comité, if any.
"""

taken_back = signal("proposals-taken-back")
"""Sent with a comment whose author erased its words: nobody need look at it any more."""
