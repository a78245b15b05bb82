"""Rows in a database: SQLite embedded, PostgreSQL for a team."""

from pumpperf.errors import extra

with extra("sql", __name__):
    from pumpperf.adapters.sql.store import SqlRepository
    from pumpperf.adapters.sql.tables import metadata

__all__ = ["SqlRepository", "metadata"]
