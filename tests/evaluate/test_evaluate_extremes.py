"""Every test that is accepted is evaluated, however extreme: in rows and in tables alike."""

import sys

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    DowntimeType,
    EquipmentUseStat,
    MemoryRepository,
    PcpReading,
    PumpPerformanceService,
    PumpTest,
    PumpTestError,
    ResultStatus,
    Window,
)
from pumpperf.checked import Checked
from pumpperf.evaluate import Decline
from pumpperf.fields import describe
from pumpperf.interchange import frames
from pumpperf.lift import READINGS, Duty, EfficiencyChain, quantities
from pumpperf.possible import reason
from sample import DAY, HOUR, PUMPING, WHEN, a_test, after, run, stop

SIZES = (0.0, 5e-324, 1e-308, 1e-160, 1e-9, 0.5, 1.0, 100.0, 1e9, 1e150, 1e154, 1e300)
EXTREMES = sorted({sign * size for size in (*SIZES, sys.float_info.max) for sign in (1, -1)})
OUTPUTS = {field.name for kind in (Duty, EfficiencyChain) for field in quantities(kind)}
AMOUNTS = [size for size in EXTREMES if size >= 0.0]
TIMES = st.sampled_from(
    [{}, {"duration_h": 24.0, "runtime_h": 24.0}, {"duration_h": 1e300, "runtime_h": 5e-324}]
)


def extremes_of(field):
    """Those that a field takes, and of a narrow field one that it takes."""
    return [x for x in EXTREMES if reason(field, x) is None] or [850.0]


def extremes(kind: type[Checked]):
    """Any reading of a lift system whose instruments show extremes, and cards of them."""
    drawn = {
        field.name: st.none() | st.sampled_from(extremes_of(field)) for field in quantities(kind)
    }
    points = st.lists(st.sampled_from(EXTREMES), min_size=4, max_size=4)
    cards = {field.name: points for field in describe(kind) if field.sequence}
    parts = (st.fixed_dictionaries(some) for some in (drawn, cards))
    held = st.tuples(*parts, st.booleans())
    return held.map(lambda it: kind(**in_order(kind, it[0]), **(it[1] if it[2] else {})))


def in_order(kind, values):
    for low, high in kind.ORDERED:
        if None not in (values[low], values[high]):
            values[low], values[high] = sorted((values[low], values[high]))
    for first, second in kind.TOGETHER:
        if first in values and values.get(second) is None:
            values[first] = None
    return values


@pytest.mark.parametrize("kind", READINGS.values())
@given(data=st.data())
def test_an_accepted_test_is_evaluated(kind, data):
    reading, times = data.draw(extremes(kind)), data.draw(TIMES)
    test = PumpTest(
        pump_test_id="T",
        equipment_id="P",
        test_date=WHEN,
        test_type=data.draw(st.sampled_from(["FIELD", "BENCH"])),
        readings=[reading],
        **times,
    )
    service = PumpPerformanceService(MemoryRepository())
    try:
        service.record_test(test, user_id="ana")
    except PumpTestError:
        return
    result = service.calculate_result("T", user_id="ana")
    efficiency = service.evaluate_efficiency("T", user_id="ana")
    assert service.reproduce(result.run_id) == result
    told = frames.evaluate(frames.to_frame([test])).iloc[0]
    codes = told["findings"].split()
    assert codes == [finding.code for finding in result.findings]
    shown = {
        field.name: getattr(row, field.name)
        for row in (*efficiency.chains, *result.duties)
        for field in quantities(type(row))
    }
    for name in OUTPUTS:
        assert np.isnan(told[name]) if shown[name] is None else told[name] == shown[name], name
    beyond = [one for one in result.findings if one.code == "BEYOND_ANY_NUMBER"]
    for finding in beyond:
        named = finding.words.rpartition(": ")[2].split(", ")
        assert named
        assert [name for name in named if shown[name] is not None] == []


def a_service(*rows):
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: WHEN + 90 * DAY)
    service.record(*rows, user_id="ana")
    return service


def a_log(powers):
    times = [after(hour, HOUR) for hour in range(len(powers))]
    return EquipmentUseStat(equipment_id="P1", spec_id="L", sample_time=times, power_kw=powers)


def told_beyond(row):
    """The quantities that a finding says are absent; it is there where one is, and only there."""
    found = [one.words for one in row.findings if one.code == "BEYOND_ANY_NUMBER"]
    named = [name for words in found for name in words.rpartition(": ")[2].split(", ")]
    assert [name for name in named if getattr(row, name) is not None] == []
    assert not named or row.result_status is ResultStatus.SUSPECT
    return set(named)


PRICES = st.none() | st.sampled_from(EXTREMES)


