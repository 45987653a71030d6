"""The jobs run in one process of a server, and go on when it dies."""

import fcntl
import threading
from pathlib import Path

from huey import MemoryHuey

from app.core.jobs import EmbeddedConsumer


def test_jobs_start_when_the_process_that_did_them_is_gone(tmp_path: Path) -> None:
    consumer = EmbeddedConsumer(MemoryHuey("test"), workers=1)
    waiting = threading.Thread(target=consumer.start_in_turn, args=(tmp_path / "lock",))
    with (tmp_path / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting.start()
        waiting.join(0.2)
        assert not consumer.scheduler.is_alive()

    waiting.join(5)

    assert consumer.scheduler.is_alive()
    consumer.stop(graceful=True)
    consumer.scheduler.join(5)
    assert not consumer.scheduler.is_alive()


def test_a_process_that_leaves_before_its_turn_never_starts_them(tmp_path: Path) -> None:
    consumer = EmbeddedConsumer(MemoryHuey("test"), workers=1)
    consumer.stop(graceful=True)

    consumer.start_in_turn(tmp_path / "lock")

    assert not consumer.scheduler.is_alive()
