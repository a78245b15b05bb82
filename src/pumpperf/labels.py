"""How units are written where people read them."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "m3d": "m3/d",
    "bpd": "bbl/d",
    "m3h": "m3/h",
    "m3s": "m3/s",
    "ls": "l/s",
    "ft3d": "ft3/d",
    "sm3d": "Sm3/d",
    "td": "t/d",
    "kgm3": "kg/m3",
    "m3m3": "m3/m3",
    "degc": "degC",
    "mpas": "mPas",
    "kpa": "kPa",
    "mpa": "MPa",
    "pa": "Pa",
    "kgfcm2": "kgf/cm2",
    "kw": "kW",
    "mw": "MW",
    "w": "W",
    "kn": "kN",
    "n": "N",
    "knm": "kN m",
    "nm": "N m",
    "lbfft": "lbf ft",
    "lbfin": "lbf in",
    "hz": "Hz",
    "spm": "strokes per minute",
    "rps": "1/s",
    "lbft3": "lb/ft3",
    "gcm3": "g/cm3",
    "a": "A",
    "ma": "mA",
    "v": "V",
    "kv": "kV",
    "kwhm3": "kWh/m3",
    "kwhbbl": "kWh/bbl",
    "kwht100m": "kWh/(t 100 m)",
}
"""How a unit is written in words, where that is not its suffix."""


def worded(value: float, unit: str) -> str:
    """A number with its unit, to four digits, as findings say it.

    >>> worded(8640.04, "kpa"), worded(0.5, "")
    ('8640 kPa', '0.5')
    """
    return f"{value:.4g} {LABELS.get(unit, unit)}".rstrip()
