"""Work done after the answer: huey, on a file, or on Redis where there are several servers."""

import fcntl
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import IO, Any

from flask import Flask, current_app, has_app_context
from huey import MemoryHuey, RedisHuey, SqliteHuey, crontab
from huey.api import Huey
from huey.consumer import Consumer

import config


def _make() -> Huey:
    chosen = config.load()
    if chosen is config.Testing:
        return MemoryHuey("maisonnee")
    if chosen.REDIS_URL:
        return RedisHuey("maisonnee", url=chosen.REDIS_URL)
    chosen.INSTANCE.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("maisonnee", filename=str(chosen.INSTANCE / "jobs.db"))


huey = _make()
_apps: list[Flask] = []


def init_jobs(app: Flask) -> None:
    """Say which application the jobs run in."""
    _apps[:] = [app]


def job(
    every_minute: bool = False, every_hour: bool = False
) -> Callable[[Callable[[], object]], Any]:
    """Make a function a job: calling it queues it, `.call_local()` runs it here and now.

    A job may run twice, and must then do no more than if it had run once.
    """

    def wrap(work: Callable[[], object]) -> Any:
        @wraps(work)
        def run() -> object:
            # Called where an application already is, it is that one's work, whichever came last.
            app = current_app if has_app_context() else _apps[0]
            with app.app_context():
                return work()

        if every_minute:
            huey.periodic_task(crontab(), name=f"{work.__name__}_every_minute")(run)
        if every_hour:
            hourly = crontab(minute="7")
            huey.periodic_task(hourly, name=f"{work.__name__}_every_hour")(run)
        return huey.task()(run)

    return wrap


class EmbeddedConsumer(Consumer):
    """A consumer inside the web server, which keeps its own signal handlers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: IO[str] | None = None
        self._one_at_a_time = threading.Lock()

    def _set_signal_handlers(self) -> None:
        """Leave the server's handlers alone."""

    def start_in_turn(self, lock: Path) -> None:
        """Start once no other process holds the lock; the system frees that of a dead one."""
        turn = lock.open("w")
        fcntl.flock(turn, fcntl.LOCK_EX)
        with self._one_at_a_time:
            if self.stop_flag.is_set():
                turn.close()
            else:
                self._turn = turn
                self.start()

    def stop(self, graceful: bool = False) -> None:
        """Stop, and let another process take its turn."""
        self.stop_flag.set()
        with self._one_at_a_time:
            if self._turn is not None:
                super().stop(graceful)
                self._turn.close()


def start_embedded(folder: Path) -> EmbeddedConsumer:
    """Run the jobs in threads of one process of this server: this one, or the next to live."""
    consumer = EmbeddedConsumer(huey, workers=1, initial_delay=0.2, max_delay=2.0)
    waiting = (folder / "jobs.lock",)
    threading.Thread(target=consumer.start_in_turn, args=waiting, daemon=True).start()
    return consumer
