"""What the features above may listen to, in the same transaction."""

from blinker import signal

session_planned = signal("session-planned")
"""Sent with a session put on the programme; `by=` is who put it there."""

session_closed = signal("session-closed")
"""Sent with a session that was held, its own facts recorded.

`by=` is who closed it; `alone=` whether they said that no partner came.
"""

session_reopened = signal("session-reopened")
"""Sent with a closed session, its own facts just voided; `by=` is who, `reason=` is why."""

session_cancelled = signal("session-cancelled")
"""Sent with a session called off; `by=` is who called it off."""
