"""The repositories in databases keep the contract of the one in memory."""

import pytest

from pumpperf.adapters.sql import SqlRepository, metadata
from pumpperf.testing import RepositoryContract


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, tmp_path_factory):
    if request.param == "sqlite":
        place = tmp_path_factory.mktemp("contract") / "pumps.db"
    else:
        place = request.getfixturevalue("postgres").database()
    with SqlRepository(place) as repository:
        yield repository


class TestSqlRepository(RepositoryContract):
    @pytest.fixture(autouse=True)
    def kept(self, database):
        self.database = database

    def repository(self):
        """The same one, emptied: to make another takes two hundred times as long."""
        with self.database._database.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        return self.database


del RepositoryContract
