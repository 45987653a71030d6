"""A presentation of the centre says before whom it is given."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

PURPOSES = "'echange', 'coordination', 'autre'"
AUDIENCES = "'habitants', 'partenaires', 'elus', 'equipe'"


def upgrade() -> None:
    _admit(f"nature IN ({PURPOSES}, {AUDIENCES})")


def downgrade() -> None:
    op.execute(f"UPDATE actions SET nature = NULL WHERE nature IN ({AUDIENCES})")
    _admit(f"nature IN ({PURPOSES})")


def _admit(condition: str) -> None:
    with op.batch_alter_table("actions") as actions:
        actions.drop_constraint(op.f("ck_actions_nature"), type_="check")
        actions.create_check_constraint(op.f("ck_actions_nature"), condition)
