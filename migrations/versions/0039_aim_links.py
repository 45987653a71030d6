"""What serves each operational objective of the projet social."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aim_links",
        sa.Column("aim", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("linked_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["linked_by_id"],
            ["residents.id"],
            name=op.f("fk_aim_links_linked_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("aim", "kind", "subject_id", name=op.f("pk_aim_links")),
    )
    op.create_index("ix_aim_links_subject", "aim_links", ["kind", "subject_id"])


def downgrade() -> None:
    op.drop_table("aim_links")
