"""Pump tests for HydraulicPumps, as a list of `PumpPerformanceHistory`.

Rate, power and efficiency are those while the pump runs, so that they belong together, and none is
clipped. `SuckerRodPumpPerformance` is not written: its rod load in percent of what the rods may
carry is no number of ours.
"""

from collections.abc import Iterable
from typing import TypeAlias

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

LINKS = tuple(field.name for field in describe(EfficiencyChain) if not field.unit)
"""The efficiencies that a history can show."""


_Evaluated: TypeAlias = tuple[PumpTest, PumpTestResult, PumpEfficiency]


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
    records: list[Record] = []
    notes = [
        f"CHANGED: Efficiency: the {efficiency.replace('_', ' ')} as a share, not clipped",
        "CHANGED: FlowRate: liquid at pump conditions",
        f"LOST: pump {equipment_id}",
        "LOST: of each test all but its date, of its duty all but running rate and input power",
        f"LOST: of each chain all but {efficiency}",
    ]
    for test, result, chains in _together(*given):
        status = max(result.result_status, chains.result_status, key=list(ResultStatus).index)
        made: list[Record] = [
            {
                "PerformanceDate": test.test_date,
                "FlowRate": _in(duty.running_rate_m3d, "m3d", "bpd"),
                "Efficiency": getattr(chain, efficiency),
                "PowerConsumption": _in(duty.input_power_kw, "kw", "hp"),
                "Status": status.value,
            }
            for duty, chain in zip(result.duties, chains.chains, strict=True)
        ]
        records += made
        notes.append(not_carried(result, "equipment_id test_date duties"))
        notes.append(not_carried(chains, "equipment_id test_date chains"))
        notes += _notes(test, made)
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
        for name in sorted({*test_of, *result_of, *chain_of})
        for missing, its in zip(tables, keys, strict=True)
        if name not in its
    )
    found = [(test_of[name], result_of[name], chain_of[name]) for name in test_of]
    refuse(map(_unequal, found))
    return sorted(found, key=lambda one: (one[0].test_date, one[0].pump_test_id))


def _unequal(one: _Evaluated) -> str | None:
    test, result, efficiency = one
    readings, duties, chains = len(test.readings), len(result.duties), len(efficiency.chains)
    counts = f"{readings} readings, {duties} duties and {chains} chains"
    words = f"test {test.pump_test_id!r} has {counts}: expected as many of each"
    return None if readings == duties == chains else words


def _in(value: float | None, unit: str, to: str) -> float | None:
    return None if value is None else convert(value, unit, to)


def _notes(test: PumpTest, records: list[Record]) -> list[str]:
    name, share = test.pump_test_id, test.running_share
    notes: list[str] = []
    if len(records) > 1:
        notes.append(f"CHANGED: test {name}: {len(records)} readings, as many records of one date")
    for number, record in enumerate(records, start=1):
        absent = [field for field, value in record.items() if value is None]
        if absent:
            notes.append(f"ABSENT: test {name}, reading {number}: {', '.join(absent)}")
    if share is None:
        notes.append(f"CHANGED: test {name}: runtime not stated, taken as all of the time")
    elif share < 1.0:
        rates = [_in(reading.rate_m3d, "m3d", "bpd") for reading in test.readings]
        whole = ", ".join("absent" if rate is None else f"{rate:.6g} bbl/d" for rate in rates)
        notes.append(
            f"CHANGED: test {name}: FlowRate and PowerConsumption are those while the pump ran, "
            f"{share:.4g} of the test; over all of it the rate is {whole}"
        )
    return notes
