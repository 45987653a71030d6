"""Keep what was typed of a poll until it opens, and whether someone wants to be reminded by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("polls", sa.Column("typed", sa.JSON()))
    wanted = sa.Column("vote_reminders", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("residents", wanted)


def downgrade() -> None:
    op.drop_column("residents", "vote_reminders")
    op.drop_column("polls", "typed")
