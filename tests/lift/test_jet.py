"""Cunningham's equations and the cavitation limits, each derived a second time."""

import math

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH, JET_LOSSES_WOFFL
from pumpperf.lift import JetReading, duty, jet
from pumpperf.units import BBL, FOOT, PSI, SQUARE_INCH_IN_MM2

NAN = float("nan")
LOSSES = (JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH, JET_LOSSES_WOFFL)
LOSSLESS = attrs.evolve(
    JET_LOSSES_WOFFL, name="LOSSLESS", nozzle=0.0, suction=0.0, throat=0.0, diffuser=0.0
)
any_losses = st.builds(
    attrs.evolve,
    st.just(JET_LOSSES_WOFFL),
    nozzle=st.floats(0.0, 0.5),
    suction=st.floats(0.0, 0.5),
    throat=st.floats(0.0, 0.5),
    diffuser=st.floats(0.0, 0.5),
    nozzle_against_intake=st.booleans(),
)
anything = st.one_of(
    st.floats(1e-3, 1e5),
    st.sampled_from([NAN, 0.0, -0.0, -1.0, -1e8, -1e-8, 1e-8, 1.0, 1e8]),
    st.sampled_from([math.inf, -math.inf, 1e300, -1e300]),
)


def control_volume(*, jet_ms, suction_ms, nozzle_m2, throat_m2, density, losses):
    """Pressures [Pa] and rates [m3/s] of one pump, section by section, from velocities."""
    suction_m2 = throat_m2 - nozzle_m2
    entry_pa = 0.0
    intake_pa = entry_pa + density * suction_ms**2 / 2 * (1 + losses.suction)
    exit_pa = intake_pa if losses.nozzle_against_intake else entry_pa
    nozzle_pa = exit_pa + density * jet_ms**2 / 2 + losses.nozzle * density * jet_ms**2 / 2
    power_fluid, rate = jet_ms * nozzle_m2, suction_ms * suction_m2
    throat_ms = (power_fluid + rate) / throat_m2
    force_in = density * (power_fluid * jet_ms + rate * suction_ms) + entry_pa * throat_m2
    wall = losses.throat * density * throat_ms**2 / 2 * throat_m2
    end_of_throat_pa = (force_in - density * throat_ms**2 * throat_m2 - wall) / throat_m2
    discharge_pa = end_of_throat_pa + (1 - losses.diffuser) * density * throat_ms**2 / 2
    return nozzle_pa, intake_pa, entry_pa, discharge_pa, power_fluid, rate


pumps = st.fixed_dictionaries(
    {
        "jet_ms": st.floats(20.0, 250.0),
        "suction_ms": st.floats(0.1, 18.0),
        "nozzle_m2": st.floats(2e-6, 2e-4),
        "throat_m2": st.floats(4.1e-4, 1e-3),
        "density": st.floats(700.0, 1200.0),
        "losses": any_losses,
    }
)


@given(pump=pumps)
def test_the_equations_are_momentum_and_energy_balances(pump):
    nozzle, intake, entry, discharge, power_fluid, rate = control_volume(**pump)
    m, b = rate / power_fluid, pump["nozzle_m2"] / pump["throat_m2"]
    common = {"density_kgm3": pump["density"], "losses": pump["losses"]}
    n = jet.jet_pressure_ratio(flow_ratio=m, area_ratio=b, losses=pump["losses"])
    assert n == pytest.approx((discharge - intake) / (nozzle - discharge), rel=1e-9, abs=1e-9)
    efficiency = jet.jet_efficiency(flow_ratio=m, pressure_ratio=n)
    power = rate * (discharge - intake) / (power_fluid * (nozzle - discharge))
    assert efficiency == pytest.approx(power, rel=1e-9, abs=1e-9)
    entry_kpa = jet.throat_entry_pressure_kpa(
        rate_m3d=rate * 86400,
        intake_pressure_kpa=intake / 1000,
        suction_area_mm2=(pump["throat_m2"] - pump["nozzle_m2"]) * 1e6,
        **common,
    )
    assert entry_kpa == pytest.approx(entry, abs=1e-9 * nozzle)
    against = intake if pump["losses"].nozzle_against_intake else entry
    found = jet.nozzle_rate_m3d(
        nozzle_pressure_kpa=nozzle / 1000,
        nozzle_exit_pressure_kpa=against / 1000,
        nozzle_area_mm2=pump["nozzle_m2"] * 1e6,
        **common,
    )
    assert found == pytest.approx(power_fluid * 86400, rel=1e-9)
    factor = jet.nozzle_area_factor(
        power_fluid_rate_m3d=1.1 * power_fluid * 86400,
        rate_m3d=rate * 86400,
        nozzle_pressure_kpa=nozzle / 1000,
        intake_pressure_kpa=intake / 1000,
        nozzle_area_mm2=pump["nozzle_m2"] * 1e6,
        throat_area_mm2=pump["throat_m2"] * 1e6,
        **common,
    )
    assert factor == pytest.approx(1.1, rel=1e-9)