@given(
    powers=st.lists(st.sampled_from(EXTREMES), min_size=2, max_size=5),
    reading=extremes(PcpReading),
    price=PRICES,
    factor=st.none() | st.sampled_from(AMOUNTS),
    start=st.sampled_from([WHEN, after(1e-9), after(-1e5)]),
)
def test_the_energy_of_an_accepted_log_is_accounted_for(powers, reading, price, factor, start):
    service = a_service(a_log(powers))
    try:
        service.record(a_test(reading), user_id="ana")
    except PumpTestError:
        service.record(a_test(PUMPING), user_id="ana")
    found = service.account_energy(
        "P1",
        Window(start, WHEN + 3 * DAY),
        user_id="ana",
        energy_price_per_kwh=price,
        currency="USD",
        emission_factor_kgkwh=factor,
        emission_factor_source=None if factor is None else "a plant",
    )
    assert service.reproduce(found.run_id) == found
    gone = told_beyond(found)
    if found.covered_h:
        assert (found.energy_kwh is None) == ("energy_kwh" in gone)
        assert price is None or (found.energy_cost is None) == ("energy_cost" in gone)
        assert factor is None or (found.emissions_kg is None) == ("emissions_kg" in gone)
    if found.energy_kwh is None:
        assert found.mean_power_kw is found.specific_energy_kwhm3 is found.energy_cost is None


@given(
    rate=st.sampled_from(AMOUNTS),
    water_cut=st.sampled_from([None, 0.0, 5e-324, 0.5, 1.0, *EXTREMES]),
    factor=st.none() | st.sampled_from([size for size in AMOUNTS if size]),
    price=PRICES,
    decline=st.none()
    | st.tuples(
        st.sampled_from([5e-324, 1e-9, 1.0, 1e3]), st.sampled_from([0.0, 5e-324, 1.0, 2.0])
    ),
    flush=st.none() | st.sampled_from([0.0, 5e-324, 0.5, 1.0]),
    start=st.sampled_from([WHEN, after(-1e5)]),
)
def test_the_downtime_of_an_accepted_test_is_assessed(
    rate, water_cut, factor, price, decline, flush, start
):
    reading = PcpReading(rate_m3d=rate, water_cut=water_cut, formation_volume_factor=factor)
    service = a_service(
        a_test(reading),
        run(1, -1e5),
        stop(1, DowntimeType.PLANNED, -1e5, 1),
        stop(2, DowntimeType.UNPLANNED, 2),
    )
    kind = "hyperbolic" if decline and decline[1] else "exponential"
    found = service.assess_downtime(
        "P1",
        Window(start, WHEN + 3 * DAY),
        user_id="ana",
        oil_price_per_m3=price,
        currency="USD",
        decline=Decline(kind=kind, nominal_per_d=decline[0], exponent=decline[1])
        if decline
        else None,
        flush_share=flush,
    )
    assert service.reproduce(found.run_id) == found
    gone = told_beyond(found)
    assert (found.lost_volume_m3 is None) == ("lost_volume_m3" in gone)
    if found.lost_volume_m3 is None:
        assert found.lost_oil_volume_m3 is found.net_lost_volume_m3 is found.lost_revenue is None
    elif flush is not None:
        assert found.net_lost_volume_m3 is not None
    if found.lost_oil_volume_m3 is not None and price is not None:
        assert (found.lost_revenue is None) == ("lost_revenue" in gone)


def test_an_account_beyond_any_number_says_which_numbers():
    service = a_service(
        a_test(PcpReading(rate_m3d=1e307, water_cut=0.0)), run(1, -1), stop(1, "PLANNED", 0)
    )
    window = Window(WHEN, WHEN + 30 * DAY)
    lost = service.assess_downtime(
        "P1", window, user_id="ana", oil_price_per_m3=0.0, currency="USD", flush_share=0.5
    )
    assert told_beyond(lost) == {
        *("lost_volume_m3", "lost_planned_volume_m3", "net_lost_volume_m3"),
        *("lost_oil_volume_m3", "lost_revenue"),
    }
    assert lost.lost_unplanned_volume_m3 == 0.0
    dear = a_service(a_log([1e10, 1e10])).account_energy(
        "P1", Window(WHEN, WHEN + HOUR), user_id="ana", energy_price_per_kwh=1e300, currency="XXX"
    )
    assert (dear.energy_kwh, dear.energy_cost, told_beyond(dear)) == (1e10, None, {"energy_cost"})


def test_work_beyond_any_number_makes_no_lift_energy_of_0():
    vast = attrs.evolve(PUMPING, rate_m3d=1e300, intake_pressure_kpa=-1e300)
    service = a_service(a_test(vast), a_log([20.0, 20.0]))
    found = service.account_energy("P1", Window(WHEN, WHEN + HOUR), user_id="ana")
    assert found.specific_energy_kwhm3 == pytest.approx(20.0 * 24.0 / 1e300)
    assert (found.lift_energy_kwht100m, told_beyond(found)) == (None, {"lift_energy_kwht100m"})


def test_power_that_flows_back_into_a_pump_at_rest_is_no_lift():
    idle = a_service(a_test(attrs.evolve(PUMPING, rate_m3d=0.0)), a_log([-20.0, -20.0]))
    found = idle.account_energy("P1", Window(WHEN, WHEN + HOUR), user_id="ana")
    assert found.energy_kwh == -20.0
    assert "POWER_NEGATIVE" in {one.code for one in found.findings}
