"""Files are kept once, under what they hold."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.core.db import atomic, db
from app.core.files import StoredFile, store_pdf

HANDS = 6


def test_the_same_file_sent_by_several_at_once_is_kept_once(app: Flask) -> None:
    together = Barrier(HANDS)

    @atomic
    def keep() -> int:
        upload = FileStorage(io.BytesIO(b"%PDF-1.7 le budget"), filename="budget.pdf")
        return store_pdf(upload).id

    def one(_number: int) -> int:
        with app.app_context():
            together.wait()
            try:
                return keep()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(HANDS) as pool:
        kept = set(pool.map(one, range(HANDS)))

    assert kept == set(db.session.scalars(select(StoredFile.id)))
    assert len(kept) == 1
