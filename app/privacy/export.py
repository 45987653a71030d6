"""Everything the house holds of a person, in one file for them alone."""

import json
import zipfile
from collections.abc import Iterator
from typing import IO

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.models import BodyDocument
from app.core.clock import now
from app.core.db import db
from app.core.files import StoredFile
from app.privacy.inventory import HOLDINGS
from app.privacy.reading import count, every_row, everything, holding_label, treatment
from app.privacy.treatments import TREATMENTS
from app.proposals.models import Proposal

STYLE = Markup(
    "<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;"
    "padding:0 1rem;overflow-wrap:anywhere}h1,h2,h3{line-height:1.2}"
    "h2{margin-top:2.5rem;border-top:1px solid;padding-top:1rem}li{margin:.3rem 0}</style>"
)
"""Of the page opened from one's own disk, where no policy of ours forbids it."""

ENDINGS = {"image/webp": "webp", "application/pdf": "pdf"}


def archive(person: Resident, out: IO[bytes], *, is_me: bool = True) -> None:
    """Write a ZIP, one file at a time.

    It holds LISEZ-MOI.txt, mes-donnees.html to be read, donnees.json for another application, and
    in `fichiers` the files the person sent. `is_me` is false of the child one answers for.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        paths = []
        for number in _files(person):
            file = db.session.get_one(StoredFile, number)
            ending = ENDINGS.get(file.media_type, "bin")
            paths.append(f"fichiers/{number}.{ending}")
            packed.writestr(paths[-1], file.content)
            db.session.expunge(file)
        said = {"person": person, "is_me": is_me, "made_at": now()}
        packed.writestr("LISEZ-MOI.txt", render_template("privacy/lisez_moi.txt", **said))
        sections = everything(person, on_page=None, is_me=is_me)
        page = render_template(
            "privacy/copy.html", sections=sections, files=paths, style=STYLE, **said
        )
        packed.writestr("mes-donnees.html", page)
        packed.writestr("donnees.json", "".join(_json(person, is_me)))


def _json(person: Resident, is_me: bool) -> Iterator[str]:
    """One heading a purpose, one list a kind of rows."""
    found: dict[str, list[object]] = {key: [] for key in TREATMENTS}
    for holding in HOLDINGS:
        total = count(holding, person)
        if total:
            rows = every_row(holding, person)
            part: dict[str, object] = {
                "titre": holding_label(holding, is_me=is_me),
                "nombre": total,
            }
            found[holding.purpose].append({**part, "lignes": rows} if rows else part)
    document = {
        "fait_le": now().isoformat(),
        "rubriques": [
            {
                "titre": str(treatment(key, is_me=is_me).name),
                "finalite": str(treatment(key, is_me=is_me).purpose),
                "donnees": parts,
            }
            for key, parts in found.items()
            if parts
        ],
    }
    yield from json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(document)


def _files(person: Resident) -> list[int]:
    """Pictures of their proposals, and documents they added."""
    pictures = select(Proposal.image_id).where(
        Proposal.author_id == person.id, Proposal.image_id.is_not(None)
    )
    documents = select(BodyDocument.file_id).where(BodyDocument.added_by_id == person.id)
    found = {number for query in (pictures, documents) for number in db.session.scalars(query)}
    return sorted(number for number in found if number is not None)
