"""Offers and requests of help between residents, their private words, and thank-yous."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _moderated() -> list[sa.Column]:
    return [
        sa.Column("visibility", sa.String(8), server_default="shown", nullable=False),
        sa.Column("hidden_rule", sa.String(20), nullable=True),
        sa.Column("moderation_note", sa.Text(), nullable=True),
    ]


def _to(table: str, column: str, target: str, ondelete: str | None = "CASCADE") -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def upgrade() -> None:
    op.create_table(
        "help_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("when_words", sa.String(80), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("quartier_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("lasts_until", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        *_moderated(),
        sa.CheckConstraint("side IN ('offer', 'request')", name=op.f("ck_help_notices_side")),
        sa.CheckConstraint(
            "status IN ('open', 'withdrawn', 'thanked', 'expired')",
            name=op.f("ck_help_notices_status"),
        ),
        sa.CheckConstraint(
            "(status = 'open') = (closed_at IS NULL)",
            name=op.f("ck_help_notices_closed_has_a_moment"),
        ),
        _to("help_notices", "quartier_id", "quartiers", None),
        _to("help_notices", "author_id", "residents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_notices")),
    )
    op.create_index("ix_help_notices_open", "help_notices", ["status", "lasts_until", "id"])
    for column in ("quartier_id", "author_id"):
        op.create_index(op.f(f"ix_help_notices_{column}"), "help_notices", [column])
    op.create_table(
        "help_threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        _to("help_threads", "notice_id", "help_notices"),
        _to("help_threads", "other_id", "residents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_threads")),
        sa.UniqueConstraint(
            "notice_id", "other_id", name=op.f("uq_help_threads_notice_id_other_id")
        ),
    )
    op.create_index(op.f("ix_help_threads_other_id"), "help_threads", ["other_id"])
    op.create_table(
        "help_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        *_moderated(),
        _to("help_messages", "thread_id", "help_threads"),
        _to("help_messages", "author_id", "residents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_messages")),
    )
    op.create_index("ix_help_messages_thread", "help_messages", ["thread_id", "id"])
    op.create_index(op.f("ix_help_messages_author_id"), "help_messages", ["author_id"])
    op.create_table(
        "help_thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("thanked_at", MOMENT, nullable=False),
        _to("help_thanks", "thread_id", "help_threads"),
        _to("help_thanks", "request_id", "help_notices"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_thanks")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_help_thanks_thread_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_help_thanks_request_id")),
    )
    op.create_table(
        "help_blocks",
        sa.Column("blocker_id", sa.Integer(), nullable=False),
        sa.Column("blocked_id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        _to("help_blocks", "blocker_id", "residents"),
        _to("help_blocks", "blocked_id", "residents"),
        sa.PrimaryKeyConstraint("blocker_id", "blocked_id", name=op.f("pk_help_blocks")),
    )
    op.create_index(op.f("ix_help_blocks_blocked_id"), "help_blocks", ["blocked_id"])


def downgrade() -> None:
    for table in ("help_blocks", "help_thanks", "help_messages", "help_threads", "help_notices"):
        op.drop_table(table)
