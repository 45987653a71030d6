"""How the server runs: threads in one process on the embedded default, more with Redis."""

import os

from app.core import jobs

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
accesslog = None
loglevel = os.environ.get("LOG_LEVEL", "warning")


def post_worker_init(worker):
    """One worker at a time does the jobs too, unless a consumer runs apart (EMBEDDED_JOBS=0)."""
    settings = worker.app.callable.config
    if settings["EMBEDDED_JOBS"]:
        worker.consumer = jobs.start_embedded(settings["INSTANCE"])


def worker_exit(server, worker):
    """Let a job under way end."""
    consumer = getattr(worker, "consumer", None)
    if consumer is not None:
        consumer.stop(graceful=True)
