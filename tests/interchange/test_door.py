"""What a name means at a door, which one was probably meant, and in which unit a kind leaves."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import (
    Duty,
    EnergyConsumption,
    EspReading,
    PcpReading,
    PumpTest,
    RodReading,
    RowError,
    UnitError,
    units,
)
from pumpperf.fields import describe
from pumpperf.interchange.door import names, unknown, wanted_unit
from pumpperf.interchange.ppdm import from_ppdm
from pumpperf.interchange.reader import read
from pumpperf.interchange.synonyms import SYNONYMS, UNITS
from pumpperf.lift import READINGS
from pumpperf.model import ROWS

KINDS = [kind for kind in units.KINDS if kind.suffix]


# ---- names


def test_a_quantity_has_a_name_in_every_unit_and_none_without():
    known = names(PcpReading)
    for unit in units.RATE.scales:
        assert known[f"rate_{unit}"].field.name == "rate_m3d"
        assert known[f"rate_{unit}"].unit == unit
    assert "rate" not in known
    assert "rate_psi" not in known
    assert known["intake_pressure_psig"].is_gauge
    assert "pressure_rise_psig" not in known


def test_what_is_no_quantity_keeps_its_name():
    known = names(PumpTest)
    assert known["pump_test_id"].unit == ""
    assert known["readings"].field.sequence
    assert names(PcpReading)["water_cut"].unit == ""
    assert names(EnergyConsumption)["energy_cost"].unit == ""


def test_an_uncertainty_stands_beside_a_single_quantity_of_a_reading():
    known = names(RodReading)
    assert known["rate_unc_bpd"].uncertainty
    assert known["rate_unc_bpd"].unit == "bpd"
    assert known["rate_unc_bpd"].field.name == "rate_m3d"
    assert known["water_cut_unc"].uncertainty
    assert not known["rate_bpd"].uncertainty
    absent = {"rate_unc", "card_load_unc_kn", "rate_date_unc"}
    assert not absent & set(known)
    assert not any("unc" in name for name in [*names(Duty), *names(PumpTest)])


def test_a_name_means_the_same_in_every_lift_system_and_in_the_test():
    meanings = {}
    for part in (PumpTest, *READINGS.values()):
        for name, meaning in names(part).items():
            assert meanings.setdefault(name, meaning) == meaning


@pytest.mark.parametrize("kind", [*ROWS, *READINGS.values(), Duty])
def test_the_name_of_every_field_is_known(kind):
    known = names(kind)
    assert {field.name for field in describe(kind)} <= set(known)
    for field in describe(kind):
        assert known[field.name].field == field
        assert not known[field.name].uncertainty


# ---- unknown names


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("watercut", "water_cut"),
        ("intake_presure_kpa", "intake_pressure_kpa"),
        ("speeds_rpm", "speed_rpm"),
        ("powerfactor", "power_factor"),
    ],
)
def test_an_unknown_name_is_told_the_nearest(name, wanted):
    words = unknown(name, names(PcpReading))
    assert words.startswith(f"{name} is unknown")
    assert words.split()[-1] == wanted


TRADE = {
    "PIP_PSI": "intake_pressure_psi",
    "Pump Intake Pressure (psi)": "intake_pressure_psi",
    "TUBING_PRESSURE_PSI": "wellhead_pressure_psi",
    "THP_BAR": "wellhead_pressure_bar",
    "Casing Pressure": "casing_pressure_kpa",
    "CSG_PSI": "casing_pressure_psi",
    "PDP_KPA": "discharge_pressure_kpa",
    "MOTOR_AMPS": "current_a",
    "Amps": "current_a",
    "MOTOR_VOLTS": "voltage_v",
    "BFPD": "liquid_rate_bpd",
    "Gross Rate bbl/d": "liquid_rate_bpd",
    "BOPD": "oil_rate_bpd",
    "BWPD": "water_rate_bpd",
    "MCFD": "gas_rate_mscfd",
    "WC_PCT": "water_cut_pct",
    "API": "oil_density_api",
    "GOR scf/bbl": "gas_oil_ratio_scfbbl",
    "BSW": "water_cut",
    "PUMP_SETTING_DEPTH_FT": "pump_depth_ft",
    "PUMP_DEPTH_FEET": "pump_depth_ft",
    "PF": "power_factor",
    "RPM": "speed_rpm",
    "MOTOR_POWER_HP": "input_power_hp",
}


@pytest.mark.parametrize(("name", "wanted"), TRADE.items())
def test_a_name_of_the_trade_is_told_ours(name, wanted):
    assert unknown(name, names(PcpReading)) == f"{name} is unknown: the nearest name is {wanted}"


def test_a_name_of_the_trade_means_what_the_system_has():
    assert unknown("SPM", names(RodReading)).endswith("the nearest name is speed_spm")
    assert unknown("Hz", names(EspReading)).endswith("the nearest name is frequency_hz")
    assert unknown("PUMP_ID", names(PumpTest)).endswith("the nearest name is equipment_id")


OTHERS = [
    "SPM",
    "HZ",
    "kW",
    "MOTOR_TEMP_F",
    "TUBING_DEPTH_FT",
    "FLUID_LEVEL_ABOVE_PUMP_FT",
    "BHP_PSIA",
    "FLOW_LINE_PRESSURE_PSI",
    "MOTOR_EFF",
    "PIP_FT",
    "RATE_OIL_BPD",
    "MOTOR_SPEED",
    "PUMP_EFFICIENCY",
    "OIL_PRESSURE_PSIG",
]


@pytest.mark.parametrize("name", ["WHP psig", "TUBING_PRESSURE_PSIG", "whp_barg"])
def test_a_gauge_pressure_of_the_trade_is_told_as_one(name):
    words = unknown(name, names(EspReading))
    assert words.endswith(f"the nearest name is wellhead_pressure_{name[-4:].lower()}")


def test_every_synonym_means_a_field_and_every_unit_is_ours():
    bases = {field.base for kind in (*ROWS, *READINGS.values()) for field in describe(kind)}
    assert set(SYNONYMS) <= bases
    suffixes = {unit for kind in units.KINDS for unit in kind.scales}
    assert set(UNITS.values()) <= suffixes
    assert set(UNITS).isdisjoint(suffixes)
    words = " ".join(SYNONYMS.values()).split()
    assert set(words).isdisjoint(bases)


@pytest.mark.parametrize("kind", [*ROWS, *READINGS.values(), Duty])
@given(name=st.text(max_size=64) | st.sampled_from([*TRADE, *OTHERS]))
def test_what_is_told_is_a_name(kind, name):
    words = unknown(name, names(kind))
    assert words.startswith(name)
    if "nearest name is " in words:
        assert words.partition("nearest name is ")[2].partition(";")[0] in names(kind)


@pytest.mark.parametrize("name", [*OTHERS, "#", "x" * 65, "water_cut" * 9, ""])
def test_another_quantity_and_a_name_like_no_other_are_told_none(name):
    assert unknown(name, names(PcpReading)) == f"{name} is unknown"


@pytest.mark.parametrize("name", ["rate", "intake_pressure", "revolution_displacement"])
def test_a_quantity_without_unit_is_told_its_name(name):
    words = unknown(name, names(PcpReading))
    assert "no unit" in words
    (field,) = [f for f in describe(PcpReading) if f.name.startswith(f"{name}_") and f.kind]
    assert words.split()[-1] == field.name


@pytest.mark.parametrize(
    ("name", "kind", "field"),
    [
        ("rate_psi", units.RATE, "rate"),
        ("pump_depth_kpa", units.LENGTH, "pump_depth"),
        ("intake_pressure_bpd", units.PRESSURE, "intake_pressure"),
    ],
)
def test_a_unit_of_another_kind_is_told_those_of_its_kind(name, kind, field):
    words = unknown(name, names(PcpReading))
    assert words.startswith(f"{name} has no unit of {kind.name}")
    assert [unit for unit in kind.scales if unit not in words] == []
    assert "atmospheric" not in words


def test_a_difference_of_pressures_has_no_gauge():
    words = unknown("pressure_rise_psig", names(EspReading))
    assert words.startswith("pressure_rise_psig has no unit of pressure: expected one of kpa, psi,")
    assert words.endswith("; a difference of pressures is the same on a gauge")
    assert "gauge" not in unknown("rate_psig", names(EspReading))


# ---- units on the way out


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_kind_leaves_in_its_own_unit_its_field_unit_or_any_other(kind):
    assert wanted_unit(kind, "metric") == kind.suffix
    assert wanted_unit(kind, "field") == kind.field_suffix
    assert wanted_unit(kind, {}) == kind.suffix
    for unit in kind.scales:
        assert wanted_unit(kind, {kind.suffix: unit}) == unit


@pytest.mark.parametrize("wanted", ["imperial", "FIELD", "", "psi"])
def test_a_word_that_names_no_units_is_refused(wanted):
    with pytest.raises(UnitError, match=repr(wanted)):
        wanted_unit(units.PRESSURE, wanted)


@pytest.mark.parametrize("unit", ["psig", "m3d", "PSI", ""])
def test_a_unit_of_another_kind_is_refused(unit):
    with pytest.raises(UnitError) as caught:
        wanted_unit(units.PRESSURE, {"kpa": unit})
    assert repr(unit) in str(caught.value)
    assert [known for known in units.PRESSURE.scales if known not in str(caught.value)] == []


def test_money_is_never_converted():
    for wanted in ("metric", "field", {"kpa": "bar"}):
        assert wanted_unit(units.MONEY, wanted) == ""


# ---- one record


def test_a_record_is_read_with_its_faults_and_without_raising():
    record = {"rate_bpd": 100.0, "rate_unc_bpd": 10.0, "water_cut": "wet", "speed": 1.0}
    found = read(PcpReading, record, names(PcpReading), at="here.")
    assert found.values["rate_m3d"] == pytest.approx(15.8987294928)
    assert dict(found.values["uncertainty"]) == pytest.approx({"rate_m3d": 1.58987294928})
    assert found.values["original_units"] == (("rate_m3d", "bpd"),)
    assert sorted(fault.split()[0] for fault in found.faults) == ["here.speed", "here.water_cut"]


@pytest.mark.parametrize("name", ["RATE", "RATE_BPD", "RATE_M3D"])
@pytest.mark.parametrize("value", [10**400, Decimal("sNaN"), Decimal("1e999"), Decimal("NaN")])
def test_a_number_beyond_every_float_is_a_fault_in_any_unit(name, value):
    with pytest.raises(RowError, match="expected a finite number"):
        from_ppdm(PcpReading, {name: value})


def test_a_number_of_more_digits_than_can_be_written_is_told_so():
    with pytest.raises(RowError, match="RATE = a whole number of too many digits: expected"):
        from_ppdm(PcpReading, {"RATE": 10**5000})


def test_a_known_name_in_capitals_is_named_as_it_is_written():
    assert unknown("RATE_BPD", names(PcpReading)) == "RATE_BPD is unknown: expected rate_bpd"
    assert "no unit of rate" in unknown("RATE_PSI", names(PcpReading))
