"""What downtime cost a pump."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import add

import numpy as np

from pumpperf.assumptions import Assumptions
from pumpperf.calc import downtime as intervals
from pumpperf.errors import ArgumentError, expect
from pumpperf.evaluate.amounts import given, kept_finite, times
from pumpperf.evaluate.baseline import Baseline, baseline, held_against, suspect
from pumpperf.evaluate.decline import Decline, declined, parameters_of
from pumpperf.evaluate.down_times import FAILED, WORKED, DownTimes, down_times
from pumpperf.evaluate.in_wells import (
    excused_parameters,
    excused_windows,
    in_wells,
    installed_findings,
)
from pumpperf.evaluate.input_rows import of_pump
from pumpperf.evaluate.window import Window, datetime64, known_by
from pumpperf.model import (
    DowntimeImpact,
    DowntimeType,
    EquipmentMaintain,
    Finding,
    PumpPerformanceRun,
    PumpTest,
    Severity,
    WellActivity,
    WellEquipment,
    finding,
)
from pumpperf.numeric import FloatArray
from pumpperf.provenance import Terms, made, run_of
from pumpperf.units import MICROSECONDS_PER_HOUR


@np.errstate(all="ignore")  # what is beyond any number is told
def downtime_impact_of(
    equipment_id: str,
    *,
    installations: Iterable[WellEquipment],
    maintenance: Iterable[EquipmentMaintain],
    activities: Iterable[WellActivity],
    tests: Iterable[PumpTest],
    window: Window,
    oil_price_per_m3: float | None = None,
    currency: str | None = None,
    decline: Decline | None = None,
    flush_share: float | None = None,
    excused: Iterable[Window] = (),
    assumptions: Assumptions,
    user_id: str,
    at: dt.datetime,
) -> tuple[DowntimeImpact, PumpPerformanceRun]:
    """Downtime of one pump in a window, and the production lost by it.

    Uptime is the time in which the pump was in a well and not down, and its share is of the time in
    a well: a pump that was pulled neither runs nor stands still.

    Downtime is the union of recorded stops, failures and other work, by the rules of
    `reliability_of`: a pump does not run from its failure until it was restored, pulled or run
    again. What a stop covers has the class of the stop, of several the one that comes first in the
    assumptions' priority; what only a failure covers is unplanned, and what only other work covers
    is planned. Stops count wherever the pump was, failures and work while it was in a well.
    Lost is the daily rate of the last field test of one reading before the window's end, constant
    or declining from its date; before that date it is the test's rate. Every event is taken to
    stop the pump altogether. Oil is in the tank if that test measured it there or
    has a formation volume factor, else at pump conditions; oil and revenue are of all that was
    lost, before any flush production.

    Args:
        equipment_id: the pump.
        installations: of this pump, and of others in its wells, by which a pull that nobody
            recorded is seen; that its own leave some of the window, its downtime or the test out
            is a finding.
        maintenance: its failures and other work; those that do not reach into the window do not
            matter, nor does work without begin and end.
        activities: its recorded stops; likewise.
        tests: its tests.
        window: the time to account for.
        oil_price_per_m3: price of the oil lost, with its currency.
        currency: ISO 4217 code.
        decline: of the rate after the test. None: it stays as it was.
        flush_share: share of the lost volume that the well gives back after its restarts, from 0
            to 1. None: not known, so no net loss.
        excused: windows that count neither up nor down in the operational availability, such as a
            shut-in by contract from outside; what was lost in them is lost all the same.
        assumptions: priority of the classes.
        user_id: who asks.
        at: when.
    """
    expect(Window, window=window)
    expect(Assumptions, assumptions=assumptions)
    expect(Decline | None, decline=decline)
    known_by(window.end, at)
    oil_price_per_m3 = given("oil_price_per_m3", oil_price_per_m3)
    flush_share = given("flush_share", flush_share, 0.0, 1.0)
    excuses = excused_windows(excused)
    past = down_times(equipment_id, installations, maintenance, activities, window)
    runs, stops = past.runs, past.stops
    base = baseline(of_pump(equipment_id, PumpTest, tests=tests), window.end, assumptions)
    price = {"oil_price_per_m3": oil_price_per_m3, "currency": currency}
    terms = Terms(assumptions=assumptions, user_id=user_id, at=at)
    run = run_of(
        calculation="downtime_impact",
        inputs=[*past.inputs, *([base.test] if base else [])],
        parameters={
            "start": window.start,
            "end": window.end,
            **price,
            **(parameters_of(decline) if decline else {}),
            **({} if flush_share is None else {"flush_share": flush_share}),
            **excused_parameters(excuses),
        },
        equipment_id=equipment_id,
        **terms,
    )
    start, end, kinds = past.down
    edges, first = window.edges, (*_priority(assumptions), FAILED, WORKED)
    down = intervals.downtime(start=start, end=end, category=kinds, window=edges, priority=first)
    hours = _by_class(down.part_h)
    place = in_wells(past, window, excuses)
    installed_us = place.installed_us
    volumes, lost, lost_oil = None, None, None
    part: dict[DowntimeType, float] = {}
    if base:
        volumes = intervals.deferred_production(
            downtime=intervals.downtime_intervals(
                start=start, end=end, category=kinds, window=edges, priority=first
            ),
            rate_m3d=base.rate_m3d,
            rate_date=datetime64(base.test.test_date),
            decline_per_d=decline.nominal_per_d if decline else 0.0,
            exponent=decline.exponent if decline else 0.0,
            flush_share=0.0,
        )
        part = _by_class(volumes.part_m3)
        lost = reduce(add, part.values())  # as a reader adds; `sum` compensates from Python 3.12
        lost_oil = _oil(lost, base)
    amounts, beyond = kept_finite(
        {
            "lost_volume_m3": lost,
            **{f"lost_{kind.value.lower()}_volume_m3": part.get(kind) for kind in DowntimeType},
            "net_lost_volume_m3": times(lost, None if flush_share is None else 1.0 - flush_share),
            "lost_oil_volume_m3": lost_oil,
            "lost_revenue": times(lost_oil, oil_price_per_m3),
        },
        ("rate_m3d", "water_cut", "formation_volume_factor", "oil_price_per_m3"),
    )
    findings = (
        *past.findings,
        *installed_findings(place),
        *(_of_another_run(runs, base) if base and lost and runs else ()),
        *held_against(
            base,
            {"lost liquid": lost, "lost oil": lost_oil},
            "the test has no water cut within 0 and 1",
        ),
        *suspect(base),
        *(declined(decline, base, volumes) if decline and base and volumes else ()),
        *_at_pump_conditions(lost_oil, base),
        *beyond,
    )
    impact = made(
        DowntimeImpact,
        run,
        start_date=window.start,
        end_date=window.end,
        window_h=down.window_h,
        installed_h=installed_us / MICROSECONDS_PER_HOUR,
        not_installed_h=(down.window_us - installed_us) / MICROSECONDS_PER_HOUR,
        uptime_h=place.up_us / MICROSECONDS_PER_HOUR,
        uptime_share=place.up_us / installed_us if installed_us else None,
        excused_h=place.excused_us / MICROSECONDS_PER_HOUR if excuses else None,
        operational_availability=place.operational_availability,
        downtime_h=reduce(add, hours.values()),
        **{f"{kind.lower()}_h": part_h for kind, part_h in hours.items()},
        events=len(stops),
        pump_test_id=base.test.pump_test_id if base else None,
        flush_share=flush_share,
        before_test_h=float(volumes.before_test_h[0]) if volumes else None,
        decline_kind=decline.kind if decline else None,
        daily_decline=decline.nominal_per_d if decline else None,
        decline_exponent=decline.exponent if decline else None,
        **price,
        **amounts,
        findings=findings,
        checks_made=_checks(past, lost),
    )
    return impact, run


def _checks(past: DownTimes, lost_m3: float | None) -> tuple[str, ...]:
    """Codes of the checks between rows that had their rows, none without an installation."""
    needs = {
        "NOT_INSTALLED": True,
        "DOWNTIME_OUTSIDE_INSTALLATION": past.stops or past.failures,
        "TEST_OF_ANOTHER_RUN": lost_m3,
    }
    return tuple(code for code, there in needs.items() if past.runs and there)


def _by_class(part: Mapping[str, FloatArray]) -> dict[DowntimeType, float]:
    """Planned, unplanned and external, with what no stop covers."""
    planned, unplanned, external, failed, worked = (
        float(part[kind][0]) for kind in (*DowntimeType, FAILED, WORKED)
    )
    sums = (planned + worked, unplanned + failed, external)
    return dict(zip(DowntimeType, sums, strict=True))


def _oil(lost_m3: float, base: Baseline) -> float | None:
    """Oil in the tank: of q at the pump, q (1 - w) / (w + (1 - w) B), with w in the tank."""
    water_cut, oil_m3d = base.number("water_cut"), base.number("oil_rate_m3d")
    if water_cut is None or not 0.0 <= water_cut <= 1.0:
        return None
    if oil_m3d is not None and base.rate_m3d > 0.0:
        return lost_m3 * (oil_m3d / base.rate_m3d)
    factor = base.number("formation_volume_factor")
    volume = water_cut + (1.0 - water_cut) * (1.0 if factor is None else factor)
    return lost_m3 * (1.0 - water_cut) / volume


def _at_pump_conditions(lost_oil: float | None, base: Baseline | None) -> Iterator[Finding]:
    ways = ("formation_volume_factor", "oil_rate_m3d")
    if lost_oil and base and not any(base.number(name) is not None for name in ways):
        yield finding(
            "OIL_AT_PUMP_CONDITIONS",
            "lost oil and revenue are of a volume at pump conditions: the test has no formation "
            "volume factor",
            ("formation_volume_factor", "rate_m3d"),
            "the factor, or whether the rate was measured in the tank (then it is 1)",
            Severity.ASSUMPTION,
        )


def _of_another_run(runs: Sequence[WellEquipment], base: Baseline) -> Iterator[Finding]:
    """That the rate lost is that of another installation, or of another well."""
    if not any(
        run.install_date <= base.test.test_date
        and base.test.uwi in (None, run.uwi)
        and (run.removal_date is None or base.test.test_date <= run.removal_date)
        for run in runs
    ):
        yield finding(
            "TEST_OF_ANOTHER_RUN",
            f"test {base.test.pump_test_id} of {base.test.test_date.isoformat()} was made in none "
            "of the installations of the window: its rate is taken to be lost all the same",
            ("test_date", "uwi", "install_date", "removal_date"),
            "a test of the pump where it was when it was down",
            Severity.ASSUMPTION,
        )


def _priority(assumptions: Assumptions) -> tuple[str, ...]:
    if sorted(assumptions.downtime_priority) != sorted(DowntimeType):
        raise ArgumentError(
            f"downtime_priority {assumptions.downtime_priority}: expected each of "
            f"{', '.join(DowntimeType)} once"
        )
    return assumptions.downtime_priority
