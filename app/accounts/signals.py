"""What rooms above are told of sign-ins, inside the same transaction or request."""

from blinker import signal

acting_stopped = signal("acting-stopped")
"""Sent with a sign-in that acted for someone, just before it stops, inside its transaction."""

signed_in = signal("signed-in")
"""Sent with a resident whose session has just begun, in the request that began it."""

person_told = signal("person-told")
"""Sent with a resident who must be told something: `text=`, `url=`, perhaps `body=`."""
