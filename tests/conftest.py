"""How hard the laws are tried: enough to find a fault, few enough to be run on every change.

A law is tried on the same cases every time, so that what fails here fails everywhere;
`nox -s search` draws new ones, and more of them, and takes larger samples where chance is not
hypothesis's.
"""

import pytest
from hypothesis import HealthCheck, settings

BUSY = [HealthCheck.too_slow]  # of a busy machine, not of a law
settings.register_profile(
    "laws", max_examples=30, deadline=None, derandomize=True, suppress_health_check=BUSY
)
settings.register_profile("search", max_examples=200, deadline=None, suppress_health_check=BUSY)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def searching():
    """Whether larger samples are asked for."""
    return settings().max_examples == settings.get_profile("search").max_examples


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of these tests' own; without its programs they fail, and say why."""
    from postgres import NoPostgresError, Server  # noqa: PLC0415  # psycopg is loaded when asked for

    try:
        server = Server()
    except NoPostgresError as missing:
        pytest.fail(str(missing), pytrace=False)
    with server:
        yield server


@pytest.fixture(scope="session")
def pooler(postgres):
    """A PgBouncer before that server; without its program tests fail, and say why."""
    from pgbouncer import NoPgBouncerError, Pooler  # noqa: PLC0415  # as above

    try:
        pooler = Pooler(postgres)
    except NoPgBouncerError as missing:
        pytest.fail(str(missing), pytrace=False)
    with pooler:
        yield pooler
