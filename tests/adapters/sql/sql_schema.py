"""The schema that the row classes ask for, as statements.

    python tests/adapters/sql/sql_schema.py sqlite > ...

writes what the migration of a new release begins from.
"""

import sys

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from pumpperf.adapters.sql.tables import metadata

DIALECTS = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def statements(dialect: str) -> list[str]:
    """Every table, parents first, with its indexes by name."""
    made = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: index.name)
        for item in (CreateTable(table), *map(CreateIndex, indexes)):
            text = str(item.compile(dialect=DIALECTS[dialect]()))
            made.append("\n".join(line.rstrip() for line in text.strip().splitlines()))
    return made


if __name__ == "__main__":
    print(";\n\n".join(statements(sys.argv[1])) + ";")
