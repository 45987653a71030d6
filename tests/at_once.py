"""Several people at the same moment, in real threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from app.core.db import db
from app.core.errors import DomainError


def all_at_once(app: Flask, works: Sequence[Callable[[], object]]) -> list[object]:
    """Each work in a thread of its own, started together: what each gave, or its refusal's class.

    An error that is no refusal is raised here.
    """
    together = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        with app.app_context():
            together.wait()
            try:
                return work()
            except DomainError as refusal:
                return type(refusal)
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(works)) as people:
        outcomes = list(people.map(run, works))
    # What this session saw before is no longer what is.
    db.session.rollback()
    return outcomes


def refused_at_once(app: Flask, works: Sequence[Callable[[], object]]) -> list[type[DomainError]]:
    """How works started together were refused, one class a refusal."""
    outcomes = all_at_once(app, works)
    return [one for one in outcomes if isinstance(one, type) and issubclass(one, DomainError)]
