"""The schema: what the migrations make is what the row classes ask for, on both databases."""

import re
import shutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sql_schema import statements

from pumpperf import Equipment, StorageError
from pumpperf.adapters.sql import SqlRepository, metadata, upgrade
from pumpperf.adapters.sql.databases import opened
from pumpperf.adapters.sql.tables import LAYOUTS
from pumpperf.adapters.sql.upgrade import HEAD, SCRIPTS, VERSION_TABLE, migrate
from pumpperf.fields import describe
from pumpperf.model import ROWS

STEP = '''
"""A later release."""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0002", "0001"

def upgrade():
    op.add_column("well", sa.Column("later", sa.Text()))
'''
BROKEN = STEP.replace('"later"', '"well_num"') + '    op.execute("not a statement")\n'


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        return tmp_path / "pumps.db"
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def database(place):
    database = opened(place)
    yield database
    database.engine.dispose()


def made(database):
    """The schema as the database tells it: its own words for every table, check and index."""
    asked = {
        "sqlite": "select name, sql from sqlite_master where sql is not null",
        "postgresql": """
            select c.relname || '.' || a.attname,
                   format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
                   || coalesce(l.collname, '')
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            left join pg_collation l on l.oid = a.attcollation
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and c.relkind = 'r'
            union all
            select conrelid::regclass || '.' || conname,
                   pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace
            union all
            select indexname, indexdef from pg_indexes where schemaname = 'public'""",
    }
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql(asked[database.engine.dialect.name]).fetchall()
    return {
        name: re.sub(r"\s+", " ", text).strip()
        for name, text in found
        if VERSION_TABLE not in name + text
    }


def test_migrations_make_what_the_classes_ask_for(database):
    with database.engine.begin() as connection:
        metadata.create_all(connection)
    asked = made(database)
    with database.engine.begin() as connection:
        metadata.drop_all(connection)
    migrate(database)
    assert made(database) == asked
    assert len(asked) > len(metadata.tables)


def test_alembic_sees_no_difference(database):
    """As a host with migrations of its own would compare."""
    migrate(database)
    host = sa.create_engine(database.engine.url)
    with host.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    host.dispose()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_statements_of_the_first_schema_are_those_of_the_classes(dialect):
    """Until the first release they may change; then a new script brings what is new."""
    text = (SCRIPTS / "versions" / f"v0001_{dialect}.sql").read_text(encoding="utf-8")
    assert text == ";\n\n".join(statements(dialect)) + ";\n"


def test_the_last_script_is_the_schema_of_this_release():
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == HEAD


def test_a_second_opening_changes_nothing(place, database):
    SqlRepository(place).close()
    before = made(database)
    SqlRepository(place).close()
    assert made(database) == before


def test_an_earlier_release_is_brought_up_with_its_rows(place, database, tmp_path):
    with SqlRepository(place) as earlier:
        earlier.add(Equipment(equipment_id="P1", lift_type="ESP"))
    scripts = shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (scripts / "versions" / "v0002.py").write_text(STEP)
    migrate(database, scripts=scripts, head="0002")
    with database.engine.connect() as connection:
        columns = [column["name"] for column in sa.inspect(connection).get_columns("well")]
        assert "later" in columns
        assert connection.exec_driver_sql("select equipment_id from equipment").scalar() == "P1"


def test_a_newer_database_is_refused_in_words(place, database, tmp_path):
    scripts = shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (scripts / "versions" / "v0002.py").write_text(STEP)
    migrate(database, scripts=scripts, head="0002")
    with pytest.raises(StorageError, match="schema 0002, newer than 0001 of this library"):
        SqlRepository(place)


def test_a_step_that_fails_leaves_the_schema_as_it_was(database, tmp_path):
    migrate(database)
    before = made(database)
    scripts = shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (scripts / "versions" / "v0002.py").write_text(BROKEN)
    with pytest.raises(sa.exc.SQLAlchemyError):
        migrate(database, scripts=scripts, head="0002")
    assert made(database) == before
    migrate(database)


def test_who_comes_second_to_the_lock_finds_the_schema_made(database, monkeypatch):
    """Before the lock it saw none; behind the lock it looks again."""
    migrate(database)
    seen = iter([None])
    look = upgrade._version
    monkeypatch.setattr(upgrade, "_version", lambda connection: next(seen, look(connection)))
    migrate(database)


def test_a_host_s_own_tables_are_left_alone(place, database):
    """Ours may stand beside others, their migrations included."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("create table alembic_version (version_num text)")
        connection.exec_driver_sql("insert into alembic_version values ('theirs')")
    SqlRepository(place).close()
    with database.engine.connect() as connection:
        theirs = connection.exec_driver_sql("select version_num from alembic_version").scalar()
    assert theirs == "theirs"


@pytest.mark.parametrize("row", ROWS)
def test_columns_are_those_of_ppdm(row):
    """In PPDM's order: the key, then by name, `row_*` last, and behind all of them the digest."""
    *found, digest = (column.name for column in LAYOUTS[row].table.columns)
    assert digest == "row_digest"
    nested = {field.base for field in describe(row) if field.nested}
    example = {name.lower() for name in _columns_of(row)} - nested
    assert set(found) == example | ({"start_date", "end_date"} if row.SPAN else set())
    assert found[: len(row.KEY)] == list(row.KEY)
    rest = found[len(row.KEY) :]
    assert rest == sorted(rest, key=lambda name: (name.startswith("row_"), name))


def _columns_of(row):
    for field in describe(row):
        yield field.column
        if field.kind and field.kind.suffix:
            yield f"{field.column}_OUOM"


def test_no_identifier_is_longer_than_thirty_characters():
    for table in metadata.tables.values():
        for name in (table.name, *(column.name for column in table.columns)):
            assert len(name) <= 30


def test_where_readings_disagree_about_a_unit_the_column_names_it():
    columns = metadata.tables["pump_test_reading"].columns
    assert {"speed_rpm", "speed_spm", "speed_rpm_ouom"} < set(columns.keys())
    assert "speed" not in columns
