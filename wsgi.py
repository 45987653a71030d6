"""What the server loads, and what `huey_consumer wsgi.huey` runs."""

from app import create_app
from app.core.jobs import huey

app = create_app()

__all__ = ["app", "huey"]
