"""A Redis of the suite's own."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.exceptions import ConnectionError

from tests.servers.ports import free_port


@contextmanager
def running() -> Iterator[str]:
    """Start a Redis that keeps nothing on disk; gives its address; stops it after."""
    port = str(free_port())
    options = ["--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
    address = f"redis://127.0.0.1:{port}/0"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with Redis.from_url(address) as client:
                client.ping()
            return
        except ConnectionError:
            time.sleep(0.05)
    raise RuntimeError("Redis did not start")
