"""Read-only open data."""
