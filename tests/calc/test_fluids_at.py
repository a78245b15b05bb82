"""All fluids of a column of wells in one call: books balance, laws join, ranges are told."""

import importlib
import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import ArgumentError
from pumpperf.calc import fluids
from pumpperf.calc.fluids import Correlations, correlations, oil, petrosky_farshad, volumes
from pumpperf.calc.fluids.gas import SCF_PER_BBL
from pumpperf.calc.hydraulics import oil_density_kgm3
from pumpperf.units import PSI

STANDARD_1 = {"standard_pressure_kpa": 14.696 * PSI, "standard_temperature_degc": (60 - 32) / 1.8}
WELL = {
    "pressure_kpa": 5000.0,
    "temperature_degc": 60.0,
    "oil_density_kgm3": 870.0,
    "gas_gravity": 0.75,
    "producing_gor_m3m3": 60.0,
    "water_cut": 0.4,
    "water_density_kgm3": 1030.0,
}
CHOICES = [
    (name, choice)
    for name, kind in (
        ("solution_gas", correlations.SolutionGas),
        ("oil_volume_factor", correlations.OilVolumeFactor),
        ("oil_compressibility", correlations.OilCompressibility),
        ("dead_oil_viscosity", correlations.DeadOilViscosity),
        ("live_oil_viscosity", correlations.LiveOilViscosity),
        ("undersaturated_viscosity", correlations.UndersaturatedViscosity),
        ("pseudo_critical", correlations.PseudoCritical),
        ("water_viscosity", correlations.WaterViscosity),
        ("emulsion", correlations.Emulsion),
    )
    for choice in get_args(kind)
]
wells = st.fixed_dictionaries(
    {
        "pressure_kpa": st.floats(150.0, 30_000.0),
        "temperature_degc": st.floats(30.0, 110.0),
        "oil_density_kgm3": st.floats(810.0, 950.0),
        "gas_gravity": st.floats(0.6, 1.1),
        "producing_gor_m3m3": st.floats(0.0, 250.0),
        "water_cut": st.floats(0.0, 1.0),
        "water_density_kgm3": st.floats(1000.0, 1150.0),
    }
)


# Two wells by an independent program: Standing (1981), Sutton, Dranchuk and Abou-Kassem, McCain
@pytest.mark.parametrize(
    ("well", "expected"),
    [
        (
            (120, 180, 200, 32, 0.75, 1.05, 250, 120),
            (44.3714495, 1.04155322, 1.01376936, 0.96148400, 0.0630455408, 0.405484949, 59.6112038),
        ),
        (
            (600, 400, 450, 28, 0.7, 1.08, 900, 170),
            (136.817131, 1.10405258, 1.02773753, 0.91371583, 0.0180781147, 0.360450828, 56.7783769),
        ),
    ],
)
def test_a_well_test_to_its_intake_in_one_call(well, expected):
    oil_bpd, water_bpd, scf, api, gravity, water_gravity, psia, degf = well
    found = fluids.at(
        pressure_kpa=psia * PSI,
        temperature_degc=(degf - 32) / 1.8,
        oil_density_kgm3=oil_density_kgm3(api_gravity=api, water_density_kgm3=999.016),
        gas_gravity=gravity,
        producing_gor_m3m3=scf / SCF_PER_BBL,
        water_cut=water_bpd / (oil_bpd + water_bpd),
        water_density_kgm3=water_gravity * 999.016,
        correlations=Correlations(solution_gas="STANDING_1981"),
        **STANDARD_1,
    )
    numbers = (
        found.solution_gor_m3m3 * SCF_PER_BBL,
        found.oil_volume_factor_m3m3,
        found.water_volume_factor_m3m3,
        found.compressibility_factor,
        found.gas_volume_factor_m3m3,
        found.gas_share,
        found.liquid_density_kgm3 / 16.018463,
    )
    assert np.ravel(numbers) == pytest.approx(expected, rel=6e-4)
    volume = found.liquid_volume_m3m3[0] * (oil_bpd + water_bpd)
    assert volume == pytest.approx(oil_bpd * expected[1] + water_bpd * expected[2], rel=5e-4)


