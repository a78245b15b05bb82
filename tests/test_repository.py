"""The repository in memory keeps the contract, and its history."""

import attrs
import pytest

from pumpperf import Equipment, LiftType, MemoryRepository, NotFoundError
from pumpperf.testing import RepositoryContract


class TestMemoryRepository(RepositoryContract):
    def repository(self):
        return MemoryRepository()


def test_contract_asks_for_a_repository():
    with pytest.raises(NotImplementedError):
        RepositoryContract().repository()


def test_history_keeps_every_version():
    repository = MemoryRepository()
    first = Equipment(equipment_id="P1", lift_type=LiftType.ESP)
    retired = attrs.evolve(first, active_ind=False)
    repository.add(first)
    repository.add(retired)
    assert repository.history(Equipment, "P1") == (first, retired)
    with pytest.raises(NotFoundError):
        repository.history(Equipment, "P2")
