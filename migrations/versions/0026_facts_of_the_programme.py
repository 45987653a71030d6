"""What the ledger freezes of actions, of meetings with partners, and of what lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

COLUMNS = (
    ("lead", sa.String(12)),
    ("nature", sa.String(20)),
    ("until", sa.Date()),
    ("action_id", sa.Integer()),
    ("partner_id", sa.Integer()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("ledger_entries", sa.Column(name, kind))


def downgrade() -> None:
    for name, _kind in reversed(COLUMNS):
        op.drop_column("ledger_entries", name)
