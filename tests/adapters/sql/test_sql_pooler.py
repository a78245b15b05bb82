"""Behind a pooler that gives connections out for one transaction, everything works as before."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import attrs
import numpy as np
import psycopg
import pytest
from pgbouncer import NoPgBouncerError, program
from sql_writers import assert_holds, unit

from pumpperf import (
    ArgumentError,
    Equipment,
    PumpEfficiency,
    PumpPerformanceService,
    PumpTest,
    PumpTestResult,
)
from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.sql.postgresql import PREPARED_AFTER
from sample import WHEN

CALLERS = 16


def test_the_pooler_is_one_that_prepared_statements_and_options_do_not_pass(postgres, pooler):
    """Else the tests below would say nothing."""
    url = pooler.url(postgres.database())
    with pytest.raises(psycopg.Error, match="unsupported startup parameter"):
        psycopg.connect(url, options="-c search_path=x")
    with psycopg.connect(url, autocommit=True) as one, psycopg.connect(url) as other:
        number = one.execute("select pg_backend_pid()").fetchone()
        with other.transaction():
            other.execute("select 1")
            assert one.execute("select pg_backend_pid()").fetchone() != number


def test_hundreds_of_calls_of_sixteen_callers_all_succeed(postgres, pooler, searching):
    calls = 64 if searching else 20
    url = pooler.url(postgres.database())

    def call(caller):
        chance, done = np.random.default_rng(caller), 0
        with SqlRepository(url) as repository:
            service = PumpPerformanceService(repository, clock=lambda: WHEN)
            name = f"W{caller}"
            repository.add(*unit(name, 0))
            for number in range(1, calls):
                match chance.integers(6):
                    case 0:
                        repository.add(*unit(name, number))
                    case 1:
                        assert repository.get(PumpTest, f"{name}-0").equipment_id == name
                    case 2:
                        assert repository.find(PumpTest, equipment_id=name)
                    case 3:
                        assert repository.newest(PumpTest, by="test_date", count=3)
                    case 4:
                        service.calculate_result(f"{name}-0", user_id=name)
                    case 5:
                        result = service.evaluate_efficiency(f"{name}-0", user_id=name)
                        assert service.reproduce(result.run_id).run_id == result.run_id
                done += 1
        return done

    with ThreadPoolExecutor(CALLERS) as callers:
        assert sum(callers.map(call, range(CALLERS))) == CALLERS * (calls - 1)
    with SqlRepository(url) as repository:
        for kind in (PumpTestResult, PumpEfficiency):
            active = repository.find(kind, active_ind=True)
            assert len({row.pump_test_id for row in active}) == len(active)


def test_many_rows_and_all_classes_pass(postgres, pooler):
    with SqlRepository(pooler.url(postgres.database())) as repository:
        repository.add(*(row for number in range(2) for row in unit("W", number)))
        assert_holds(repository, [row for number in range(2) for row in unit("W", number)])
        fleet = [Equipment(equipment_id=f"P{i:05}", lift_type="ESP") for i in range(1200)]
        repository.add(*fleet)
        repository.add(*(attrs.evolve(pump, active_ind=False) for pump in fleet))
        assert len(repository.find(Equipment, active_ind=False)) == 1200


def thresholds(url):
    """After how often the connections of a repository prepare a statement."""
    with SqlRepository(url) as repository, repository._database.engine.connect() as connection:
        return connection.connection.driver_connection.prepare_threshold


def test_statements_are_prepared_only_where_no_pooler_is_found_or_named(postgres, pooler):
    direct = postgres.database()
    assert thresholds(direct) == PREPARED_AFTER
    assert thresholds(f"{direct}&prepare_threshold=2") == 2
    assert thresholds(f"{direct}&prepare_threshold=none") is None
    assert thresholds(f"{direct}&pgbouncer=true") is None
    assert thresholds(f"{direct}&pgbouncer=false") == PREPARED_AFTER
    pooled = pooler.url(direct)
    assert thresholds(pooled) is None
    assert thresholds(f"{pooled}&prepare_threshold=5") is None


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("prepare_threshold=often", "expected a whole number or none"),
        ("prepare_threshold=-1", "expected a whole number or none"),
        ("pgbouncer=perhaps", "expected true or false"),
        ("connect_timeout=x", "expected whole seconds"),
        ("connect_timeout=1.5", "expected whole seconds"),
        ("connect_timeout=-1", "expected whole seconds"),
        ("connect_timeout=1&connect_timeout=2", "expected whole seconds"),
        (f"connect_timeout={quote('٣')}", "expected whole seconds"),
        (f"connect_timeout={'9' * 5000}", "expected whole seconds"),
    ],
)
def test_an_option_that_is_none_is_told(option, expected):
    with pytest.raises(ArgumentError, match=expected) as refused:
        SqlRepository(f"postgresql://ana@/x?{option}")
    assert len(str(refused.value)) < 300


def test_without_a_pooler_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("pgbouncer.PROGRAM", "no-such-program")
    with pytest.raises(NoPgBouncerError, match="apt-get install pgbouncer"):
        program()
