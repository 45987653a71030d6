"""The directory of associations, their connections, and collectifs."""
