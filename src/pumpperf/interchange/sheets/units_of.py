"""Which units a field of a sheet may have."""

from pumpperf.interchange.sheets.targets import Target
from pumpperf.interchange.sheets.written_units import ABSOLUTE, DATUMS, MORE, scaled
from pumpperf.units import GAUGE_PRESSURE, PRESSURE, PRESSURES, SHARE

_DIFFERENCES = ("pressure_rise_kpa", "power_fluid_pressure_rise_kpa")


def is_difference(target: Target) -> bool:
    """Whether a pressure is one pressure less another, which has no datum."""
    return target.name in _DIFFERENCES


def without_datum(unit: str) -> str:
    """A unit of pressure as that of a difference.

    >>> without_datum("psig"), without_datum("kpa")
    ('psi', 'kpa')
    """
    datum = unit in ABSOLUTE or unit in GAUGE_PRESSURE.scales
    return unit[:-1] if datum else unit


def fitting(target: Target, unit: str) -> bool:
    """Whether a sheet may give a field in a unit, its datum aside."""
    if not target.is_number:
        return False
    if target.kind in PRESSURES:
        gauge = MORE.get(unit, (unit,))[0] in GAUGE_PRESSURE.scales
        return unit in PRESSURE.scales or unit in ABSOLUTE or gauge
    if target.kind is None or target.kind is SHARE:
        return unit in (("fraction",) if target.kind is None else ("fraction", "pct"))
    return scaled(unit, target.kind) is not None


def unit_choices(target: Target) -> tuple[str, ...]:
    """The units from which a caller may choose."""
    if target.kind is None:
        return ()
    if target.kind is SHARE:
        return ("pct", "fraction")
    if target.kind in PRESSURES and not is_difference(target):
        return tuple(one for pair in DATUMS.values() for one in pair)
    known = set(target.kind.scales)
    return (
        *target.kind.scales,
        *(unit for unit, (suffix, _) in MORE.items() if suffix in known - {""}),
    )
