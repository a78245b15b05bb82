"""Jet pumps in balance with their wells: one well, stacks, and wells that have no balance."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jet_forward import WELL

from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH, JET_LOSSES_WOFFL
from pumpperf.errors import ArgumentError
from pumpperf.lift import jet
from pumpperf.lift.jet import operating

NAN = float("nan")
LOSSES = (JET_LOSSES_GOSLINE_OBRIEN, JET_LOSSES_PEH, JET_LOSSES_WOFFL)
NUMBERS = [n for n in jet.JetOperatingPoint.__dataclass_fields__ if n not in {"status", "losses"}]


def wells(count, seed=5):
    """Wells that all differ, with ratios from 0.17 to 0.5."""
    rng = np.random.default_rng(seed)
    area = rng.uniform(3.0, 40.0, count)
    return {
        "nozzle_area_mm2": area,
        "throat_area_mm2": area / rng.uniform(0.17, 0.5, count),
        "nozzle_pressure_kpa": rng.uniform(15e3, 50e3, count),
        "reservoir_pressure_kpa": rng.uniform(3e3, 25e3, count),
        "productivity_index_m3dkpa": 10.0 ** rng.uniform(-3.0, 0.0, count),
        "static_discharge_pressure_kpa": rng.uniform(6e3, 25e3, count),
        "return_friction_kpad2m6": rng.uniform(0.0, 0.02, count),
        "density_kgm3": rng.uniform(800.0, 1100.0, count),
        "vapour_pressure_kpa": rng.uniform(0.0, 200.0, count),
        "gas_oil_ratio": rng.uniform(0.0, 100.0, count),
        "water_cut": rng.uniform(0.0, 1.0, count),
    }


def solved(losses=LOSSES[0], **changes):
    return jet.jet_operating_point(**WELL | changes, losses=losses)


def excess_kpa(w, rate, losses):
    """Discharge pressure that the pump makes minus what the well asks for, by the calculators."""
    intake = w["reservoir_pressure_kpa"] - rate / w["productivity_index_m3dkpa"]
    entry = jet.throat_entry_pressure_kpa(
        rate_m3d=rate,
        intake_pressure_kpa=intake,
        suction_area_mm2=w["throat_area_mm2"] - w["nozzle_area_mm2"],
        density_kgm3=w["density_kgm3"],
        losses=losses,
    )
    power_fluid = jet.nozzle_rate_m3d(
        nozzle_pressure_kpa=w["nozzle_pressure_kpa"] + 0.0 * rate,
        nozzle_exit_pressure_kpa=intake if losses.nozzle_against_intake else entry,
        nozzle_area_mm2=w["nozzle_area_mm2"],
        density_kgm3=w["density_kgm3"],
        losses=losses,
    )
    nozzle_mm2, throat_mm2 = w["nozzle_area_mm2"], w["throat_area_mm2"]
    streams = ((power_fluid, nozzle_mm2), (rate, throat_mm2 - nozzle_mm2))
    force_n = sum(w["density_kgm3"] * (q / 86400) ** 2 / (a * 1e-6) for q, a in streams)
    throat_ms = (power_fluid + rate) / 86400 / (throat_mm2 * 1e-6)
    lost_pa = (1 + losses.throat + losses.diffuser) * w["density_kgm3"] * throat_ms**2 / 2
    made = entry + (force_n / (throat_mm2 * 1e-6) - lost_pa) / 1000
    asked = w["static_discharge_pressure_kpa"]
    asked = asked + w["return_friction_kpad2m6"] * (rate + power_fluid) ** 2
    return made - asked, power_fluid, intake, entry, asked


@pytest.mark.parametrize("losses", LOSSES, ids=lambda losses: losses.name)
def test_every_well_that_has_a_point_is_in_balance_by_the_calculators(losses):
    w = wells(2000)
    point = jet.jet_operating_point(**w, losses=losses)
    found = np.isin(point.status, ["ok", "cavitating"])
    assert 500 < found.sum() < 2000
    excess, power_fluid, intake, entry, asked = excess_kpa(w, point.rate_m3d, losses)
    assert np.abs(excess[found]).max() < 1e-6
    same = {
        "power_fluid_rate_m3d": power_fluid,
        "intake_pressure_kpa": intake,
        "throat_entry_pressure_kpa": entry,
        "discharge_pressure_kpa": asked,
        "flow_ratio": point.rate_m3d / power_fluid,
    }
    for name, expected in same.items():
        np.testing.assert_allclose(getattr(point, name)[found], expected[found], rtol=1e-9)
    by_cunningham = jet.jet_pressure_ratio(
        flow_ratio=point.flow_ratio,
        area_ratio=w["nozzle_area_mm2"] / w["throat_area_mm2"],
        losses=losses,
    )
    np.testing.assert_allclose(
        point.pressure_ratio[found], by_cunningham[found], rtol=1e-6, atol=1e-9
    )
    gained = point.rate_m3d * (point.discharge_pressure_kpa - point.intake_pressure_kpa) / 86400
    np.testing.assert_allclose(
        (point.efficiency * point.power_fluid_power_kw)[found], gained[found], rtol=1e-9
    )
    assert point.losses == losses.name
    for name in NUMBERS:
        assert np.isnan(getattr(point, name)[~found]).all()


@pytest.mark.parametrize("losses", LOSSES, ids=lambda losses: losses.name)
def test_a_scan_of_all_rates_finds_the_one_balance_or_none(losses):
    w = wells(400, seed=9)
    point = jet.jet_operating_point(**w, losses=losses)
    low = np.maximum(
        w["productivity_index_m3dkpa"] * (w["reservoir_pressure_kpa"] - w["nozzle_pressure_kpa"]),
        0.0,
    )
    high = w["productivity_index_m3dkpa"] * (w["reservoir_pressure_kpa"] - w["vapour_pressure_kpa"])
    share = np.linspace(1e-6, 1.0, 2000)[:, None]
    rates = low + share * (high - low)
    sign = excess_kpa(w, rates, losses)[0] > 0.0
    crossings = np.sum(sign[1:] != sign[:-1], axis=0)
    assert crossings.max() == 1
    near_the_end = np.abs(point.rate_m3d - low) < 1e-5 * (high - low)
    has_point = np.isin(point.status, ["ok", "cavitating"])
    assert ((crossings == 1) == has_point)[~near_the_end].all()
    assert (point.status[sign.all(axis=0)] == "pumped_off").all()
    assert set(point.status) == {"ok", "cavitating", "no_lift", "pumped_off"}


def test_with_an_inflow_without_bound_it_is_the_closed_form():
    b = WELL["nozzle_area_mm2"] / WELL["throat_area_mm2"]
    point = solved(productivity_index_m3dkpa=1e8, return_friction_kpad2m6=0.0)
    n = (14_000.0 - 12_000.0) / (36_000.0 - 14_000.0)
    m = jet.jet_flow_ratio(pressure_ratio=n, area_ratio=b, losses=LOSSES[0])
    assert point.flow_ratio == pytest.approx(m, rel=1e-6)
    assert point.pressure_ratio == pytest.approx(n, rel=1e-6)


def test_a_stack_is_its_wells_one_by_one_whatever_the_block(monkeypatch):
    w = wells(23)
    stack = jet.jet_operating_point(**w, losses=LOSSES[2])
    monkeypatch.setattr(operating, "BLOCK", 7)
    blocks = jet.jet_operating_point(**w, losses=LOSSES[2])
    alone = [
        jet.jet_operating_point(**{k: v[i] for k, v in w.items()}, losses=LOSSES[2])
        for i in range(23)
    ]
    for name in NUMBERS:
        np.testing.assert_array_equal(getattr(stack, name), getattr(blocks, name))
        single = np.array([getattr(point, name) for point in alone])
        np.testing.assert_allclose(getattr(stack, name), single, rtol=1e-12)
    assert stack.status.tolist() == [str(point.status) for point in alone]


def test_a_number_is_one_well_and_shapes_go_together():
    point = solved()
    assert point.rate_m3d.shape == point.status.shape == ()
    assert point.status == "ok"
    grid = solved(nozzle_pressure_kpa=[[30_000.0], [36_000.0]], nozzle_area_mm2=[8.0, 10.0, 12.0])
    assert grid.rate_m3d.shape == grid.status.shape == (2, 3)
    assert grid.rate_m3d[1, 1] == point.rate_m3d
    with pytest.raises(ArgumentError, match=r"nozzle_area_mm2 \(2,\), water_cut \(3,\): expected"):
        solved(nozzle_area_mm2=[8.0, 9.0], water_cut=[0.1, 0.2, 0.3])


def test_more_power_fluid_pressure_lifts_more_and_a_weaker_well_less():
    point = solved(nozzle_pressure_kpa=[30_000.0, 36_000.0, 42_000.0])
    assert (np.diff(point.rate_m3d) > 0.0).all()
    weaker = solved(productivity_index_m3dkpa=[0.02, 0.01, 0.005])
    assert (np.diff(weaker.rate_m3d) < 0.0).all()
    assert (np.diff(weaker.flow_ratio_margin) != 0.0).all()


def test_a_well_that_the_power_fluid_cannot_lift_says_so():
    point = solved(static_discharge_pressure_kpa=[14_000.0, 33_000.0])
    assert point.status.tolist() == ["ok", "no_lift"]
    assert np.isnan(point.rate_m3d[1])
    # Just at its limit it lifts nothing: the pressure that the pump makes without production.
    most = (
        12_000.0
        + excess_kpa(
            WELL | {"static_discharge_pressure_kpa": 12_000.0, "return_friction_kpad2m6": 0.0},
            np.array(0.0),
            LOSSES[0],
        )[0]
    )
    at_limit = solved(
        static_discharge_pressure_kpa=[most - 1.0, most + 1.0], return_friction_kpad2m6=0.0
    )
    assert at_limit.status.tolist() == ["ok", "no_lift"]
    assert at_limit.rate_m3d[0] < 0.1


def test_a_well_that_is_drawn_down_to_the_vapour_pressure_says_so():
    point = solved(
        productivity_index_m3dkpa=[0.02, 0.002],
        reservoir_pressure_kpa=8000.0,
        static_discharge_pressure_kpa=12_000.0,
    )
    assert point.status.tolist() == ["ok", "pumped_off"]
    assert np.isnan(point.rate_m3d[1])


def test_beyond_either_limit_of_cavitation_the_numbers_are_shown_and_marked():
    liquid = solved(
        productivity_index_m3dkpa=0.1,
        reservoir_pressure_kpa=6000.0,
        static_discharge_pressure_kpa=9000.0,
    )
    assert liquid.status == "cavitating"
    assert liquid.flow_ratio_margin < 0.0
    assert liquid.flow_ratio == pytest.approx(
        liquid.limiting_flow_ratio - liquid.flow_ratio_margin, rel=1e-12
    )
    gas = solved(gas_oil_ratio=[0.0, 1000.0, NAN])
    assert gas.status.tolist() == ["ok", "cavitating", "ok"]
    assert (gas.flow_ratio_margin > 0.0).all()
    assert gas.suction_area_margin_mm2[0] > 0.0 > gas.suction_area_margin_mm2[1]
    assert np.isnan(gas.suction_area_margin_mm2[2])
    np.testing.assert_allclose(
        gas.suction_area_margin_mm2[:2], 28.2 - gas.cavitation_area_mm2[:2], rtol=1e-12
    )
    cut = solved(water_cut=NAN, gas_oil_ratio=1000.0)
    assert cut.status == "ok"
    assert np.isnan(cut.suction_area_margin_mm2)
    assert solved(water_cut=[0.0, 1.0]).status.tolist() == ["ok", "ok"]
    index_40 = attrs.evolve(LOSSES[0], name="LOW", cavitation_index=40.0)
    assert solved(index_40).status == "cavitating"
    assert solved(index_40).losses == "LOW"


def test_a_reservoir_above_the_nozzle_pressure_opens_the_nozzle_first():
    point = solved(
        reservoir_pressure_kpa=np.array([40_000.0, 36_000.0]),
        static_discharge_pressure_kpa=20_000.0,
        productivity_index_m3dkpa=0.01,
    )
    assert point.status.tolist() == ["ok", "ok"]
    assert (point.intake_pressure_kpa < 36_000.0).all()
    assert (point.power_fluid_rate_m3d > 0.0).all()


@pytest.mark.parametrize(
    "impossible",
    [
        {"nozzle_area_mm2": 0.0},
        {"nozzle_area_mm2": 38.2},
        {"throat_area_mm2": -1.0},
        {"density_kgm3": 0.0},
        {"productivity_index_m3dkpa": 0.0},
        {"productivity_index_m3dkpa": float("inf")},
        {"return_friction_kpad2m6": -0.001},
        {"reservoir_pressure_kpa": 20.0},
        {"nozzle_pressure_kpa": 20.0},
        {"static_discharge_pressure_kpa": NAN},
        {"density_kgm3": 1e308},
        {"gas_oil_ratio": -500.0},
        {"gas_oil_ratio": float("inf")},
        {"water_cut": 5.0},
        {"water_cut": -0.1},
    ],
    ids=str,
)
def test_what_cannot_be_is_undefined_and_leaves_its_neighbour_alone(impossible):
    (name, value) = next(iter(impossible.items()))
    point = solved(**{name: [WELL[name], value]})
    assert point.status.tolist() == ["ok", "undefined"]
    assert point.rate_m3d[0] == solved().rate_m3d
    assert all(np.isnan(getattr(point, number)[1]) for number in NUMBERS)


anything = st.one_of(
    st.floats(1e-3, 1e5), st.sampled_from([NAN, float("inf"), 0.0, -1.0, -1e8, 1e-8, 1e8, 1e300])
)


@given(
    rows=st.lists(
        st.fixed_dictionaries({name: st.one_of(st.just(WELL[name]), anything) for name in WELL}),
        min_size=1,
        max_size=4,
    ),
    losses=st.sampled_from(LOSSES),
)
def test_any_number_gives_a_status_without_noise_and_hides_no_efficiency(rows, losses):
    columns = {name: [row[name] for row in rows] for name in WELL}
    point = jet.jet_operating_point(**columns, losses=losses)
    known = np.isin(point.status, ["ok", "cavitating"])
    assert set(point.status) <= {"ok", "cavitating", "no_lift", "pumped_off", "undefined"}
    assert (np.isnan(point.rate_m3d) == ~known).all()
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(point.efficiency, point.flow_ratio * point.pressure_ratio)
