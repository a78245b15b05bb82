"""Factors against the definitions, and conversion at its edges."""

from fractions import Fraction as F

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import constants

from pumpperf import UnitError, units

POUND, INCH, FOOT, G = F("0.45359237"), F("0.0254"), F("0.3048"), F("9.80665")
GALLON = 231 * INCH**3
BBL = 42 * GALLON
FOOT_POUND = FOOT * POUND * G

DEFINED = {
    ("rate", "bpd"): BBL,
    ("rate", "gpm"): GALLON * 1440,
    ("rate", "m3h"): F(24),
    ("rate", "m3s"): F(86400),
    ("rate", "ls"): F("86.4"),
    ("rate", "ft3d"): FOOT**3,
    ("gas rate", "scfd"): FOOT**3,
    ("gas rate", "mscfd"): 1000 * FOOT**3,
    ("gas rate", "mmscfd"): 10**6 * FOOT**3,
    ("pressure", "psi"): POUND * G / INCH**2 / 1000,
    ("pressure", "psia"): POUND * G / INCH**2 / 1000,
    ("pressure", "bar"): F(100),
    ("pressure", "bara"): F(100),
    ("pressure", "pa"): F("0.001"),
    ("pressure", "mpa"): F(1000),
    ("pressure", "atm"): F("101.325"),
    ("pressure", "kgfcm2"): G * 10,
    ("gauge pressure", "psig"): POUND * G / INCH**2 / 1000,
    ("gauge pressure", "barg"): F(100),
    ("gauge pressure", "mpag"): F(1000),
    ("gauge pressure", "pag"): F(1, 1000),
    ("gauge pressure", "atmg"): F("101.325"),
    ("gauge pressure", "kgfcm2g"): G / F("0.0001") / 1000,
    ("length", "ft"): FOOT,
    ("length", "in"): INCH,
    ("length", "cm"): F("0.01"),
    ("length", "mm"): F("0.001"),
    ("stroke length", "in"): INCH,
    ("stroke length", "ft"): FOOT,
    ("stroke length", "cm"): F("0.01"),
    ("stroke length", "mm"): F("0.001"),
    ("bore", "in"): INCH * 1000,
    ("bore", "cm"): F(10),
    ("bore", "m"): F(1000),
    ("area", "in2"): INCH**2 * 10**6,
    ("area", "cm2"): F(100),
    ("area", "m2"): F(10**6),
    ("volume", "bbl"): BBL,
    ("volume", "gal"): GALLON,
    ("volume", "ft3"): FOOT**3,
    ("volume", "l"): F("0.001"),
    ("displacement", "in3"): INCH**3 * 1000,
    ("displacement", "cm3"): F("0.001"),
    ("displacement", "m3"): F(1000),
    ("power", "hp"): 550 * FOOT_POUND / 1000,
    ("power", "w"): F("0.001"),
    ("power", "mw"): F(1000),
    ("energy", "mwh"): F(1000),
    ("energy", "mj"): F(10, 36),
    ("energy", "hph"): 550 * FOOT_POUND / 1000,
    ("energy", "btu"): F("1055.05585262") / 3600000,
    ("duration", "s"): F(1, 3600),
    ("duration", "min"): F(1, 60),
    ("duration", "d"): F(24),
    ("force", "lbf"): POUND * G / 1000,
    ("force", "klbf"): POUND * G,
    ("force", "n"): F("0.001"),
    ("force", "kgf"): G / 1000,
    ("torque", "lbfft"): FOOT_POUND / 1000,
    ("torque", "lbfin"): FOOT_POUND / 12000,
    ("torque", "nm"): F("0.001"),
    ("temperature", "degf"): F(5, 9),
    ("temperature", "k"): F(1),
    ("temperature", "degr"): F(5, 9),
    ("density", "lbft3"): POUND / FOOT**3,
    ("density", "ppg"): POUND / GALLON,
    ("density", "gcm3"): F(1000),
    ("dynamic viscosity", "cp"): F(1),
    ("dynamic viscosity", "pas"): F(1000),
    ("kinematic viscosity", "cst"): F(1),
    ("kinematic viscosity", "m2s"): F(10**6),
    ("rotary speed", "rps"): F(60),
    ("current", "ma"): F("0.001"),
    ("voltage", "kv"): F(1000),
    ("mass", "lb"): POUND,
    ("mass", "t"): F(1000),
    ("specific energy", "kwhbbl"): 1 / BBL,
    ("emission factor", "lbmwh"): POUND / 1000,
    ("emission factor", "kgmwh"): F("0.001"),
    ("emission factor", "gkwh"): F("0.001"),
    ("emission factor", "tmwh"): F(1),
    ("price of a volume", "per_bbl"): 1 / BBL,
    ("price of energy", "per_mwh"): F("0.001"),
    ("mass rate", "kgh"): F(24, 1000),
    ("mass rate", "kgs"): F(86400, 1000),
    ("rate", "lmin"): F(1440, 1000),
    ("gas-oil ratio", "scfbbl"): FOOT**3 / BBL,
    ("density of oil", "lbft3"): POUND / FOOT**3,
    ("density of oil", "ppg"): POUND / GALLON,
    ("density of oil", "gcm3"): F(1000),
    ("density of oil", "api"): F("141.5") * F("999.016"),
    ("share", "pct"): F("0.01"),
}
OTHERS = [
    (kind, unit) for kind in units.KINDS for unit in kind.scales if unit not in ("", kind.suffix)
]


