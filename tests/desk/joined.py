"""Two files of one person, and all that hangs from them."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.db import Model, atomic, db
from app.core.errors import Conflict, Forbidden, Invalid
from app.desk import carrying
from app.desk.merging import join_files
from app.desk.models import Merge

WHY = "même numéro de téléphone, elle est devant moi"


@atomic
def keep(*rows: Model) -> None:
    db.session.add_all(rows)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that names a resident, but those that tell the story of the merge itself."""
    apart = ("merges", "notifications", "sign_ins", "resident_words", "residents")
    found = {}
    for name in sorted({link.split(".")[0] for link in carrying.links()} - {*apart}):
        rows = db.session.execute(select(carrying.table(name))).mappings().all()
        found[name] = sorted((dict(row) for row in rows), key=repr)
    return found


def refused(desk: Resident, kept: Resident, merged: Resident, reason: str = WHY) -> None:
    before = everything()
    with pytest.raises((Forbidden, Invalid, Conflict)):
        join_files(desk, kept, merged, reason)
    assert everything() == before
    assert db.session.scalar(select(func.count()).select_from(Merge)) == 0