@given(b=st.floats(0.02, 0.9), share=st.floats(0.001, 0.999), losses=any_losses)
def test_no_pump_gives_more_power_than_it_takes(b, share, losses):
    m = share * (1.0 - b) / b
    ideal = m * jet.jet_pressure_ratio(flow_ratio=m, area_ratio=b, losses=LOSSLESS)
    assert 0.0 < ideal < 1.0
    real = m * jet.jet_pressure_ratio(flow_ratio=m, area_ratio=b, losses=losses)
    assert real <= ideal * (1.0 + 1e-9)


def test_beyond_its_range_an_efficiency_is_shown_as_it_comes_out():
    n = jet.jet_pressure_ratio(flow_ratio=3.5, area_ratio=0.25, losses=LOSSLESS)
    assert jet.jet_efficiency(flow_ratio=3.5, pressure_ratio=n) > 1.0
    assert jet.jet_efficiency(flow_ratio=2.0, pressure_ratio=0.7) == 1.4
    assert jet.jet_efficiency(flow_ratio=0.5, pressure_ratio=-0.2) == -0.1


@given(b=st.floats(0.05, 0.5), share=st.floats(0.0, 0.8), losses=st.sampled_from(LOSSES))
def test_flow_ratio_and_pressure_ratio_are_inverse(b, share, losses):
    m = share * (1.0 - b) / b
    n = jet.jet_pressure_ratio(flow_ratio=m, area_ratio=b, losses=losses)
    back = jet.jet_flow_ratio(pressure_ratio=n, area_ratio=b, losses=losses)
    assert back == pytest.approx(m, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("n", [-0.5, 0.25, 0.5, 1.0])
def test_flow_ratio_is_the_root_nearer_to_0_of_the_handbook_s_quadratic(n):
    # G - e M2 = N (1 + K_n - G), written out in powers of M; Cunningham's nozzle.
    b, losses = 0.262, JET_LOSSES_WOFFL
    mixing = b**2 * (1 + losses.throat + losses.diffuser)
    square = (1 + n) * (2 * b**2 / (1 - b) - mixing) - (1 + losses.suction) * (b / (1 - b)) ** 2
    level = (1 + n) * (2 * b - mixing) - n * (1 + losses.nozzle)
    roots = np.roots([square, -2 * (1 + n) * mixing, level])
    found = jet.jet_flow_ratio(pressure_ratio=n, area_ratio=b, losses=losses)
    assert found == pytest.approx(roots[np.abs(roots).argmin()], rel=1e-12)


def test_a_pump_that_cannot_reach_its_discharge_has_a_flow_ratio_below_zero():
    found = jet.jet_flow_ratio(
        pressure_ratio=np.array([0.59, 0.60, 0.5956]), area_ratio=0.262, losses=LOSSES[0]
    )
    assert found[0] > 0.0 > found[1]
    assert found[2] == pytest.approx(0.0, abs=2e-4)


def test_the_handbook_s_nozzle_constant_gives_less_than_its_loss():
    """832 with a gradient [psi/ft] is 832/sqrt(62.37/144) with a specific gravity."""
    velocity_fts = math.sqrt(2.0 * 32.174 * 144.0 / 62.37)
    ideal_bpd = velocity_fts / 144.0 * 86400.0 / 5.614583
    by_loss = ideal_bpd / math.sqrt(1.0 + JET_LOSSES_PEH.nozzle)
    assert 832.0 / math.sqrt(62.37 / 144.0) / by_loss == pytest.approx(1.0 - 0.015, abs=0.0005)


def test_the_field_constant_of_the_nozzle_is_a_loss_of_0_15():
    # One square inch and one psi of water of 62.37 lb/ft3 without loss.
    velocity_fts = math.sqrt(2.0 * 32.174 * 144.0 / 62.37)
    ideal_bpd = velocity_fts / 144.0 * 86400.0 / 5.614583
    assert (ideal_bpd / 1214.5) ** 2 - 1.0 == pytest.approx(0.15, abs=0.001)
    found = jet.nozzle_rate_m3d(
        nozzle_pressure_kpa=PSI,
        nozzle_exit_pressure_kpa=0.0,
        nozzle_area_mm2=SQUARE_INCH_IN_MM2,
        density_kgm3=62.37 * 16.018463,
        losses=LOSSLESS,
    )
    assert found / BBL == pytest.approx(ideal_bpd, rel=1e-5)


def test_a_nozzle_does_not_flow_backwards():
    rate = jet.nozzle_rate_m3d(
        nozzle_pressure_kpa=np.array([900.0, 1000.0, 1100.0]),
        nozzle_exit_pressure_kpa=1000.0,
        nozzle_area_mm2=10.0,
        density_kgm3=1000.0,
        losses=LOSSES[0],
    )
    assert np.isnan(rate[0])
    assert rate[1] == 0.0
    assert rate[2] > 0.0


@pytest.mark.parametrize("losses", [JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH])
@given(
    intake=st.floats(500.0, 9000.0), above=st.floats(1000.0, 40_000.0), vapour=st.floats(0.0, 400.0)
)
def test_at_the_limiting_flow_ratio_the_suction_stream_stands_at_the_index(
    losses, intake, above, vapour
):
    b, density, nozzle_kpa = 0.25, 1000.0, intake + above
    limit = jet.limiting_flow_ratio(
        intake_pressure_kpa=intake,
        nozzle_pressure_kpa=nozzle_kpa,
        vapour_pressure_kpa=vapour,
        area_ratio=b,
        losses=losses,
    )
    suction_kpa = (intake - vapour) / losses.cavitation_index
    jet_kpa = (nozzle_kpa - intake + suction_kpa) / (1.0 + losses.nozzle)
    jet_ms, suction_ms = (math.sqrt(2000.0 * p / density) for p in (jet_kpa, suction_kpa))
    assert limit == pytest.approx(suction_ms * (1.0 - b) / (jet_ms * b), rel=1e-9)


def test_a_suction_below_the_vapour_pressure_has_no_limiting_flow():
    limit = jet.limiting_flow_ratio(
        intake_pressure_kpa=np.array([50.0, 100.0, 50.0]),
        nozzle_pressure_kpa=np.array([20_000.0, 20_000.0, 75.0]),
        vapour_pressure_kpa=100.0,
        area_ratio=0.25,
        losses=LOSSES[0],
    )
    assert np.isnan(limit).tolist() == [True, False, True]
    assert limit[1] == 0.0


def test_what_the_constants_of_the_cavitation_area_mean():
    liquid = jet.cavitation_area_mm2(
        rate_m3d=100.0,
        density_kgm3=900.0,
        intake_pressure_kpa=5000.0,
        gas_oil_ratio=0.0,
        water_cut=0.0,
    )
    head = jet.velocity_pressure_kpa(rate_m3d=100.0, area_mm2=liquid, density_kgm3=900.0)
    assert 5000.0 / head == pytest.approx(1.54, rel=0.001)
    gas = jet.cavitation_area_mm2(
        rate_m3d=100.0,
        density_kgm3=0.0,
        intake_pressure_kpa=14.7 * PSI,
        gas_oil_ratio=1.0,
        water_cut=0.5,
    )
    assert 50.0 / 86400.0 / (gas * 1e-6) / FOOT == pytest.approx(604.0, rel=0.001)


def test_more_gas_or_less_pressure_asks_for_more_area():
    area = jet.cavitation_area_mm2(
        rate_m3d=100.0,
        density_kgm3=900.0,
        intake_pressure_kpa=np.array([5000.0, 5000.0, 5000.0, 2500.0, 0.0, -1.0]),
        gas_oil_ratio=np.array([50.0, 80.0, 50.0, 50.0, 50.0, 50.0]),
        water_cut=np.array([0.2, 0.2, 0.6, 0.2, 0.2, 0.2]),
    )
    assert area[1] > area[0] > area[2]
    assert area[3] > area[0]
    assert np.isnan(area[4:]).all()


NUMBERS = {
    jet.jet_pressure_ratio: ("flow_ratio", "area_ratio"),
    jet.jet_flow_ratio: ("pressure_ratio", "area_ratio"),
    jet.throat_entry_pressure_kpa: (
        "rate_m3d",
        "intake_pressure_kpa",
        "suction_area_mm2",
        "density_kgm3",
    ),
    jet.nozzle_rate_m3d: (
        "nozzle_pressure_kpa",
        "nozzle_exit_pressure_kpa",
        "nozzle_area_mm2",
        "density_kgm3",
    ),
    jet.limiting_flow_ratio: (
        "intake_pressure_kpa",
        "nozzle_pressure_kpa",
        "vapour_pressure_kpa",
        "area_ratio",
    ),
    jet.nozzle_area_factor: (
        "power_fluid_rate_m3d",
        "rate_m3d",
        "nozzle_pressure_kpa",
        "intake_pressure_kpa",
        "nozzle_area_mm2",
        "throat_area_mm2",
        "density_kgm3",
    ),
}


@pytest.mark.parametrize("function", NUMBERS, ids=lambda function: function.__name__)
@given(data=st.data())
def test_any_number_gives_a_number_in_every_shape_without_noise(function, data):
    rows = [
        {name: data.draw(anything) for name in NUMBERS[function]}
        for _ in range(data.draw(st.integers(1, 3)))
    ]
    losses = data.draw(st.sampled_from(LOSSES))
    alone = [function(**row, losses=losses) for row in rows]
    assert [type(found) for found in alone] == [float] * len(rows)
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    np.testing.assert_allclose(function(**columns, losses=losses), alone, rtol=1e-12)
    for row, found in zip(rows, alone, strict=True):
        assert math.isnan(found) or not any(map(math.isnan, row.values()))


def test_the_duty_of_a_reading_is_that_of_its_power_fluid():
    # 300 bbl/d at 2000 psi: 300 * 2000 / 58 766 hp.
    reading = JetReading(
        power_fluid_rate_m3d=300.0 * BBL, power_fluid_pressure_rise_kpa=2000.0 * PSI
    )
    shown = duty(reading, running_share=1.0)
    assert shown.delivered_power_kw == pytest.approx(300.0 * 2000.0 / 58_766.0 * 0.7457, rel=1e-3)
    assert shown.displacement_rate_m3d is None
