"""The first schema: one file of statements for each database, as a DBA would read them."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index."""
    connection = op.get_bind()
    statements = Path(__file__).with_name(f"v0001_{connection.dialect.name}.sql")
    for statement in statements.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