@given(well=wells)
def test_what_leaves_the_tank_comes_to_the_pump_and_back(well):
    found = fluids.at(**well)
    oil_share, cut = 1.0 - well["water_cut"], well["water_cut"]
    gas_density = 101.325 * 28.97 / (8.31446 * 288.15) * well["gas_gravity"]
    gas = oil_share * well["producing_gor_m3m3"] * gas_density
    tank = oil_share * well["oil_density_kgm3"] + cut * well["water_density_kgm3"] + gas
    pump = (found.liquid_volume_m3m3 + found.free_gas_volume_m3m3) * found.mixture_density_kgm3
    assert pump == pytest.approx(tank, rel=1e-12)
    phases = (
        oil_share * found.oil_volume_factor_m3m3 * found.oil_density_kgm3
        + cut * found.water_volume_factor_m3m3 * found.water_density_kgm3
        + found.free_gas_volume_m3m3 * found.gas_density_kgm3
    )
    assert phases == pytest.approx(tank, rel=1e-12)
    free = found.free_gas_volume_m3m3 / found.gas_volume_factor_m3m3
    back = free + oil_share * found.solution_gor_m3m3
    assert back == pytest.approx(oil_share * well["producing_gor_m3m3"], rel=1e-12)
    liquid = found.liquid_volume_m3m3 * found.liquid_density_kgm3
    assert liquid + found.free_gas_volume_m3m3 * found.gas_density_kgm3 == pytest.approx(
        tank, rel=1e-12
    )


CONTINUOUS = [
    Correlations(solution_gas=gas, oil_volume_factor=volume, oil_compressibility=stiff)
    for gas in get_args(correlations.SolutionGas)
    for volume in get_args(correlations.OilVolumeFactor)
    for stiff in get_args(correlations.OilCompressibility)
]


@pytest.mark.parametrize("above", get_args(correlations.UndersaturatedViscosity))
@given(well=wells, laws=st.sampled_from(CONTINUOUS), gor=st.floats(20.0, 150.0))
def test_every_law_joins_at_the_bubble_point(well, laws, gor, above):
    well = well | {"producing_gor_m3m3": gor, "temperature_degc": 70.0, "gas_gravity": 0.75}
    laws = replace(laws, undersaturated_viscosity=above)
    point = fluids.at(**well, correlations=laws).bubble_point_kpa[0]
    around = fluids.at(
        **well | {"pressure_kpa": point * np.array([1.0 - 1e-9, 1.0 + 1e-9])}, correlations=laws
    )
    assert around.solution_gor_m3m3 == pytest.approx(gor, rel=1e-7)
    for name in (
        "oil_volume_factor_m3m3",
        "oil_density_kgm3",
        "oil_viscosity_mpas",
        "liquid_volume_m3m3",
        "mixture_density_kgm3",
    ):
        below, over = getattr(around, name)
        assert below == pytest.approx(over, rel=1e-6), name
    assert around.free_gas_volume_m3m3 == pytest.approx(0.0, abs=1e-6)


EVERY_LAW_OF_OIL = [
    {
        "solution_gas": solution,
        "oil_volume_factor": volume,
        "oil_compressibility": stiff,
        "live_oil_viscosity": live,
        "undersaturated_viscosity": above,
    }
    for solution in get_args(correlations.SolutionGas)
    for volume in get_args(correlations.OilVolumeFactor)
    for stiff in get_args(correlations.OilCompressibility)
    for live in get_args(correlations.LiveOilViscosity)
    for above in get_args(correlations.UndersaturatedViscosity)
]


def test_each_set_of_laws_of_an_oil_joins_at_the_bubble_point_from_both_sides():
    draw = np.random.default_rng(1).uniform
    many = {
        "temperature_degc": draw(60.0, 110.0, 40),
        "oil_density_kgm3": draw(810.0, 945.0, 40),
        "gas_gravity": draw(0.6, 0.95, 40),
        "producing_gor_m3m3": draw(20.0, 150.0, 40),
        "water_cut": draw(0.0, 0.3, 40),
        "water_density_kgm3": draw(1000.0, 1150.0, 40),
    }
    for choice in EVERY_LAW_OF_OIL:
        laws = Correlations(**choice)
        point = fluids.at(**many, pressure_kpa=5000.0, correlations=laws).bubble_point_kpa
        assert (point > 0.0).all()
        below, over, higher = (
            fluids.at(**many, pressure_kpa=point * (1.0 + shift), correlations=laws)
            for shift in (-1e-9, 1e-9, 0.2)
        )
        assert (below.solution_gor_m3m3 < many["producing_gor_m3m3"]).all(), choice
        assert over.solution_gor_m3m3.tolist() == many["producing_gor_m3m3"].tolist(), choice
        for name in ("solution_gor_m3m3", "oil_volume_factor_m3m3", "oil_viscosity_mpas"):
            low, high = getattr(below, name), getattr(over, name)
            assert low == pytest.approx(high, rel=1e-7), (name, choice)
        # from there on the oil is pressed together and grows thicker
        stiff = ~np.isnan(higher.oil_volume_factor_m3m3)
        assert stiff.all() or choice["oil_compressibility"] == "VASQUEZ_BEGGS", choice
        pressed = higher.oil_volume_factor_m3m3 < over.oil_volume_factor_m3m3
        assert pressed[stiff].all(), choice
        assert (higher.oil_viscosity_mpas > over.oil_viscosity_mpas).all(), choice


