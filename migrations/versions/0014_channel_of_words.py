"""Keep how a comment was said, until it enters the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    channel = sa.Column("channel", sa.String(12), nullable=False, server_default="online")
    op.add_column("comments", channel)


def downgrade() -> None:
    op.drop_column("comments", "channel")
