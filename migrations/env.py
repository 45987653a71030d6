"""How migrations run: online only, in one transaction, on the application's own engine."""

from alembic import context
from flask import current_app
from sqlalchemy import Column, text

config = context.config
database = current_app.extensions["migrate"].db

OURS_BY_HAND = (
    "search_fts",
    "search_fts_data",
    "search_fts_idx",
    "search_fts_docsize",
    "search_fts_config",
)

INDEXES_BY_HAND = (
    "ix_search_documents_vector",
    # Engines write an index on an expression each in their own words: nothing to compare.
    "uq_grants_live",
    "uq_connections_live",
    "uq_collectifs_live_name",
)


def include_object(thing, name, kind, reflected, compare_to):
    """Leave to its migration what is made by hand there."""
    if kind == "table" and name in OURS_BY_HAND:
        return False
    if kind == "column" and name == "vector" and isinstance(thing, Column):
        return False
    return name not in INDEXES_BY_HAND


def render_item(kind, thing, _autogen):
    """Write our moments as plain timestamps: a migration must not change when our code does."""
    if kind == "type" and type(thing).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    engine = database.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            include_object=include_object,
            compare_type=True,
            render_item=render_item,
            render_as_batch=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"broken references after migration: {broken[:5]}")
        connection.commit()
        if sqlite:
            connection.detach()


run()
