"""The years before the platform: sessions, attendance, members and associations from a table."""
