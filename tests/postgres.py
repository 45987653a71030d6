"""A PostgreSQL of the suite's own: a throw-away cluster on a Unix socket."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb is, if PostgreSQL is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster; gives the address of an empty database; stops and removes it after.

    `durable`: every commit is on disk before it is answered, as in production.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    base = Path(tempfile.mkdtemp(prefix="maisonnee-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(base, user)

    def run(*command: str) -> None:
        prefix = ["runuser", "-u", user, "--"] if user else []
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd=base)

    data = base / "data"
    hasty = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    settings = "" if durable else hasty
    settings += f" -c listen_addresses= -c unix_socket_directories={base} -c max_connections=120"
    run(str(folder / "initdb"), "-D", str(data), "-U", "suite", "-A", "trust", "-E", "UTF8")
    pg_ctl = str(folder / "pg_ctl")
    run(pg_ctl, "-D", str(data), "-o", settings, "-l", str(base / "log"), "-w", "start")
    try:
        yield f"postgresql://suite@/postgres?host={base}"
    finally:
        run(pg_ctl, "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(base, ignore_errors=True)
