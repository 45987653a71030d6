"""The database: model base, UTC moments, one transaction an act."""

import functools
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, ClassVar, ParamSpec, TypeVar

import psycopg
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    CursorResult,
    Date,
    DateTime,
    Delete,
    Dialect,
    MetaData,
    Text,
    Update,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.types import TypeDecorator

from app.core.errors import DomainError

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines (SQLite would give naive ones back)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry: ClassVar[registry] = registry(
        metadata=metadata,
        type_annotation_map={datetime: UTCDateTime(), date: Date(), str: Text()},
    )


class ChangeStamp(Model):
    """One row, moved by every act: what was read under a stamp holds while the stamp does."""

    __tablename__ = "change_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


db = SQLAlchemy(
    model_class=Model,
    session_options={"expire_on_commit": True},
    # A statement that fails is logged without its values: addresses, hashes, ballots.
    engine_options={"pool_pre_ping": False, "hide_parameters": True},
)

BUSY_MILLISECONDS = 15_000
_WRITING = threading.Lock()
"""Of the one thread of this process that writes in SQLite: the next is woken at once.

The engine alone would let it sleep, longer each time it finds the file taken, up to a second.
"""
MOVE_STAMP = update(ChangeStamp).values(value=ChangeStamp.value + 1)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Make SQLite durable and strict; transactions are begun by hand (see `_begin`)."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """No statement of ours is long enough to be worth compiling: counting again is a fourth faster.

    PostgreSQL guesses by cost, and compiles those that sum twelve months of many lines.
    """
    if isinstance(connection, psycopg.Connection):
        connection.execute("SET jit = off")
        connection.commit()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Writers take SQLite's lock at once: a deferred one fails under concurrency."""
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite" and options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def is_sqlite() -> bool:
    """Whether the embedded engine is in use."""
    return db.engine.dialect.name == "sqlite"


def atomic(service: Callable[P, R]) -> Callable[P, R]:
    """Make a service one transaction: all of it is committed, or nothing is.

    An inner service joins the outer one's transaction. The outermost starts a fresh
    transaction, so that what it reads is what it will write upon.
    """
    return _one_transaction(service, MOVE_STAMP)


def atomic_unseen(service: Callable[P, R]) -> Callable[P, R]:
    """As `atomic`, for what no public page shows: those kept in memory stay good (see 0004)."""
    return _one_transaction(service, None)


def _one_transaction(service: Callable[P, R], last: Update | None) -> Callable[P, R]:
    @functools.wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get("atomic"):
            return service(*args, **kwargs)
        session.rollback()
        session.info["atomic"] = True
        session.info["after_commit"] = []
        taken = is_sqlite() and _WRITING.acquire(timeout=BUSY_MILLISECONDS / 1000)
        try:
            session.connection(execution_options={"writing": True})
            result = service(*args, **kwargs)
            session.flush()
            # Last of all, so that acts wait for one another on this row for the commit alone.
            if last is not None:
                session.execute(last)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["atomic"] = False
            if taken:
                _WRITING.release()
        for then in session.info.pop("after_commit"):
            try:
                then()
            except Exception:
                # The act is done: its author must not read that it failed.
                logger.exception("after an act: %s", then.__name__)
        return result

    return run


def after_commit(then: Callable[[], None]) -> None:
    """Do this once the present act is safely committed, never if it is not.

    Its failure is logged and hurts nobody: a job must do it again.
    """
    waiting: list[Callable[[], None]] = db.session().info["after_commit"]
    if then not in waiting:
        waiting.append(then)


@contextmanager
def unique_or(error: DomainError) -> Iterator[None]:
    """Turn a broken uniqueness rule into a sentence, leaving the rest of the act intact."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as broken:
        raise error from broken


@contextmanager
def unique_or_nothing(error: DomainError) -> Iterator[None]:
    """As `unique_or` where the refusal ends the whole act: it costs no savepoint."""
    try:
        yield
    except IntegrityError as broken:
        raise error from broken


def number_of(row: Model) -> int:
    """A row's number, without reading again what another act expired."""
    identity = instance_state(row).identity
    if identity is None:
        raise ValueError("this row is not in the database yet")
    return int(identity[0])


def add_many(rows: Sequence[Any]) -> None:
    """Write new rows of one numbered table, given as objects that stay out of the session.

    Each has its number after. What hangs from them by relationships is not written.
    """
    if not rows:
        return
    table = type(rows[0]).__table__
    said = [vars(row) for row in rows]
    # What no row says and nothing fills is left out: each value costs on its way.
    columns = [
        column
        for column in table.columns
        if column.default is not None or any(row.get(column.key) is not None for row in said)
    ]
    values = [
        {it.key: row[it.key] if it.key in row else _default(it) for it in columns} for row in said
    ]
    if is_sqlite():
        # It would ask for each number in turn; its writers already wait for one another.
        highest = db.session.scalar(select(func.max(table.c.id))) or 0
        for number, row in enumerate(values, start=highest + 1):
            row["id"] = number
        db.session.execute(insert(table), values)
        numbers = [row["id"] for row in values]
    else:
        asked = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        numbers = list(db.session.scalars(asked, values))
    for row, number in zip(rows, numbers, strict=True):
        row.id = number


def _default(column: Column[Any]) -> Any:
    """What the row would have been given, had it gone through the session."""
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def rows_touched(statement: Delete | Update) -> int:
    """Send a statement on many rows, what is in memory left as it is; how many it touched."""
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)
    return int(done.rowcount)


def lock(row: Model) -> None:
    """Hold a row until the end of the act and reread it: nobody else changes it meanwhile."""
    # Of this table alone: PostgreSQL refuses to lock the far side of an outer join.
    db.session.refresh(row, with_for_update={"of": type(row)})


def checkpoint() -> bool:
    """Empty SQLite's write-ahead log, so that it keeps no trace of the order of writes.

    False when someone was reading: it waits for them a second only, since everyone who writes
    would wait too.
    """
    if not is_sqlite():
        return True
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA busy_timeout=1000"))
        try:
            busy = connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        finally:
            connection.execute(text(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}"))
    return not busy
