"""What is refused, and what is said of it."""

import pytest

from pumpperf import RowError


def faults_of(call, *args, **more):
    """All that the call finds wrong with what it is given."""
    with pytest.raises(RowError) as caught:
        call(*args, **more)
    return caught.value.faults


def fault_of(call, *args, **more):
    """The one thing that it finds wrong."""
    (fault,) = faults_of(call, *args, **more)
    return fault


def each_fault(table, *given):
    """A case for each line of a table: what is given, how its fault starts, what else it says."""
    count = len(given)
    return pytest.mark.parametrize(
        (*given, "start", "parts"),
        [
            pytest.param(*line[: count + 1], line[count + 1 :], id=name)
            for name, line in table.items()
        ],
    )


def assert_says(fault, start, parts):
    """The fault starts like this and has these parts."""
    assert fault.startswith(start)
    assert [part for part in parts if part not in fault] == []


def assert_starts(faults, starts):
    """There is one fault for each of these starts, and no other."""
    found = {start: [fault for fault in faults if fault.startswith(start)] for start in starts}
    assert [start for start, matching in found.items() if len(matching) != 1] == []
    assert len(faults) == len(starts)
