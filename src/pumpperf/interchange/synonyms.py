"""What the trade calls our fields, so that an unknown name is told by its meaning or not at all."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from pumpperf.fields import Field
from pumpperf.units import KINDS

SYNONYMS: Mapping[str, str] = {
    "rate": "liquid_rate fluid_rate gross_rate total_fluid total_liquid liquid_production "
    "gross_production fluid_production bfpd blpd q_liquid",
    "water_cut": "wc wcut bsw bs_w bs_and_w watercut",
    "intake_pressure": "pip pump_intake_pressure pump_intake intake suction_pressure",
    "discharge_pressure": "pdp pump_discharge_pressure pump_discharge discharge",
    "pressure_rise": "dp delta_p differential_pressure pump_dp",
    "wellhead_pressure": "whp thp ftp fthp tubing_pressure tubing_head_pressure tubing_head tubing "
    "flowing_tubing_pressure wellhead",
    "casing_pressure": "chp csg_pressure casing_head_pressure annulus_pressure casing csg",
    "pump_depth": "psd pump_setting_depth pump_set_depth setting_depth pump_intake_depth "
    "seating_nipple_depth",
    "fluid_level": "dfl dynamic_fluid_level dynamic_level liquid_level working_fluid_level",
    "input_power": "motor_power motor_input_power active_power real_power",
    "current": "amps amp amperage amperes motor_amps motor_current running_amps motor",
    "voltage": "volts volt motor_volts motor_voltage surface_voltage motor",
    "frequency": "hz vsd vsd_frequency vfd vfd_frequency drive_frequency drive motor_frequency "
    "motor",
    "power_factor": "pf cos_phi",
    "speed": "spm rpm strokes_per_minute pumping_speed pump_speed pump rod_speed",
    "stroke": "stroke_length surface_stroke polished_rod_stroke sl",
    "plunger_diameter": "pump_bore plunger_size pump_diameter",
    "polished_rod_power": "prhp polished_rod_horsepower",
    "peak_rod_load": "pprl peak_load maximum_rod_load",
    "minimum_rod_load": "mprl minimum_load",
    "liquid_density": "fluid_density density",
    "rod_torque": "torque polished_rod_torque",
    "runtime": "run_time hours_on on_time",
    "equipment_id": "pump_id pump_name",
    "uwi": "well_id well_name well api api_number",
    "test_date": "date_of_test",
}
"""By the name of a field without its unit."""

_WRITTEN = {
    "bpd": "bfpd blpd bbl_d bbl_day",
    "m3d": "m3_d m3_day",
    "a": "amps amp amperes",
    "v": "volts volt",
    "ft": "feet",
    "in": "inch inches",
    "hp": "prhp",
    "h": "hours hrs",
    "kgm3": "kg_m3",
    "lbf": "lbs",
}
UNITS: Mapping[str, str] = {word: unit for unit, ways in _WRITTEN.items() for word in ways.split()}
"""How the trade writes units, by our suffix."""

ALIKE = 0.8
"""Names less alike than this are other names, not misspelt ones."""

_OURS = {unit for kind in KINDS for unit in kind.scales if unit}
_FIELDS: dict[str, list[str]] = {}
for _base, _words in SYNONYMS.items():
    for _word in _words.split():
        _FIELDS.setdefault(_word, []).append(_base)


def meant(name: str, fields: Iterable[Field]) -> str | None:
    """The name of the field that was probably meant, in the unit that was written; None if none.

    Where a unit is written, only a field that may come in it is meant: by what the trade calls it,
    or by letters that are nearly those.

    Args:
        name: as the caller wrote it.
        fields: those that there are.

    >>> from pumpperf import PcpReading
    >>> from pumpperf.fields import describe
    >>> [meant(name, describe(PcpReading)) for name in ("PIP_PSI", "BFPD", "OIL_RATE_BPD")]
    ['intake_pressure_psi', 'rate_bpd', None]
    """
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    by_base = {field.base: field for field in fields}
    for base, unit in _parted(words):
        fitting = {of.base: of for of in by_base.values() if _fits(of, unit)}
        found = next((one for one in _FIELDS.get(base, [base]) if one in fitting), None)
        if found is None:
            found = _nearest(base, fitting)
        if found is not None:
            field = fitting[found]
            return f"{found}_{unit}" if unit else field.name
    return None


def _parted(words: str) -> list[tuple[str, str]]:
    """A name as it may be read: what it is of, and its unit; without one first if it has none."""
    parts = words.split("_")
    found: list[tuple[str, str]] = []
    for count in (2, 1):
        tail = "_".join(parts[-count:])
        unit = UNITS.get(tail, tail)
        if unit in _OURS:
            found.append(("_".join(parts[:-count]) or words, unit))
    return found or [(words, "")]


def _fits(field: Field, unit: str) -> bool:
    return not unit or (field.kind is not None and unit in field.kind.scales)


def _nearest(base: str, fitting: Mapping[str, Field]) -> str | None:
    likeness = {
        one: SequenceMatcher(None, base, one).ratio()
        for one in fitting
        if one[0] == base[:1] and abs(len(one) - len(base)) <= len(one) / 4
    }
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= ALIKE else None
