"""Give the stems an index in each engine's own way, kept in step by the engine."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5"
    "(stems, content='search_documents', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_documents BEGIN "
    "INSERT INTO search_fts(rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER search_fts_delete AFTER DELETE ON search_documents BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, stems) VALUES ('delete', old.id, old.stems); END",
    "CREATE TRIGGER search_fts_update AFTER UPDATE OF stems ON search_documents BEGIN "
    "INSERT INTO search_fts(search_fts, rowid, stems) VALUES ('delete', old.id, old.stems); "
    "INSERT INTO search_fts(rowid, stems) VALUES (new.id, new.stems); END",
)
POSTGRESQL = (
    "ALTER TABLE search_documents ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(stems, ' '), ''))) STORED",
    "CREATE INDEX ix_search_documents_vector ON search_documents USING gin (vector)",
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_fts_{name}")
        op.execute("DROP TABLE search_fts")
    else:
        op.execute("ALTER TABLE search_documents DROP COLUMN vector")
