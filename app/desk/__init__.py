"""What the welcome desk does for someone present."""
