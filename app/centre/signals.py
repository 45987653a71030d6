"""What the features above may listen to, in the same transaction."""

from blinker import signal

rules_changed = signal("rules-changed")
"""Sent with the keys of the rules that say something else now."""
