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
    """The first worker does the jobs too, unless a consumer runs apart (EMBEDDED_JOBS=0)."""
    if worker.app.callable.config["EMBEDDED_JOBS"] and worker.age == 1:
        worker.consumer = jobs.start_embedded()


def worker_exit(server, worker):
    """Let a job under way end."""
    consumer = getattr(worker, "consumer", None)
    if consumer is not None:
        consumer.stop(graceful=True)