def test_oil_above_its_bubble_point_is_pressed_together_as_its_compressibility_says():
    at = {"solution_gor_m3m3": 60.0, "temperature_degc": 70.0}
    at |= {"api_gravity": 31.0, "gas_gravity": 0.75}

    def factor(pressure):
        return petrosky_farshad.undersaturated_oil_volume_factor_m3m3(
            bubble_point_volume_factor_m3m3=1.2, pressure_kpa=pressure, bubble_point_kpa=9e3, **at
        )

    slope = (factor(15_001.0) - factor(14_999.0)) / 2.0 / factor(15_000.0)
    compressibility = petrosky_farshad.compressibility_1kpa(pressure_kpa=15_000.0, **at)
    assert -slope == pytest.approx(compressibility, rel=1e-5)
    assert factor(9e3) == 1.2


@pytest.mark.parametrize(("name", "choice"), CHOICES)
def test_every_choice_is_used_and_told(name, choice):
    laws = Correlations(name="OURS", **{name: choice})
    both = WELL | {"pressure_kpa": [3000.0, 20_000.0]}
    found = fluids.at(**both, correlations=laws)
    assert found.method.startswith("OURS (")
    assert f"{name.replace('_', ' ')} {choice}" in found.method
    table = found.to_frame()
    assert np.isfinite(table.drop(columns="method").astype(float)).all(axis=None)
    default = fluids.at(**both).to_frame()
    same = table.drop(columns="method").equals(default.drop(columns="method"))
    assert same is (getattr(Correlations(), name) == choice)


def test_a_choice_that_is_none_is_refused():
    for name, _ in CHOICES:
        with pytest.raises(ArgumentError, match=name):
            Correlations(**{name: "MINE"})


def test_an_oil_without_gas_has_all_its_numbers():
    found = fluids.at(**WELL | {"producing_gor_m3m3": 0.0})
    assert found.bubble_point_kpa == found.gas_share == found.solution_gor_m3m3 == 0.0
    assert np.isfinite(found.to_frame().drop(columns="method").astype(float)).all(axis=None)


def test_a_gap_stays_a_gap_in_its_row():
    for name, value in WELL.items():
        found = fluids.at(**WELL | {name: [value, math.nan]})
        whole, gap = found.mixture_density_kgm3
        assert whole == fluids.at(**WELL).mixture_density_kgm3
        assert math.isnan(gap), name


def test_what_lies_outside_of_its_data_is_told_and_not_clamped():
    def outside(**changed):
        found = fluids.at(**WELL | changed)
        return {name for name, flag in found.out_of_range.items() if flag}

    assert outside() == set()
    assert outside(temperature_degc=19.0) == {
        *("solution_gas", "oil_volume_factor", "gas_viscosity", "water_viscosity")
    }
    assert outside(pressure_kpa=800.0) == {"solution_gas", "live_oil_viscosity"}
    assert outside(gas_gravity=1.2) == {"solution_gas", "oil_volume_factor"}
    assert outside(gas_gravity=1.7) >= {"pseudo_critical", "solution_gas"}
    assert outside(pressure_kpa=40_000.0) == {"water_viscosity", "water_volume_factor"}
    assert outside(pressure_kpa=11_000.0) == {"oil_compressibility"}
    assert outside(water_density_kgm3=1300.0) == {"water_viscosity"}
    assert outside(temperature_degc=90.0) == {"dead_oil_viscosity"}
    assert outside(temperature_degc=90.0, dead_oil_viscosity_mpas=4.0) == set()
    assert outside(producing_gor_m3m3=2.0) == {"live_oil_viscosity", "oil_compressibility"}
    cold, colder = (fluids.at(**WELL | {"temperature_degc": t}).oil_viscosity_mpas for t in (15, 5))
    assert colder > 1.2 * cold


def test_a_measured_viscosity_wins_and_a_guess_has_bounds():
    guessed = fluids.at(**WELL)
    low, high = guessed.lower_dead_oil_viscosity_mpas, guessed.upper_dead_oil_viscosity_mpas
    api = 141.5 * 999.016 / 870.0 - 131.5
    each = [
        law(temperature_degc=60.0, api_gravity=api)
        for law in (
            oil.beggs_robinson_dead_oil_viscosity_mpas,
            oil.egbogah_ng_dead_oil_viscosity_mpas,
            oil.beal_dead_oil_viscosity_mpas,
        )
    ]
    assert low <= min(each)
    assert high >= max(each)
    assert low < guessed.dead_oil_viscosity_mpas < high
    # of a hot oil only those count that were made for hot oils, beside the chosen one
    hot = fluids.at(**WELL | {"temperature_degc": 120.0})
    beal = oil.beal_dead_oil_viscosity_mpas(temperature_degc=120.0, api_gravity=api)
    assert hot.lower_dead_oil_viscosity_mpas > beal
    measured = fluids.at(**WELL, dead_oil_viscosity_mpas=[12.0, math.nan])
    assert measured.dead_oil_viscosity_mpas.tolist() == [12.0, *guessed.dead_oil_viscosity_mpas]
    assert measured.upper_dead_oil_viscosity_mpas.tolist() == [12.0, *high]
    assert measured.lower_dead_oil_viscosity_mpas.tolist() == [12.0, *low]


