"""The repository in memory keeps the contract, and its history."""

import threading

import pytest

from pumpperf import EnergyConsumption, MemoryRepository, repository
from pumpperf.testing import RepositoryContract
from sample import an_interval


class TestMemoryRepository(RepositoryContract):
    def repository(self):
        return MemoryRepository()


def test_contract_asks_for_a_repository():
    with pytest.raises(NotImplementedError):
        RepositoryContract().repository()


def test_of_two_results_recorded_at_once_one_is_active(monkeypatch):
    """The second comes while the first is halfway in, as from another thread of the API."""
    memory = MemoryRepository()
    first, second = an_interval("E1"), an_interval("E2")
    other = threading.Thread(target=memory.add, args=[second])
    subject = repository.subject

    def interrupted(row):
        if row is first:
            other.start()
            other.join(0.3)
        return subject(row)

    monkeypatch.setattr(repository, "subject", interrupted)
    memory.add(first)
    other.join()
    (active,) = memory.find(EnergyConsumption, active_ind=True)
    assert active == second
    assert len(memory.find(EnergyConsumption)) == 2
