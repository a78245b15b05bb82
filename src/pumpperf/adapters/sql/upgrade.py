"""The schema made, or brought up to this release, by one call."""

from pathlib import Path

import sqlalchemy as sa

from pumpperf.adapters.sql.databases import Database
from pumpperf.errors import StorageError

HEAD = "0001"
"""The schema of this release."""
VERSION_TABLE = "pumpperf_schema_version"
SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, *, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Make the schema in an empty database, or bring that of an earlier release up to this one.

    Processes that start together do it once. All or nothing: a step that fails leaves the schema
    as it was.

    Args:
        database: where.
        scripts: the folder of the migration scripts.
        head: the version to reach.

    Raises:
        StorageError: the database is newer than this library.
    """
    with database.reading() as connection:
        if _version(connection) == head:
            return
    with database.writing() as connection:
        database.lock(connection, [VERSION_TABLE])
        version = _version(connection)
        if version != head:
            _upgrade(connection, version, scripts, head)


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.exec_driver_sql(
        f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608  # our own name
    ).scalar()
    return version


def _upgrade(connection: sa.Connection, version: str | None, scripts: Path, head: str) -> None:
    from alembic.operations import Operations  # noqa: PLC0415  # loaded only where it is needed
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    directory = ScriptDirectory(str(scripts))
    known = {script.revision for script in directory.walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(
            f"the database has the schema {version}, newer than {head} of this library: "
            "install the pumpperf that made it"
        )
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    steps = directory.iterate_revisions(head, version or "base")
    with Operations.context(context):
        for step in reversed(list(steps)):
            step.module.upgrade()
    context.stamp(directory, head)
