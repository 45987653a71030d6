"""Tellers share what opens the box; ballots are sealed with a public key."""

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nacl.public import PrivateKey, SealedBox

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FROZEN = ("box_key", "tellers_needed")


def upgrade() -> None:
    op.create_table(
        "poll_tellers",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(32)),
        sa.Column("ready_at", sa.DateTime(timezone=True)),
        sa.Column("sealed_share", sa.LargeBinary()),
        sa.Column("given_share", sa.Text()),
        sa.Column("given_at", sa.DateTime(timezone=True)),
        sa.Column("called_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "ready_at IS NULL OR public_key IS NOT NULL",
            name=op.f("ck_poll_tellers_ready_with_key"),
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name="fk_poll_tellers_poll_id_polls"),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name="fk_poll_tellers_resident_id_residents",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", "resident_id", name="pk_poll_tellers"),
    )
    op.create_index("ix_poll_tellers_resident_id", "poll_tellers", ["resident_id"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    needed = sa.Column("tellers_needed", sa.Integer(), nullable=False, server_default="0")
    op.add_column("polls", needed)
    op.add_column("polls", sa.Column("box_key", sa.LargeBinary(32)))
    _seal_again()
    differs = " OR ".join(
        f"OLD.{name} IS NOT NEW.{name}" if sqlite else f"OLD.{name} IS DISTINCT FROM NEW.{name}"
        for name in FROZEN
    )
    sentence = "the keeping of an opened box is frozen"
    both = "NEW.tellers_needed <> 0 AND NEW.sealing_key IS NOT NULL"
    condition = f"(OLD.status <> 'scheduled' AND ({differs})) OR ({both})"
    if sqlite:
        op.execute(
            f"CREATE TRIGGER polls_box_frozen BEFORE UPDATE ON polls WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION polls_box_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER polls_box_frozen BEFORE UPDATE ON polls FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION polls_box_frozen()"
    )


def _seal_again() -> None:
    """Boxes that are open were sealed with AES-256-GCM: their ballots go under a key of a pair."""
    bind = op.get_bind()
    opened = "SELECT id, sealing_key FROM polls WHERE status = 'open' AND sealing_key IS NOT NULL"
    for poll_id, old in bind.execute(sa.text(opened)).all():
        key = PrivateKey.generate()
        box = SealedBox(key.public_key)
        ballots = sa.text("SELECT key, payload FROM secret_ballots WHERE poll_id = :poll")
        for number, payload in bind.execute(ballots, {"poll": poll_id}).all():
            plain = AESGCM(bytes(old)).decrypt(bytes(payload[:12]), bytes(payload[12:]), None)
            bind.execute(
                sa.text("UPDATE secret_ballots SET payload = :payload WHERE key = :key"),
                {"payload": box.encrypt(plain), "key": number},
            )
        bind.execute(
            sa.text("UPDATE polls SET sealing_key = :key, box_key = :box WHERE id = :poll"),
            {"key": bytes(key), "box": bytes(key.public_key), "poll": poll_id},
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER polls_box_frozen")
    else:
        op.execute("DROP FUNCTION polls_box_frozen() CASCADE")
    op.drop_column("polls", "box_key")
    op.drop_column("polls", "tellers_needed")
    op.drop_table("poll_tellers")
