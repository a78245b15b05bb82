"""Where a check begins: at the edge itself nothing is told, just beyond it is."""

import attrs
import pytest

from pumpperf import PUMPPERF_2026, EspReading
from pumpperf.checks import CHECKS, check_test
from pumpperf.units import BBL, HORSEPOWER, PSI, STANDARD_GRAVITY_MS2
from sample import a_test

NAN = float("nan")
CHAIN = (
    *("volumetric_efficiency", "pump_efficiency", "transmission_efficiency"),
    *("downhole_efficiency", "lift_efficiency", "motor_efficiency", "drive_efficiency"),
    *("surface_efficiency", "system_efficiency"),
)


class Given(dict):
    """Numbers of a reading or a duty of which all others are absent."""

    def __missing__(self, name):
        return NAN


def fails(code, *, reading=(), derived=(), **assumed):
    (check,) = (check for check in CHECKS if check.code == code)
    assumptions = attrs.evolve(PUMPPERF_2026, **assumed)
    return bool(check.fails(Given(reading), Given(derived), assumptions))


@pytest.mark.parametrize("name", CHAIN)
def test_an_efficiency_of_exactly_0_or_1_can_be(name):
    above = "RATE_ABOVE_DISPLACEMENT" if name == CHAIN[0] else f"{name.upper()}_ABOVE_1"
    assert not fails(above, derived={name: 1.0})
    assert fails(above, derived={name: 1.0000001})
    assert not fails(f"{name.upper()}_BELOW_0", derived={name: 0.0})
    assert fails(f"{name.upper()}_BELOW_0", derived={name: -1e-7})


@pytest.mark.parametrize("name", ["pump", "downhole", "lift", "system"])
def test_low_is_below_the_bound_and_not_below_0(name):
    code, link = f"{name.upper()}_EFFICIENCY_LOW", f"{name}_efficiency"
    for value, low in ((-0.01, False), (0.0299, True), (0.03, False)):
        assert fails(code, derived={link: value}) is low


def test_a_pump_that_neither_moves_nor_produces_is_no_contradiction():
    still = {"derived": {"displacement_rate_m3d": 0.0}}
    assert not fails("RATE_WITHOUT_MOTION", reading={"rate_m3d": 0.0}, **still)
    assert fails("RATE_WITHOUT_MOTION", reading={"rate_m3d": 1e-6}, **still)
    moving = {"displacement_rate_m3d": 1e-6}
    assert not fails("RATE_WITHOUT_MOTION", reading={"rate_m3d": 1.0}, derived=moving)
    for rate, told in ((0.0, False), (1e-6, True)):
        idle = {"rate_m3d": rate, "running_share": 0.0}
        assert fails("RATE_WITHOUT_RUNTIME", reading=idle) is told


@pytest.mark.parametrize("name", ["hydraulic_power_kw", "net_lift_power_kw"])
def test_power_from_nothing_is_lift_above_0_at_an_input_of_0(name):
    for lifted, put_in, told in ((0.0, 0.0, False), (1e-6, 0.0, True), (5.0, 1e-6, False)):
        derived = {name: lifted, "input_power_kw": put_in}
        assert fails("POWER_FROM_NOTHING", derived=derived) is told


@pytest.mark.parametrize(
    ("code", "value", "kind"),
    [
        ("INTAKE_PRESSURE_NEGATIVE", "intake_pressure_kpa", "derived"),
        ("INTAKE_ABOVE_DISCHARGE", "pressure_rise_kpa", "derived"),
        ("CARD_RUNS_BACKWARDS", "stroke_work_kj", "reading"),
        ("SURFACE_PRESSURE_NEGATIVE", "wellhead_pressure_kpa", "reading"),
        ("SURFACE_PRESSURE_NEGATIVE", "casing_pressure_kpa", "reading"),
        ("WATER_CUT_OUTSIDE_0_1", "water_cut", "reading"),
        ("POWER_FACTOR_OUTSIDE_0_1", "power_factor", "reading"),
    ],
)
def test_nothing_is_wrong_with_0(code, value, kind):
    assert not fails(code, **{kind: {value: 0.0}})
    assert fails(code, **{kind: {value: -1e-9}})


@pytest.mark.parametrize("name", ["water_cut", "power_factor"])
def test_a_share_may_be_1(name):
    assert not fails(f"{name.upper()}_OUTSIDE_0_1", reading={name: 1.0})
    assert fails(f"{name.upper()}_OUTSIDE_0_1", reading={name: 1.0000001})


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("FREQUENCY_OUTSIDE_RANGE", "frequency_hz"),
        ("ROTARY_SPEED_OUTSIDE_RANGE", "speed_rpm"),
        ("STROKE_SPEED_OUTSIDE_RANGE", "speed_spm"),
    ],
)
def test_both_ends_of_a_range_belong_to_it(code, value):
    ends = {f"minimum_{value}": 4.0, f"maximum_{value}": 12.0}
    for number, told in ((3.999, True), (4.0, False), (12.0, False), (12.001, True)):
        assert fails(code, reading={value: number, **ends}) is told


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("LEVEL_BELOW_PUMP", "fluid_level_m", "pump_depth_m"),
        ("ROD_LOAD_ABOVE_WEIGHT", "minimum_rod_load_kn", "rod_weight_in_air_kn"),
    ],
)
def test_what_is_equal_is_not_above(code, one, other):
    assert not fails(code, reading={one: 35.0, other: 35.0})
    assert fails(code, reading={one: 35.001, other: 35.0})


