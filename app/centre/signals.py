"""What the features above may listen to, in the same transaction."""

from blinker import signal

rules_changed = signal("rules-changed")
"""Sent with the keys of the rules that say something else now."""

rules_weighed = signal("rules-weighed")
"""Sent with `values` (key → what would be said) and `since`, before a rule of the past changes.

A receiver gives the figures in which something would count otherwise: (code, year, published).
"""
