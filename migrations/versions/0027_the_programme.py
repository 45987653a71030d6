"""Kinds, series, registrations and volunteers of the programme."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = (
    ("animation_quartier", "Animation de quartier"),
    ("action_municipale", "Action de la Ville"),
    ("activite", "Activité"),
    ("service", "Permanence ou service"),
    ("reunion_partenariale", "Réunion de partenaires"),
    ("rencontre_communication", "Rencontre avec la communication"),
    ("journee_reseau", "Journée réseau"),
    ("formation_equipe", "Formation de l’équipe"),
    ("formation_concept", "Formation au concept de centre social"),
    ("presentation_concept", "Présentation du centre social"),
    ("fete_quartier", "Fête de quartier"),
    ("appui_projet", "Appui à un projet d’habitants"),
    ("seance_projet", "Séance de travail d’un projet"),
    ("rencontre_associations", "Rencontre d’associations"),
    ("autre", "Autre"),
)


def upgrade() -> None:
    kinds = op.create_table(
        "action_kinds",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("counts_as", sa.String(40), nullable=False),
        sa.Column("is_built_in", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_action_kinds")),
        sa.UniqueConstraint("label", name=op.f("uq_action_kinds_label")),
    )
    op.bulk_insert(
        kinds,
        [
            {"code": code, "label": label, "counts_as": code, "is_built_in": True}
            for code, label in KINDS
        ],
    )
    with op.batch_alter_table("actions") as actions:
        actions.add_column(sa.Column("nature", sa.String(20)))
        actions.add_column(
            sa.Column("public", sa.String(12), nullable=False, server_default="tous")
        )
        actions.add_column(
            sa.Column(
                "takes_registrations", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
        actions.add_column(sa.Column("capacity", sa.Integer()))
        actions.add_column(sa.Column("renews_id", sa.Integer()))
        actions.create_foreign_key(
            op.f("fk_actions_kind_action_kinds"), "action_kinds", ["kind"], ["code"]
        )
        actions.create_foreign_key(
            op.f("fk_actions_renews_id_actions"), "actions", ["renews_id"], ["id"]
        )
        actions.create_check_constraint(
            op.f("ck_actions_nature"), "nature IN ('echange', 'coordination', 'autre')"
        )
        actions.create_check_constraint(
            op.f("ck_actions_public"),
            "public IN ('tous', 'enfants', 'jeunes', 'familles', 'seniors')",
        )
        actions.create_check_constraint(op.f("ck_actions_capacity"), "capacity BETWEEN 1 AND 2000")
        actions.create_check_constraint(op.f("ck_actions_renews_another"), "renews_id <> id")
        actions.create_index(op.f("ix_actions_kind"), ["kind"])
    _series()
    _people()


def _series() -> None:
    op.create_table(
        "school_holidays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_school_holidays_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_holidays")),
    )
    op.create_table(
        "action_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("starts_at_time", sa.String(5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("skips_holidays", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_action_series_minutes")),
        sa.CheckConstraint("until >= starts_on", name=op.f("ck_action_series_days")),
        _to("action_series", "action_id", "actions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_series")),
    )
    op.create_index(op.f("ix_action_series_action_id"), "action_series", ["action_id"])
    op.create_table(
        "series_exceptions",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved_to", sa.DateTime(timezone=True)),
        _to("series_exceptions", "series_id", "action_series"),
        sa.PrimaryKeyConstraint("series_id", "day", name=op.f("pk_series_exceptions")),
    )
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("series_id", sa.Integer()))
        sessions.create_foreign_key(
            op.f("fk_sessions_series_id_action_series"), "action_series", ["series_id"], ["id"]
        )
        sessions.create_index(op.f("ix_sessions_series_id"), ["series_id"])


def _people() -> None:
    op.create_table(
        "session_registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer()),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 2000", name=op.f("ck_session_registrations_place")),
        _to("session_registrations", "session_id", "sessions"),
        _to("session_registrations", "resident_id", "residents", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_registrations")),
        sa.UniqueConstraint(
            "session_id",
            "resident_id",
            name=op.f("uq_session_registrations_session_id_resident_id"),
        ),
        sa.UniqueConstraint(
            "session_id", "place", name=op.f("uq_session_registrations_session_id_place")
        ),
    )
    op.create_table(
        "volunteer_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer()),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("wanted BETWEEN 1 AND 200", name=op.f("ck_volunteer_needs_wanted")),
        _to("volunteer_needs", "action_id", "actions"),
        _to("volunteer_needs", "session_id", "sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_needs")),
    )
    op.create_index(op.f("ix_volunteer_needs_action_id"), "volunteer_needs", ["action_id"])
    op.create_table(
        "volunteer_signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("place BETWEEN 1 AND 200", name=op.f("ck_volunteer_signups_place")),
        _to("volunteer_signups", "need_id", "volunteer_needs"),
        _to("volunteer_signups", "session_id", "sessions"),
        _to("volunteer_signups", "resident_id", "residents", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer_signups")),
        sa.UniqueConstraint(
            "session_id", "resident_id", name=op.f("uq_volunteer_signups_session_id_resident_id")
        ),
        sa.UniqueConstraint(
            "need_id",
            "session_id",
            "place",
            name=op.f("uq_volunteer_signups_need_id_session_id_place"),
        ),
    )
    for table in ("session_registrations", "volunteer_signups"):
        op.create_index(op.f(f"ix_{table}_resident_id"), table, ["resident_id"])


def _to(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=gone)


def downgrade() -> None:
    for table in ("volunteer_signups", "volunteer_needs", "session_registrations"):
        op.drop_table(table)
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_index(op.f("ix_sessions_series_id"))
        sessions.drop_constraint(op.f("fk_sessions_series_id_action_series"), type_="foreignkey")
        sessions.drop_column("series_id")
    for table in ("series_exceptions", "action_series", "school_holidays"):
        op.drop_table(table)
    with op.batch_alter_table("actions") as actions:
        actions.drop_index(op.f("ix_actions_kind"))
        for name in ("nature", "public", "capacity", "renews_another"):
            actions.drop_constraint(op.f(f"ck_actions_{name}"), type_="check")
        for name in ("kind_action_kinds", "renews_id_actions"):
            actions.drop_constraint(op.f(f"fk_actions_{name}"), type_="foreignkey")
        for name in ("nature", "public", "takes_registrations", "capacity", "renews_id"):
            actions.drop_column(name)
    op.drop_table("action_kinds")
