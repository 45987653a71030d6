"""`GET /sante`: whether this server can serve."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

import config
from app.core.db import db
from app.core.policies import public

bp = Blueprint("health", __name__)


def init_health(app: Flask) -> None:
    """Open the route."""
    app.register_blueprint(bp)


def migrations_current() -> bool:
    """Whether the database is at the newest migration."""
    script = ScriptDirectory(str(config.ROOT / "migrations"))
    with db.engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(script.get_heads())


@bp.get("/sante")
@public
def health() -> ResponseReturnValue:
    """200 when the database answers and its migrations are current, 503 otherwise."""
    try:
        current = migrations_current()
    except SQLAlchemyError:
        return {"status": "down", "database": False, "migrations": False}, 503
    return {
        "status": "up" if current else "down",
        "database": True,
        "migrations": current,
    }, 200 if current else 503