def test_near_the_inversion_both_viscosities_are_told():
    laws = Correlations(emulsion="BRINKMAN", inversion_water_cut=0.5)
    cuts = np.array([0.0, 0.35, 0.45, 0.55, 0.65, 1.0])
    found = fluids.at(**WELL | {"water_cut": cuts, "pressure_kpa": 500.0}, correlations=laws)
    wet = cuts * found.water_volume_factor_m3m3 / found.liquid_volume_m3m3
    with np.errstate(divide="ignore"):
        in_oil = found.oil_viscosity_mpas * (1.0 - wet) ** -2.5
        in_water = found.water_viscosity_mpas * wet**-2.5
    expected = np.where(wet < 0.5, in_oil, in_water)
    assert found.liquid_viscosity_mpas == pytest.approx(expected, rel=1e-12)
    near = np.array([False, False, True, True, False, False])
    low, high = found.lower_liquid_viscosity_mpas, found.upper_liquid_viscosity_mpas
    assert ((low < high) == near).all()
    assert low[near] == pytest.approx(np.minimum(in_oil, in_water)[near], rel=1e-12)
    assert high[near] == pytest.approx(np.maximum(in_oil, in_water)[near], rel=1e-12)


def test_a_mean_by_volume_has_no_inversion():
    laws = Correlations(emulsion="VOLUME_WEIGHTED")
    cuts = np.array([0.0, 0.3, 0.6, 1.0])
    found = fluids.at(**WELL | {"water_cut": cuts}, correlations=laws)
    wet = cuts * found.water_volume_factor_m3m3 / found.liquid_volume_m3m3
    expected = (1.0 - wet) * found.oil_viscosity_mpas + wet * found.water_viscosity_mpas
    for one in ("", "lower_", "upper_"):
        shown = getattr(found, f"{one}liquid_viscosity_mpas")
        assert shown == pytest.approx(expected, rel=1e-14)


def test_salt_is_told_by_the_density_of_the_water_or_given():
    by_density = fluids.at(**WELL)
    salt = fluids.water.salinity_of_density_kgkg(water_density_kgm3=1030.0)
    density = fluids.water.standard_water_density_kgm3(salinity_kgkg=salt)
    assert density == pytest.approx(1030.0, rel=1e-12)
    given_salt = fluids.at(**WELL, salinity_kgkg=salt)
    assert given_salt.water_viscosity_mpas == by_density.water_viscosity_mpas
    assert (
        fluids.at(**WELL, salinity_kgkg=0.2).water_viscosity_mpas
        > 1.2 * given_salt.water_viscosity_mpas
    )


def test_many_wells_go_through_in_blocks(monkeypatch):
    rng = np.random.default_rng(1)
    many = WELL | {"pressure_kpa": rng.uniform(500.0, 20_000.0, 50)}
    whole = fluids.at(**many).to_frame()
    cheap = fluids.volumes_at(**many)
    monkeypatch.setattr(volumes, "BLOCK", 7)
    pd.testing.assert_frame_equal(fluids.at(**many).to_frame(), whole, rtol=1e-13)
    for again, before in zip(fluids.volumes_at(**many), cheap, strict=True):
        assert again == pytest.approx(before, rel=1e-13)  # a block ends in another register
    assert fluids.at(**WELL | {"pressure_kpa": []}).gas_share.size == 0
    for name in set(volumes.Volumes._fields) - {"reduced_pressure", "reduced_temperature"}:
        assert whole[name].to_numpy() == pytest.approx(getattr(cheap, name), rel=1e-13)


def test_columns_of_unequal_length_or_index_are_refused():
    with pytest.raises(ArgumentError, match="water_cut has 2 entries for 3 of pressure_kpa"):
        fluids.at(**WELL | {"pressure_kpa": [1.0, 2.0, 3.0], "water_cut": [0.1, 0.2]})
    with pytest.raises(ArgumentError, match="unequal indexes"):
        fluids.volumes_at(
            **WELL
            | {
                "pressure_kpa": pd.Series([1e3, 2e3], index=["a", "b"]),
                "water_cut": pd.Series([0.1, 0.2], index=["b", "a"]),
            }
        )


def test_the_room_exports_what_it_says():
    assert importlib.import_module("pumpperf.calc.fluids").at is fluids.at
    assert Correlations() == fluids.PUMPPERF_FLUIDS_2026
