"""Files are kept once, under what they hold."""

import io

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.core.db import atomic, db
from app.core.files import StoredFile, store_pdf
from tests.at_once import all_at_once


def test_the_same_file_sent_by_several_at_once_is_kept_once(app: Flask) -> None:
    @atomic
    def keep() -> int:
        upload = FileStorage(io.BytesIO(b"%PDF-1.7 le budget"), filename="budget.pdf")
        return store_pdf(upload).id

    kept = set(all_at_once(app, [keep] * 6))

    assert kept == set(db.session.scalars(select(StoredFile.id)))
    assert len(kept) == 1
