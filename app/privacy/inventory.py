"""The inventory: every column by which the house holds something on a person.

The page of one's own data, the file to carry away, the erasure, the public register and a
structure test all read it. A new table that speaks of people is a new line in one of the lists
put together below, or the suite fails.
"""

from app.privacy import held_accounts, held_bodies, held_life, held_team, held_voice
from app.privacy.holding import Holding

HOLDINGS: tuple[Holding, ...] = (
    *held_accounts.HELD,
    *held_team.HELD,
    *held_voice.HELD,
    *held_life.HELD,
    *held_bodies.HELD,
)

PERSONAL = frozenset(
    {
        "given_name",
        "family_name",
        "folded_name",
        "kept_name",
        "nickname",
        "email",
        "new_email",
        "phone",
        "to",
        "address",
        "device",
        "languages",
        "sex",
        "card_number",
        "word",
        "owner",
        "counted_by",
    }
)
"""Names of text columns that may hold what designates a person."""

NOT_OF_A_PERSON = {
    "associations.folded_name": "the name of an association",
    "associations.address": "where an association is",
    "missions.folded_name": "the name of a mission of partners",
    "partners.folded_name": "the name of an organisation",
    "partners.address": "where an organisation is",
    "ledger_entries.sex": "frozen with the act, for counts; the act names nobody",
}
"""Columns so named that designate nobody, and why."""

CONTACTS = (
    "associations.email",
    "associations.phone",
    "partners.email",
    "partners.phone",
    "partner_contacts.email",
    "partner_contacts.phone",
)
"""An association, a partner or its contact may give someone's own address: emptied when it is
exactly theirs."""

OWN_WORDS = {
    "proposals.author_id": ("title", "text", "image_alt"),
    "comments.author_id": ("text",),
    "debates.author_id": ("title", "text"),
    "connections.asked_by_id": ("message",),
    "body_documents.added_by_id": ("title",),
}
"""What the person wrote that may stay: their own name is looked for in it, and goes."""

MENTIONS = (
    "notifications.text",
    "outbox.subject",
    "outbox.text",
    "outbox.html",
    "assisted_acts.said",
    "sessions.counted_by",
    "partner_contacts.name",
    "conventions.signed_by",
    "decisions.owner",
    "poll_claims.answer",
    "files.name",
    "past_imports.file_name",
)
"""Where the house itself, or the team in a box made for it, writes a person's name."""

KEPT_RECORD = ("meeting_attendances.kept_name",)
"""Names of members of the conseil in published minutes: a public record (RGPD, art. 17, 3, d)."""
