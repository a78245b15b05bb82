"""Review a small fleet: its tests, run life, downtime and energy, from published sources.

    python examples/fleet_review.py --units field
    python examples/fleet_review.py --database fleet.db

The tables in `data` are typed from their sources. A remark on each line cites its source, and the
suffix of each column names the source's own unit: the library converts. What a source does not say
is left empty, and comes out as `-`. Where it gives no date, time begins at 2000-01-01; where it
gives no time zone, UTC is taken. `LINE` and `HOST` are no pumps: their downtime was once counted
twice elsewhere. Rows are kept in memory, or in a database, which a second review finds as the first
one left it.
"""

import argparse
import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from pumpperf import (
    Equipment,
    EquipmentMaintain,
    EquipmentUseStat,
    Finding,
    MeanTimeBetweenFailure,
    MemoryRepository,
    PumpPerformanceRun,
    PumpPerformanceService,
    PumpTest,
    WellActivity,
    WellEquipment,
    Window,
)
from pumpperf.calc.hydraulics import head_pressure_kpa
from pumpperf.interchange.frames import rows_of, to_frame
from pumpperf.model import Row
from pumpperf.repository import Repository

DATA = Path(__file__).parent / "data"
USER = "fleet-review"
TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)  # fixed, so that the review says the same every day

DUTY = ("running_rate", "pressure_rise", "hydraulic", "net_lift", "delivered", "input_power")
MTBF = ("mtbf", "lower_mtbf", "upper_mtbf", "confidence", "trend_p")


def between(start: str, end: str) -> Window:
    """The time between two dates as text."""
    return Window(dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))


ACCOUNTS = {  # the time that each source accounts for
    "ESP-TRANSFER": between("2000-01-01T00:00Z", "2000-01-02T00:00Z"),
    "HOST-CENTREON": between("2012-11-30T00:00Z", "2012-12-01T00:00Z"),
    "LINE-OEE": between("2021-12-23T00:00Z", "2021-12-23T16:18Z"),
}
TARIFF = {"energy_price_per_kwh": 0.12, "currency": "USD"}  # of the power log's source


def with_pressure_rise(tests: pd.DataFrame) -> pd.DataFrame:
    """A bench states the head, a reading holds the pressure rise: calculators take columns too."""
    if "head_m" not in tests:
        return tests
    rise = head_pressure_kpa(head_m=tests["head_m"], density_kgm3=tests["liquid_density_kgm3"])
    return tests.drop(columns="head_m").assign(pressure_rise_kpa=rise)


def load(service: PumpPerformanceService) -> None:
    """Record every table; a faulty one is refused as a whole, with all its faults named."""
    for file in sorted(DATA.glob("tests_*.csv")):
        for test in rows_of(with_pressure_rise(pd.read_csv(file)), PumpTest):
            service.record_test(test, user_id=USER)
    tables = {
        "equipment": Equipment,
        "installations": WellEquipment,
        "failures": EquipmentMaintain,
        "downtime": WellActivity,
    }
    for name, kind in tables.items():
        service.record(*rows_of(pd.read_csv(DATA / f"{name}.csv"), kind), user_id=USER)
    samples = pd.read_csv(DATA / "power_log.csv")
    stretches = samples.groupby(["equipment_id", "spec_id", "remark"], as_index=False).agg(list)
    service.record(*rows_of(stretches, EquipmentUseStat), user_id=USER)


def number(value: float) -> str:
    """Four digits, or `-` for what is absent."""
    if np.isnan(value):
        return "-"
    return np.format_float_positional(value, precision=4, fractional=False, trim="-")


def say(words: str, indent: str) -> None:
    """Print words within 100 characters."""
    print(textwrap.fill(words, 100, initial_indent=indent, subsequent_indent=" " * len(indent)))


def cite(rows: Iterable[Row]) -> None:
    """Print where rows come from."""
    for remark in dict.fromkeys(row.remark for row in rows if row.remark):
        say(remark, "    ")


def show(row: Row, units: str, *names: str) -> None:
    """Print the numbers of a row whose names begin so, with a column for each reading."""
    numbers = to_frame([row], units=units).select_dtypes("number")
    for name in numbers.columns.drop("reading_obs_no", errors="ignore"):
        if name.startswith(names or ""):
            print(f"    {name:28}" + "".join(f"{number(value):>9}" for value in numbers[name]))


