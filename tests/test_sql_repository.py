"""The repositories in databases keep the contract of the one in memory."""

import shutil

import pytest

from pumpperf.adapters.sql import SqlRepository
from pumpperf.testing import RepositoryContract


class Contract(RepositoryContract):
    @pytest.fixture(autouse=True)
    def closing(self):
        self.opened = []
        yield
        for repository in self.opened:
            repository.close()

    def repository(self):
        self.opened.append(SqlRepository(self.empty()))
        return self.opened[-1]


class TestSQLite(Contract):
    @pytest.fixture(autouse=True)
    def made(self, tmp_path):
        SqlRepository(tmp_path / "empty").close()
        self.path = tmp_path

    def empty(self):
        path = self.path / f"{len(self.opened)}"
        shutil.copy(self.path / "empty", path)
        return path


class TestPostgreSQL(Contract):
    @pytest.fixture(autouse=True)
    def made(self, postgres, postgres_template):
        self.server = postgres
        self.template = postgres_template

    def empty(self):
        return self.server.database(like=self.template)

    def repository(self):
        for repository in self.opened:
            repository.close()
        return super().repository()


@pytest.fixture(scope="module")
def postgres_template(postgres):
    url = postgres.database()
    SqlRepository(url).close()
    postgres.wait_until_left(url)
    return url


del Contract, RepositoryContract
