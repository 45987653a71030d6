"""What the features above may listen to, in the same transaction."""

from blinker import signal

decision_recorded = signal("decision-recorded")
"""Sent with the new decision; `by=` is the person who recorded it."""

decision_followed = signal("decision-followed")
"""Sent with a decision whose outcome is told again; `by=` is who told it."""