def show_findings(findings: Iterable[Finding]) -> None:
    """Print each kind of finding once, and how often it stands."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for first, *others in by_code.values():
        more = f" (and {len(others)} more)" if others else ""
        say(f"{first.severity.lower()}: {first.words}{more}", "    ! ")


def review_tests(service: PumpPerformanceService, equipment_id: str, units: str) -> None:
    """Duty, efficiency chain and findings of every test of a pump."""
    for test in service.repository.find(PumpTest, equipment_id=equipment_id):
        result = service.calculate_result(test.pump_test_id, user_id=USER)
        efficiency = service.evaluate_efficiency(test.pump_test_id, user_id=USER)
        print(f"  {test.test_type.lower()} test, {test.test_date:%Y-%m-%d}: {result.result_status}")
        cite([test])
        show(result, units, *DUTY)
        show(efficiency, units)
        show_findings(efficiency.findings)


def review_run_life(service: PumpPerformanceService, equipment_id: str, units: str) -> None:
    """Run life and MTBF of a pump that was installed."""
    if installations := service.repository.find(WellEquipment, equipment_id=equipment_id):
        reliability = service.update_reliability(equipment_id, user_id=USER)
        mtbf = service.repository.get(MeanTimeBetweenFailure, reliability.run_id)
        print(f"  run life to {reliability.as_of_date:%Y-%m-%d}: {reliability.result_status}")
        cite(installations)
        show(reliability, units)
        show(mtbf, units, *MTBF)
        show_findings(reliability.findings)


def review_downtime(service: PumpPerformanceService, equipment_id: str, units: str) -> None:
    """Downtime of a pump in the time that its source accounts for."""
    if stops := service.repository.find(WellActivity, equipment_id=equipment_id):
        account = ACCOUNTS[equipment_id]
        impact = service.assess_downtime(equipment_id, account, user_id=USER)
        print(f"  downtime, {impact.start_date:%Y-%m-%d}: {impact.result_status}")
        cite(stops)
        show(impact, units)
        show_findings(impact.findings)


def review_energy(service: PumpPerformanceService, equipment_id: str, units: str) -> None:
    """Energy of a pump in the time that its source accounts for."""
    if logs := service.repository.find(EquipmentUseStat, equipment_id=equipment_id):
        account = ACCOUNTS[equipment_id]
        energy = service.account_energy(equipment_id, account, user_id=USER, **TARIFF)
        print(f"  energy, {energy.start_date:%Y-%m-%d}, {energy.currency}: {energy.result_status}")
        cite(logs)
        show(energy, units)
        show_findings(energy.findings)


def fleet(service: PumpPerformanceService) -> dict[str, str]:
    """Every pump of which something was recorded, with what is known of it."""
    find = service.repository.find
    kinds = (PumpTest, WellEquipment, WellActivity, EquipmentUseStat)
    pumps = {row.equipment_id: "" for kind in kinds for row in find(kind)}
    for pump in find(Equipment):
        known = (pump.lift_type, pump.manufacturer, pump.model_num)
        pumps[pump.equipment_id] = ", ".join(filter(None, known))
    return pumps


def store(database: str | None) -> AbstractContextManager[Repository]:
    """Where rows are kept: in memory, or in a database, of which a first line tells the kind."""
    if database is None:
        return nullcontext(MemoryRepository())
    from pumpperf.adapters.sql import SqlRepository  # noqa: PLC0415  # needs the extra `sql`

    print(f"Kept in: {urlsplit(database).scheme or 'sqlite'}")
    return SqlRepository(database)


def review(service: PumpPerformanceService, units: str) -> None:
    """Review the fleet pump by pump, and reproduce every run."""
    for equipment_id, known in fleet(service).items():
        print(f"\n{equipment_id}  {known}".rstrip())
        for part in (review_tests, review_run_life, review_downtime, review_energy):
            part(service, equipment_id, units)
    runs = service.repository.find(PumpPerformanceRun)
    reproduced = [service.reproduce(run.run_id) for run in runs]  # raises if one differs
    print(f"\n{len(reproduced)} of {len(runs)} runs reproduced from their inputs")


def main(arguments: Sequence[str] | None = None) -> None:
    """Load the fleet and review it."""
    parser = argparse.ArgumentParser(description="Review a small fleet of published pumps.")
    parser.add_argument("--units", choices=("metric", "field"), default="metric")
    parser.add_argument("--database", help="path of an SQLite file, or postgresql://...")
    asked = parser.parse_args(arguments)
    with store(asked.database) as repository:
        service = PumpPerformanceService(repository, clock=lambda: TODAY)
        load(service)
        review(service, asked.units)


if __name__ == "__main__":
    main()
