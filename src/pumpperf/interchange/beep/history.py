"""Pump tests for HydraulicPumps, as a list of `PumpPerformanceHistory`.

Rate, power and efficiency are those while the pump runs, so that they belong together, and none is
clipped. `SuckerRodPumpPerformance` is not written: its rod load in percent of what the rods may
carry is no number of ours.
"""

from collections.abc import Iterable

from attrs import frozen

from pumpperf.errors import ArgumentError
from pumpperf.evaluate.input_rows import by_label
from pumpperf.fields import describe
from pumpperf.interchange.beep.sent import (
    Record,
    SentList,
    named,
    not_carried,
    refuse,
    refuse_retired,
)
from pumpperf.lift import EfficiencyChain
from pumpperf.model import PumpEfficiency, PumpTest, PumpTestResult, ResultStatus
from pumpperf.units import convert

LINKS = tuple(field.name for field in describe(EfficiencyChain) if field.kind is None)
"""The efficiencies that a history can show."""


@frozen
class _Evaluated:
    test: PumpTest
    result: PumpTestResult
    efficiency: PumpEfficiency


def performance_history(
    equipment_id: str,
    *,
    tests: Iterable[PumpTest],
    results: Iterable[PumpTestResult],
    efficiencies: Iterable[PumpEfficiency],
    efficiency: str,
) -> SentList:
    """The tests of one pump as `PumpPerformanceHistory`, one record a reading, by date.

    Args:
        equipment_id: the pump.
        tests: its tests.
        results: the duty of each.
        efficiencies: the efficiency chain of each.
        efficiency: which link of the chain to show, such as `system_efficiency`.

    Returns:
        Rate of liquid at pump conditions [bbl/d], efficiency as a share, input power [hp].

    Raises:
        ArgumentError: the link is unknown, a row is retired or of another pump, or a test lacks
            its duty or its chain, or has two of them, or other ones than its readings.
    """
    if efficiency not in LINKS:
        raise ArgumentError(f"efficiency = {efficiency!r}: expected one of {', '.join(LINKS)}")
    given = [*tests], [*results], [*efficiencies]
    rows = [row for kind in given for row in kind]
    refuse_retired(rows)
    refuse(
        f"{named(row)} is of pump {row.equipment_id!r}: expected {equipment_id!r}"
        for row in rows
        if row.equipment_id != equipment_id
    )
    evaluated = _together(*given)
    records: list[Record] = []
    notes = [
        f"CHANGED: Efficiency: the {efficiency.replace('_', ' ')} as a share, not clipped",
        "CHANGED: FlowRate: liquid at pump conditions",
        f"LOST: pump {equipment_id}",
        "LOST: of each test all but its date, of its duty all but running rate and input power",
        f"LOST: of each chain all but {efficiency}",
    ]
    for one in evaluated:
        made = _records(one, efficiency)
        records += made
        notes += _notes(one, made)
    return SentList(records, notes)


def _together(
    tests: list[PumpTest], results: list[PumpTestResult], efficiencies: list[PumpEfficiency]
) -> list[_Evaluated]:
    test_of = by_label(((row.pump_test_id, row) for row in tests), "test")
    result_of = by_label(((row.pump_test_id, row) for row in results), "duty of test")
    chain_of = by_label(((row.pump_test_id, row) for row in efficiencies), "chain of test")
    tables = ("PUMP_TEST", "PUMP_TEST_RESULT", "PUMP_EFFICIENCY")
    keys = test_of.keys(), result_of.keys(), chain_of.keys()
    refuse(
        f"test {name!r} has no {missing}: expected one of each"
        for name in sorted(set[str]().union(*keys))
        for missing, its in zip(tables, keys, strict=True)
        if name not in its
    )
    found = [_Evaluated(test_of[name], result_of[name], chain_of[name]) for name in test_of]
    refuse(map(_unequal, found))
    return sorted(found, key=lambda one: (one.test.test_date, one.test.pump_test_id))


def _unequal(one: _Evaluated) -> str | None:
    readings, duties = len(one.test.readings), len(one.result.duties)
    chains = len(one.efficiency.chains)
    counts = f"{readings} readings, {duties} duties and {chains} chains"
    words = f"test {one.test.pump_test_id!r} has {counts}: expected as many of each"
    return None if readings == duties == chains else words


def _records(one: _Evaluated, efficiency: str) -> list[Record]:
    statuses = (one.result.result_status, one.efficiency.result_status)
    suspect = ResultStatus.SUSPECT in statuses
    return [
        {
            "PerformanceDate": one.test.test_date,
            "FlowRate": _in(duty.running_rate_m3d, "m3d", "bpd"),
            "Efficiency": getattr(chain, efficiency),
            "PowerConsumption": _in(duty.input_power_kw, "kw", "hp"),
            "Status": (ResultStatus.SUSPECT if suspect else ResultStatus.PLAUSIBLE).value,
        }
        for duty, chain in zip(one.result.duties, one.efficiency.chains, strict=True)
    ]


def _in(value: float | None, unit: str, to: str) -> float | None:
    return None if value is None else convert(value, unit, to)


def _notes(one: _Evaluated, records: list[Record]) -> list[str]:
    name, share = one.test.pump_test_id, one.test.running_share
    notes = [
        not_carried(one.result, "equipment_id test_date duties"),
        not_carried(one.efficiency, "equipment_id test_date chains"),
    ]
    if len(records) > 1:
        notes.append(f"CHANGED: test {name}: {len(records)} readings, as many records of one date")
    for number, record in enumerate(records, start=1):
        absent = [field for field, value in record.items() if value is None]
        if absent:
            notes.append(f"ABSENT: test {name}, reading {number}: {', '.join(absent)}")
    if share is None:
        notes.append(f"CHANGED: test {name}: runtime not stated, taken as all of the time")
    elif share < 1.0:
        rates = [_in(reading.rate_m3d, "m3d", "bpd") for reading in one.test.readings]
        whole = ", ".join("absent" if rate is None else f"{rate:.6g} bbl/d" for rate in rates)
        notes.append(
            f"CHANGED: test {name}: FlowRate and PowerConsumption are those while the pump ran, "
            f"{share:.4g} of the test; over all of it the rate is {whole}"
        )
    return notes
