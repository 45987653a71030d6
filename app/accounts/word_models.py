"""What each person can be found by: one row a word, so that an index answers."""

import re
from collections.abc import Iterable

from sqlalchemy import ForeignKey, Index, String, delete, event, insert, inspect
from sqlalchemy.orm import Mapped, Session, UOWTransaction, mapped_column

from app.accounts.models import Resident
from app.core.db import Model
from app.core.search_text import fold

LONGEST = 130
WORD = re.compile(r"\w+")
_VOWELS = re.compile(r"(?<=.)[aeiouyw]+")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = str.maketrans({"k": "c", "q": "c", "z": "s", "v": "f", "d": "t", "b": "p", "g": "j"})


class ResidentWord(Model):
    """A word a person is found by, with their name beside it for the order of the list.

    A name's words are bare. Others begin with a sign, so that no name falls among them:
    `@` an address, `0`… or `+`… a telephone, `%` the same backwards (people say how it ends),
    `~` the sound of the whole name, for duplicates. Compared byte by byte on both engines.
    """

    __tablename__ = "resident_words"
    __table_args__ = (
        Index("ix_resident_words_found", "word", "folded_name", "resident_id", unique=True),
    )

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True
    )
    word: Mapped[str] = mapped_column(
        String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql"),
        primary_key=True,
    )
    folded_name: Mapped[str] = mapped_column(
        String(130).with_variant(String(130, collation="C"), "postgresql")
    )


WATCHED = (
    "folded_name",
    "email",
    "phone",
    "card_number",
    "year_of_birth",
    "merged_into_id",
    "erased_at",
)


def name_words(folded: str) -> list[str]:
    """« n'diaye fatou » → n, diaye, ndiaye, fatou: found however it is typed."""
    found: list[str] = []
    for chunk in folded.split():
        parts = WORD.findall(chunk)
        found += parts
        if len(parts) > 1:
            found.append("".join(parts))
    return found


def plain_words(folded: str) -> list[str]:
    """The words of a name, each once, « n'diaye » being one."""
    return sorted({"".join(WORD.findall(chunk)) for chunk in folded.split()} - {""})


def sound(folded: str) -> str:
    """The same for names that sound alike: « Diallo Mohamed », « mohammed dialo »."""
    words = (word.replace("ph", "f").translate(_SOUNDS) for word in plain_words(folded))
    bare = (_VOWELS.sub("", _DOUBLED.sub(r"\1", word)) for word in words)
    return "~" + " ".join(sorted(bare))


def words_of(resident: Resident) -> set[str]:
    """Everything this person is found by; the card alone once their file was joined to another."""
    if resident.erased_at is not None:
        return set()
    if resident.merged_into_id is not None:
        return {resident.card_number}
    found = {resident.card_number, sound(resident.folded_name), *name_words(resident.folded_name)}
    if resident.year_of_birth is not None:
        found.add(str(resident.year_of_birth))
    if resident.email:
        found.add(f"@{fold(resident.email)}")
    if resident.phone:
        digits = "".join(WORD.findall(resident.phone))
        found |= {digits, f"%{digits[::-1]}"}
    return {word[:LONGEST] for word in found}


@event.listens_for(Session, "after_flush")
def keep_words(session: Session, _context: UOWTransaction) -> None:
    """Whatever changes a person, what they are found by follows, in the same transaction."""
    changed = [one for one in _residents(session.dirty) if _has_changed(one)]
    if changed:
        ids = [one.id for one in changed]
        session.connection().execute(delete(ResidentWord).where(ResidentWord.resident_id.in_(ids)))
    rows = [
        {"resident_id": one.id, "word": word, "folded_name": one.folded_name}
        for one in (*_residents(session.new), *changed)
        for word in sorted(words_of(one))
    ]
    if rows:
        session.connection().execute(insert(ResidentWord), rows)


def _residents(rows: Iterable[object]) -> list[Resident]:
    return [row for row in rows if isinstance(row, Resident)]


def _has_changed(resident: Resident) -> bool:
    attributes = inspect(resident).attrs
    return any(attributes[name].history.has_changes() for name in WATCHED)
