"""A document goes with a point of an ordre du jour."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("body_documents") as documents:
        documents.add_column(sa.Column("item_id", sa.Integer()))
        documents.create_foreign_key(
            op.f("fk_body_documents_item_id_agenda_items"),
            "agenda_items",
            ["item_id"],
            ["id"],
            ondelete="SET NULL",
        )
        documents.create_index(op.f("ix_body_documents_item_id"), ["item_id"])


def downgrade() -> None:
    with op.batch_alter_table("body_documents") as documents:
        documents.drop_index(op.f("ix_body_documents_item_id"))
        documents.drop_constraint(
            op.f("fk_body_documents_item_id_agenda_items"), type_="foreignkey"
        )
        documents.drop_column("item_id")
