"""Partners, conventions, orientations and what sessions they share."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MISSIONS = (
    ("Accès aux droits", "acces aux droits"),
    ("Démarches en ligne", "demarches en ligne"),
    ("Emploi et formation", "emploi et formation"),
    ("Logement", "logement"),
    ("Santé et prévention", "sante et prevention"),
    ("Parentalité", "parentalite"),
    ("Scolarité", "scolarite"),
    ("Apprendre le français", "apprendre le francais"),
    ("Loisirs, sport et culture", "loisirs, sport et culture"),
    ("Solidarité et aide alimentaire", "solidarite et aide alimentaire"),
    ("Cadre de vie", "cadre de vie"),
)


def upgrade() -> None:
    missions = op.create_table(
        "missions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("folded_name", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missions")),
        sa.UniqueConstraint("folded_name", name=op.f("uq_missions_folded_name")),
    )
    op.bulk_insert(
        missions,
        [
            {"name": name, "folded_name": folded, "position": place}
            for place, (name, folded) in enumerate(MISSIONS, 1)
        ],
    )
    _partners()
    for what in ("action", "session"):
        _together(what)
    _conventions()
    _schemes()


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("folded_name", sa.String(160), nullable=False),
        sa.Column("slug", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(30)),
        sa.Column("website", sa.String(200)),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("folded_name", name=op.f("uq_partners_folded_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_partners_slug")),
    )
    op.create_index(op.f("ix_partners_kind"), "partners", ["kind"])
    op.create_index("ix_partners_archived", "partners", ["archived_on", "folded_name"])
    for table, column, target in (
        ("partner_missions", "mission_id", "missions"),
        ("partner_quartiers", "quartier_id", "quartiers"),
    ):
        op.create_table(
            table,
            sa.Column("partner_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            _to_partner(table),
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
            ),
            sa.PrimaryKeyConstraint("partner_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "partner_publics",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("public", sa.String(12), nullable=False),
        _to_partner("partner_publics"),
        sa.PrimaryKeyConstraint("partner_id", "public", name=op.f("pk_partner_publics")),
    )
    op.create_index(op.f("ix_partner_publics_public"), "partner_publics", ["public"])
    op.create_table(
        "partner_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(120), nullable=False),
        sa.Column("phone", sa.String(30)),
        sa.Column("email", sa.String(254)),
        _to_partner("partner_contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contacts")),
    )
    op.create_index(op.f("ix_partner_contacts_partner_id"), "partner_contacts", ["partner_id"])


def _together(what: str) -> None:
    table, column = f"{what}_partners", f"{what}_id"
    op.create_table(
        table,
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.CheckConstraint("role IN ('co-organises', 'present')", name=op.f(f"ck_{table}_role")),
        sa.ForeignKeyConstraint(
            [column],
            [f"{what}s.id"],
            name=op.f(f"fk_{table}_{column}_{what}s"),
            ondelete="CASCADE",
        ),
        _to_partner(table),
        sa.PrimaryKeyConstraint(column, "partner_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_partner_id"), table, ["partner_id"])


def _conventions() -> None:
    op.create_table(
        "conventions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(160), nullable=False),
        sa.Column("file_id", sa.Integer()),
        sa.Column("follows_id", sa.Integer()),
        sa.Column("told_soon_on", sa.Date()),
        sa.Column("told_ended_on", sa.Date()),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_conventions_days")),
        sa.CheckConstraint("notice_months BETWEEN 0 AND 24", name=op.f("ck_conventions_notice")),
        sa.CheckConstraint("follows_id <> id", name=op.f("ck_conventions_follows_another")),
        _to_partner("conventions"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_conventions_file_id_files")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["conventions.id"], name=op.f("fk_conventions_follows_id_conventions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conventions")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_conventions_follows_id")),
    )
    op.create_index(op.f("ix_conventions_partner_id"), "conventions", ["partner_id"])
    op.create_index("ix_conventions_ends", "conventions", ["ends_on"])


def _schemes() -> None:
    op.create_table(
        "schemes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("folded_title", sa.String(160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(300), nullable=False),
        sa.Column("where_to_go", sa.Text(), nullable=False),
        sa.Column("source_url", sa.String(300)),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by_id", sa.Integer()),
        sa.Column("archived_on", sa.Date()),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_schemes_days")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"],
            ["residents.id"],
            name=op.f("fk_schemes_checked_by_id_residents"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schemes")),
        sa.UniqueConstraint("folded_title", name=op.f("uq_schemes_folded_title")),
    )


def _to_partner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["partner_id"], ["partners.id"], name=op.f(f"fk_{table}_partner_id_partners")
    )


def downgrade() -> None:
    for table in (
        "schemes",
        "conventions",
        "session_partners",
        "action_partners",
        "partner_contacts",
        "partner_publics",
        "partner_quartiers",
        "partner_missions",
        "partners",
        "missions",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM search_documents WHERE kind IN ('partners', 'schemes')")
