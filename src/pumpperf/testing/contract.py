"""What any repository must do, as tests to be inherited."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pumpperf.checked import Checked
from pumpperf.errors import ArgumentError, ConflictError, NotFoundError, StaleError
from pumpperf.fields import describe
from pumpperf.lift import LiftType
from pumpperf.model import (
    ROWS,
    EnergyConsumption,
    Equipment,
    EquipmentUseStat,
    MeanTimeBetweenFailure,
    ResultStatus,
    Row,
    key,
)
from pumpperf.questions import Value
from pumpperf.repository import Answer, Page, Repository
from pumpperf.testing.drawn import rows

C = TypeVar("C", bound=Checked)

_WHEN = dt.datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)
_HOUR = dt.timedelta(hours=1)
_PUMP = Equipment(
    equipment_id="P1", lift_type=LiftType.ESP, row_created_by="ana", row_created_date=_WHEN
)
_OTHER = attrs.evolve(_PUMP, equipment_id="P2")
_CHANGED = attrs.evolve(_PUMP, serial_num="another")
_RETIRED = attrs.evolve(_PUMP, active_ind=False, row_changed_by="bo", row_changed_date=_WHEN)


class RepositoryContract:
    """What any repository must do: subclass it in a test, and give it an empty one.

    class TestMyRepository(RepositoryContract):
        def repository(self):
            return MyRepository(...)
    """

    def repository(self) -> Repository:
        """A new, empty repository."""
        raise NotImplementedError

    def _holding(self, *rows: Row) -> Repository:
        """A new repository that holds some rows."""
        repository = self.repository()
        repository.add(*rows)
        return repository

    @pytest.mark.parametrize("kind", ROWS)
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_a_row_comes_back_as_it_went_in(self, kind: type[Row], data: st.DataObject) -> None:
        """Every class, every possible value, to the last bit."""
        row = data.draw(rows(kind))
        repository = self.repository()
        assert repository.add(row) == (row,)
        assert repository.get(kind, *key(row)) == row
        assert repository.find(kind) == (row,)

    def test_a_row_that_is_not_there_is_not_found(self) -> None:
        """`get` says so; `find` finds nothing."""
        repository = self.repository()
        with pytest.raises(NotFoundError, match="'P1'"):
            repository.get(Equipment, "P1")
        assert repository.find(Equipment) == ()

    def test_all_rows_are_kept_or_none(self) -> None:
        """One row that cannot be kept keeps the others out."""
        repository = self._holding(_PUMP)
        with pytest.raises(ConflictError):
            repository.add(_OTHER, _CHANGED)
        assert repository.find(Equipment) == (_PUMP,)

    def test_the_same_row_twice_is_one_row(self) -> None:
        """Also within one unit of work."""
        repository = self.repository()
        assert repository.add(_PUMP, _PUMP) == (_PUMP, _PUMP)
        repository.add(_PUMP)
        assert repository.find(Equipment) == (_PUMP,)

    def test_who_and_when_make_no_other_row(self) -> None:
        """The first to say it stays."""
        repository = self._holding(_PUMP)
        (kept,) = repository.add(attrs.evolve(_PUMP, row_created_by="bo"))
        assert kept.row_created_by == "ana"
        assert repository.get(Equipment, "P1").row_created_by == "ana"

    def test_a_different_row_under_a_key_is_a_conflict(self) -> None:
        """The error names the column; the first row stays."""
        repository = self._holding(_PUMP)
        with pytest.raises(ConflictError, match="serial_num"):
            repository.add(_CHANGED)
        with pytest.raises(ConflictError, match="serial_num"):
            repository.add(attrs.evolve(_CHANGED, active_ind=False))
        assert repository.get(Equipment, "P1") == _PUMP

    def test_two_different_rows_of_one_key_conflict_with_each_other(self) -> None:
        """Within one unit of work, too."""
        repository = self.repository()
        with pytest.raises(ConflictError):
            repository.add(_PUMP, _CHANGED)
        assert repository.find(Equipment) == ()

    def test_a_row_is_retired_and_called_back(self) -> None:
        """`active_ind` is all that may change."""
        repository = self._holding(_PUMP)
        assert repository.add(_RETIRED) == (_RETIRED,)
        assert repository.get(Equipment, "P1") == _RETIRED
        assert repository.find(Equipment, active_ind=True) == ()
        repository.add(_PUMP)
        assert repository.find(Equipment, active_ind=True) == (_PUMP,)

    def test_rows_are_found_by_their_values_in_order_of_their_keys(self) -> None:
        """Whatever the order in which they came."""
        third = attrs.evolve(_PUMP, equipment_id="P3", lift_type=LiftType.PCP)
        repository = self._holding(third, _OTHER, _PUMP)
        assert repository.find(Equipment) == (_PUMP, _OTHER, third)
        assert repository.find(Equipment, lift_type="ESP") == (_PUMP, _OTHER)
        assert repository.find(Equipment, lift_type="ESP", equipment_id="P2") == (_OTHER,)
        assert repository.find(Equipment, row_created_date=_WHEN) == (_PUMP, _OTHER, third)

    def test_rows_are_found_among_keys(self) -> None:
        """Each once, in order of the keys; a key that nothing stands under is passed over."""
        third = attrs.evolve(_PUMP, equipment_id="P3", lift_type=LiftType.PCP)
        repository = self._holding(third, _OTHER, _PUMP)
        keys = [("P3",), ("P1",), ("P9",), ("P1",), ("",), ()]
        assert repository.find(Equipment, keys) == (_PUMP, third)
        assert repository.find(Equipment, keys, lift_type="PCP") == (third,)
        assert repository.find(Equipment, []) == ()

    def test_rows_are_found_by_the_time_that_they_touch(self) -> None:
        """From the first of its dates to the last, in whatever order they stand."""
        hours = {"A": (3, 1), "B": (1, 2), "C": (4,), "D": ()}
        logs = {
            name: EquipmentUseStat(
                equipment_id="P1",
                spec_id=name,
                sample_time=[_WHEN + hour * _HOUR for hour in some],
                power_kw=[20.0] * len(some),
            )
            for name, some in hours.items()
        }
        repository = self._holding(*logs.values())
        for start, end, names in (
            (1, 1, "AB"),
            (2.5, 2.6, "A"),
            (3, 4, "AC"),
            (5, 9, ""),
            (0, 9, "ABC"),
        ):
            time = (_WHEN + start * _HOUR, _WHEN + end * _HOUR)
            found = repository.find(EquipmentUseStat, None, time, equipment_id="P1")
            assert found == tuple(logs[name] for name in names)
            keys = frozenset(map(key, found))
            asked: Mapping[str, Value] = {"equipment_id": "P1"}
            repository.add(read=[Answer(EquipmentUseStat, asked, keys, time)])
        with pytest.raises(ArgumentError, match="Equipment has no dates"):
            repository.find(Equipment, None, (_WHEN, _WHEN))
        with pytest.raises(ArgumentError, match="expected two dates with their UTC offset"):
            repository.find(EquipmentUseStat, None, (_WHEN.replace(tzinfo=None), _WHEN))

    def test_the_newest_rows_come_first_page_by_page(self) -> None:
        """Rows of one date follow each other by key, and none is shown twice or left out."""
        dates = [_WHEN, None, _WHEN, _WHEN + dt.timedelta(microseconds=1), _WHEN]
        pumps = [
            attrs.evolve(_PUMP, equipment_id=f"P{i}", effective_date=date)
            for i, date in enumerate(dates)
        ]
        repository = self._holding(*pumps)
        seen: list[Equipment] = []
        while page := repository.newest(
            Equipment,
            by="effective_date",
            count=3,
            before=(seen[-1].effective_date or _WHEN, key(seen[-1])) if seen else None,
            lift_type="ESP",
        ):
            seen += page
        assert seen == [pumps[3], pumps[4], pumps[2], pumps[0]]
        assert repository.newest(Equipment, by="effective_date", count=1) == (pumps[3],)
        assert repository.newest(Equipment, by="effective_date", count=1, lift_type="PCP") == ()

    def test_a_result_retires_the_one_before_it(self) -> None:
        """Also within one unit of work; one called back retires the other in its turn."""
        first, second, other = (_interval(f"E{i}") for i in range(3))
        other = attrs.evolve(other, equipment_id="P2")
        repository = self._holding(first, other)
        repository.add(second)
        gone = attrs.evolve(first, active_ind=False, row_changed_by="E1", row_changed_date=_WHEN)
        assert repository.find(EnergyConsumption) == (gone, second, other)
        repository.add(first)
        assert repository.find(EnergyConsumption, active_ind=True) == (first, other)
        within = self._holding(first, second, other)
        assert within.find(EnergyConsumption) == (gone, second, other)

    def test_a_result_as_of_an_earlier_date_replaces_no_later_one(self) -> None:
        """It is kept as one that does not count, also when it is called back."""
        march, february = _mtbf("M", _WHEN), _mtbf("F", _WHEN - dt.timedelta(days=28))
        quiet = attrs.evolve(february, active_ind=False)
        repository = self._holding(march)
        assert repository.add(february) == (quiet,)
        repository.add(february)
        assert repository.find(MeanTimeBetweenFailure) == (quiet, march)
        assert self._holding(march, february).find(MeanTimeBetweenFailure) == (quiet, march)
        again = _mtbf("N", _WHEN)
        repository.add(again)
        assert repository.find(MeanTimeBetweenFailure, active_ind=True) == (again,)

    def test_what_was_made_of_rows_that_have_changed_is_not_kept(self) -> None:
        """Neither after one more, nor after one that was withdrawn; what stands is kept."""
        repository = self.repository()
        esp: Mapping[str, Value] = {"lift_type": "ESP", "active_ind": True}
        none, one, two = (
            Answer(Equipment, esp, frozenset(keys))
            for keys in ((), [key(_PUMP)], [key(_PUMP), key(_OTHER)])
        )
        repository.add(_PUMP, read=[none])
        with pytest.raises(StaleError, match="EQUIPMENT with lift_type = 'ESP', active_ind = True"):
            repository.add(_interval("E1"), read=[none])
        repository.add(_OTHER, read=[one])
        repository.add(_RETIRED)
        with pytest.raises(StaleError):
            repository.add(_interval("E1"), read=[two])
        assert repository.find(EnergyConsumption) == ()
        repository.add(_interval("E1"), read=[Answer(Equipment, esp, frozenset([key(_OTHER)]))])
        assert repository.find(EnergyConsumption) == (_interval("E1"),)
        newest = Answer(Equipment, {}, frozenset([key(_OTHER)]), page=Page("row_created_date", 1))
        repository.add(_interval("E3"), read=[newest])
        repository.add(attrs.evolve(_PUMP, equipment_id="P3"))
        with pytest.raises(StaleError):
            repository.add(_interval("E4"), read=[newest])
        nobody = Answer(Equipment, {"equipment_id": ""}, frozenset())
        repository.add(_interval("E2"), read=[nobody])


def _mtbf(name: str, as_of: dt.datetime) -> MeanTimeBetweenFailure:
    return _least(MeanTimeBetweenFailure, mtbf_id=name, as_of_date=as_of)


def _interval(name: str) -> EnergyConsumption:
    return _least(EnergyConsumption, energy_consumption_id=name, row_created_by=name)


def _least(row: type[C], **values: Any) -> C:  # of any field
    """A row that says no more than it must."""
    each = {str: "-", bool: True, int: 0, float: 0.0, ResultStatus: "PLAUSIBLE", dt.datetime: _WHEN}
    needed = [
        field for field in describe(row) if field.required or field.name == "row_created_date"
    ]
    must: dict[str, Any]  # of any field
    must = {field.name: () if field.sequence else each[field.types[0]] for field in needed}
    return row(**must | values)
