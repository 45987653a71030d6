"""Actions, their sessions, and who came."""