def test_every_factor_is_held_against_a_definition():
    assert {(kind.name, unit) for kind, unit in OTHERS} == set(DEFINED)


@pytest.mark.parametrize(("kind", "unit"), OTHERS, ids=str)
def test_factor_is_exact(kind, unit):
    exact = DEFINED[kind.name, unit]
    factor = F(kind.scales[unit].factor)
    assert abs(factor / exact - 1) <= F(2) ** -52


def test_canonical_units_have_factor_one():
    for kind in units.KINDS:
        assert kind.scales[kind.suffix] == units.Scale(1.0)
        assert kind.field_suffix in kind.scales


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (units.INCH, constants.inch),
        (units.FOOT, constants.foot),
        (units.POUND, constants.pound),
        (units.POUND_FORCE, constants.pound_force / 1000),
        (units.PSI, constants.psi / 1000),
        (units.HORSEPOWER, constants.hp / 1000),
        (units.BBL, constants.bbl),
        (units.GALLON, constants.gallon),
        (units.ATMOSPHERE, constants.atm / 1000),
        (units.BRITISH_THERMAL_UNIT, constants.Btu / 3.6e6),
        (units.STANDARD_GRAVITY_MS2, constants.g),
        (units.KILOGRAM_FORCE, constants.kgf / 1000),
        (units.SECONDS_PER_DAY, constants.day),
    ],
)
def test_factor_agrees_with_scipy(ours, theirs):
    assert ours == pytest.approx(theirs, rel=1e-15)


def test_a_suffix_of_two_kinds_means_one_thing():
    factors = {}
    for kind in (units.LENGTH, units.STROKE):
        for unit, scale in kind.scales.items():
            assert factors.setdefault(unit, scale) == scale


@pytest.mark.parametrize(
    ("celsius", "unit", "value"),
    [(100.0, "degf", 212.0), (0.0, "k", 273.15), (100.0, "degr", 671.67), (-40.0, "degf", -40.0)],
)
def test_temperatures_are_shifted(celsius, unit, value):
    assert units.convert(value, unit, "degc") == pytest.approx(celsius, abs=1e-12)
    assert units.convert(celsius, "degc", unit) == pytest.approx(value, abs=1e-12)


def test_columns_are_converted_as_columns():
    array = units.convert(np.array([1.0, np.nan]), "psi", "kpa")
    np.testing.assert_array_equal(array, [units.PSI, np.nan])
    series = units.convert(pd.Series([1.0], index=["well"]), "bpd", "m3d")
    pd.testing.assert_series_equal(series, pd.Series([units.BBL], index=["well"]))


@given(st.floats(-1e6, 1e6), st.sampled_from(OTHERS))
def test_there_and_back_again(value, other):
    kind, unit = other
    back = units.from_canonical(units.to_canonical(value, unit, kind), unit, kind)
    assert back == pytest.approx(value, rel=1e-14, abs=1e-9)


def test_conversion_between_two_other_units():
    assert units.convert(1.0, "bpd", "gpm") == pytest.approx(42 / 1440, rel=1e-15)


@pytest.mark.parametrize("unit", ["ftus", "us_survey_foot", "usft", "bbl31", ""])
def test_unknown_units_are_refused_with_the_known_ones(unit):
    with pytest.raises(UnitError, match=r"unknown unit .*expected one of a, "):
        units.convert(1.0, unit, "furlong")


def test_kinds_do_not_mix():
    with pytest.raises(UnitError, match=r"bpd \(rate\) and kpa \(pressure\)"):
        units.convert(1.0, "bpd", "kpa")
    with pytest.raises(UnitError, match="gauge pressure"):
        units.convert(0.0, "psig", "psia")
    with pytest.raises(UnitError, match="no unit of rate: expected one of m3d, bpd"):
        units.to_canonical(1.0, "psi", units.RATE)