def test_a_pairing_is_stale_beyond_the_longest_gap_and_where_there_is_power():
    for name in ("delivered_power_kw", "input_power_kw", "displacement_rate_m3d"):
        derived = {name: 5.0}
        assert not fails("STALE_PAIRING", reading={"pairing_gap_h": 72.0}, derived=derived)
        assert fails("STALE_PAIRING", reading={"pairing_gap_h": 72.001}, derived=derived)


@pytest.mark.parametrize(
    ("daily", "share", "told"),
    [
        (0.4, NAN, True),
        (0.6, NAN, True),
        (0.399, NAN, False),
        (0.601, NAN, False),
        # While it ran, the pump filled whole; it ran for the edges of half of the day.
        (1.0, 0.4, True),
        (1.0, 0.6, True),
        (1.02, 0.399, False),
        (0.99, 0.601, False),
    ],
)
def test_half_a_duty_is_from_0_4_to_0_6_with_both_ends(daily, share, told):
    found = fails(
        "HALF_DUTY", reading={"running_share": share}, derived={"volumetric_efficiency": daily}
    )
    assert found is told


def test_two_ways_that_differ_by_just_the_share_agree():
    # 10 000 kPa between the gauges: 8000 as given differs by 20 % of it, the smaller share.
    gauges = {"discharge_pressure_kpa": 12000.0, "intake_pressure_kpa": 2000.0}
    for rise, told in ((8000.0, False), (7999.0, True), (12500.0, False), (12501.0, True)):
        reading = gauges | {"pressure_rise_kpa": rise}
        assert fails("PRESSURES_DISAGREE", reading=reading, disagreement=0.2) is told


def test_links_that_differ_by_just_the_share_agree():
    links = {"motor_efficiency": 0.5, "drive_efficiency": 1.0}
    for measured, told in ((0.375, False), (0.374, True), (0.625, False), (0.667, True)):
        found = fails(
            "LINKS_DISAGREE",
            reading=links,
            derived={"surface_efficiency": measured},
            disagreement=0.25,
        )
        assert found is told, measured


@pytest.mark.parametrize(
    ("share_of_displacement", "told"),
    [(0.424999, False), (0.425001, True), (1.149999, True), (1.150001, False)],
)
def test_a_rate_looks_like_barrels_from_half_filled_to_full_with_a_band(
    share_of_displacement, told
):
    derived = {"volumetric_efficiency": share_of_displacement / BBL}
    assert fails("RATE_LOOKS_LIKE_BARRELS", derived=derived) is told


def test_the_bands_of_barrels_hold_their_edges():
    # A band of one half: from 0.25 to 1.5 of the displacement in barrels.
    for share in (0.25, 1.5):
        value = share / BBL
        assert value * BBL == share
        found = fails(
            "RATE_LOOKS_LIKE_BARRELS", derived={"volumetric_efficiency": value}, unit_band=0.5
        )
        assert found


@pytest.mark.parametrize(
    ("off", "told"), [(0.8501, True), (0.8499, False), (1.1499, True), (1.1501, False)]
)
@pytest.mark.parametrize(("depth_m", "wellhead_kpa"), [(1000.0, 500.0), (1.0, NAN)])
def test_pressures_look_like_psi_within_the_band_around_the_column(
    off, told, depth_m, wellhead_kpa
):
    column = depth_m * STANDARD_GRAVITY_MS2  # of water; a wellhead that is not known adds nothing
    reading = {
        "pump_depth_m": depth_m,
        "liquid_density_kgm3": 1000.0,
        "wellhead_pressure_kpa": wellhead_kpa,
    }
    column += 500.0 if wellhead_kpa > 0.0 else 0.0
    derived = {"discharge_pressure_kpa": column / PSI * off}
    assert fails("PRESSURE_LOOKS_LIKE_PSI", reading=reading, derived=derived) is told


@pytest.mark.parametrize(
    ("off", "told"), [(0.9501, True), (0.9499, False), (1.0499, True), (1.0501, False)]
)
def test_power_looks_like_hp_within_the_disagreement(off, told):
    electrical = 3.0**0.5 * 1000.0 * 17.0 * 0.85 / 1000.0
    reading = {
        "voltage_v": 1000.0,
        "current_a": 17.0,
        "power_factor": 0.85,
        "input_power_kw": electrical / HORSEPOWER / off,
    }
    assert fails("POWER_LOOKS_LIKE_HP", reading=reading) is told


def test_net_lift_may_be_above_hydraulic_power_by_the_level_s_share():
    for lift, told in ((12.5, False), (12.501, True), (8.0, False)):
        found = fails(
            "NET_LIFT_ABOVE_HYDRAULIC",
            derived={"net_lift_power_kw": lift, "hydraulic_power_kw": 10.0},
            level_disagreement=0.25,
        )
        assert found is told


def test_a_pump_without_lift_is_low_and_not_below_0():
    flat = EspReading(rate_m3d=86.4, pressure_rise_kpa=0.0, shaft_power_kw=20.0)
    found = {finding.code for finding in check_test(a_test(flat), PUMPPERF_2026)}
    assert "PUMP_EFFICIENCY_LOW" in found
    assert not {"PUMP_EFFICIENCY_BELOW_0", "INTAKE_ABOVE_DISCHARGE"} & found


def test_a_reading_with_one_number_only_is_something_to_evaluate():
    for name in (
        *("running_rate_m3d", "pressure_rise_kpa", "displacement_rate_m3d"),
        *("delivered_power_kw", "input_power_kw"),
    ):
        assert not fails("NOTHING_TO_EVALUATE", derived={name: 1.0}), name
    assert fails("NOTHING_TO_EVALUATE")
