"""The repository in memory keeps the contract, and its history."""

import pytest

from pumpperf import MemoryRepository
from pumpperf.testing import RepositoryContract


class TestMemoryRepository(RepositoryContract):
    def repository(self):
        return MemoryRepository()


def test_contract_asks_for_a_repository():
    with pytest.raises(NotImplementedError):
        RepositoryContract().repository()
