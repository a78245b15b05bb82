"""Kinds of quantity, their one unit inside, the units accepted at a door, and the exact factors.

Multiply by a constant to enter and divide by it to leave:

>>> 250 * BBL_PER_DAY
39.746823732
>>> round(6894.757293168361 / PSI, 9)
1000.0

Everything is built from the definitions of the inch, the pound, the gallon, standard gravity,
the SI. The barrel is 42 US gallons. Only the international
foot is known: the US survey foot, withdrawn in 2022, is refused.
"""

import math
from collections.abc import Mapping

import numpy as np
from attrs import Factory, frozen

from pumpperf.errors import UnitError
from pumpperf.numeric import Reals

SECONDS_PER_DAY = 86_400.0
HOURS_PER_DAY = 24.0
MINUTES_PER_DAY = 1440.0
MICROSECONDS_PER_HOUR = 3_600_000_000
STANDARD_GRAVITY_MS2 = 9.80665

INCH = 0.0254
FOOT = 0.3048
INCH_IN_MM = 25.4
SQUARE_INCH_IN_MM2 = 645.16
CUBIC_INCH = 1.6387064e-5
GALLON = 0.003785411784
BBL = 0.158987294928
CUBIC_FOOT = 0.028316846592
LITRE = 0.001

BBL_PER_DAY = BBL
GALLON_PER_MINUTE = GALLON * 1440.0
CUBIC_METRE_PER_HOUR = 24.0
LITRE_PER_SECOND = 86.4
LITRE_PER_MINUTE = 1.44

POUND = 0.45359237
POUND_FORCE = 0.0044482216152605
KILOGRAM_FORCE = 0.00980665
PSI = 6.894757293168361
BAR = 100.0
MEGAPASCAL = 1000.0
ATMOSPHERE = 101.325
KGF_PER_CM2 = 98.0665

HORSEPOWER = 0.74569987158227022
FOOT_POUND = 0.0013558179483314004
INCH_POUND = 0.0013558179483314004 / 12.0
HORSEPOWER_HOUR = HORSEPOWER
MEGAJOULE = 1.0 / 3.6
BRITISH_THERMAL_UNIT = 1.05505585262 / 3600.0

POUND_PER_CUBIC_FOOT = 16.018463373960142
POUND_PER_GALLON = 119.82642731689664
WATER_AT_60F_KGM3 = 999.016


@frozen
class Scale:
    """How a unit becomes the canonical one: canonical = (value + shift) x factor.

    A reciprocal one, such as API gravity, becomes factor / (value + shift).
    """

    factor: float
    shift: float = 0.0
    reciprocal: bool = False

    def into(self, value: Reals) -> Reals:
        """A value in the unit as the canonical one."""
        if self.reciprocal:
            return _over(self.factor, value + self.shift)
        return (value + self.shift) * self.factor

    def back(self, value: Reals) -> Reals:
        """A canonical value in the unit."""
        if self.reciprocal:
            return _over(self.factor, value) - self.shift
        return value / self.factor - self.shift


@frozen(eq=False)
class Kind:
    """A kind of quantity: canonical suffix, field-unit suffix, and all that a door accepts.

    Its `gauge` units count from the atmosphere: a door takes them where the caller states it.
    """

    name: str
    suffix: str
    field_suffix: str
    scales: Mapping[str, Scale]
    gauge: Mapping[str, Scale] = Factory(dict[str, Scale])

    @property
    def accepted(self) -> Mapping[str, Scale]:
        """All units that a door takes, of which the gauge ones leave the atmosphere to be added."""
        return {**self.scales, **self.gauge}

    def __str__(self) -> str:
        return self.name


def _kind(name: str, suffix: str, field_suffix: str, **factors: float) -> Kind:
    scales = {suffix: Scale(1.0)} | {unit: Scale(factor) for unit, factor in factors.items()}
    return Kind(name, suffix, field_suffix, scales)


RATE = _kind(
    "rate",
    "m3d",
    "bpd",
    bpd=BBL_PER_DAY,
    gpm=GALLON_PER_MINUTE,
    m3h=CUBIC_METRE_PER_HOUR,
    m3s=SECONDS_PER_DAY,
    ls=LITRE_PER_SECOND,
    lmin=LITRE_PER_MINUTE,
    ft3d=CUBIC_FOOT,
)
MASS_RATE = _kind("mass rate", "td", "td", kgh=HOURS_PER_DAY / 1000.0, kgs=SECONDS_PER_DAY / 1000.0)
GAS_RATE = _kind(
    "gas rate", "sm3d", "mscfd", scfd=CUBIC_FOOT, mscfd=1e3 * CUBIC_FOOT, mmscfd=1e6 * CUBIC_FOOT
)
GAS_OIL_RATIO = _kind("gas-oil ratio", "m3m3", "scfbbl", scfbbl=CUBIC_FOOT / BBL)
PRESSURE = _kind(
    "pressure",
    "kpa",
    "psi",
    psi=PSI,
    psia=PSI,
    bar=BAR,
    bara=BAR,
    pa=0.001,
    mpa=MEGAPASCAL,
    atm=ATMOSPHERE,
    kgfcm2=KGF_PER_CM2,
)
GAUGE_PRESSURE = _kind(
    "gauge pressure",
    "kpag",
    "psig",
    psig=PSI,
    barg=BAR,
    pag=0.001,
    mpag=MEGAPASCAL,
    atmg=ATMOSPHERE,
    kgfcm2g=KGF_PER_CM2,
)
ABSOLUTE_PRESSURE = Kind("pressure", "kpa", "psi", PRESSURE.scales, GAUGE_PRESSURE.scales)
"""Of a place, which a gauge may show above the atmosphere; a difference is a `PRESSURE`."""
PRESSURES = (PRESSURE, ABSOLUTE_PRESSURE)
LENGTH = _kind("length", "m", "ft", ft=FOOT, **{"in": INCH}, cm=0.01, mm=0.001)
STROKE = _kind("stroke length", "m", "in", **{"in": INCH}, ft=FOOT, cm=0.01, mm=0.001)
BORE = _kind("bore", "mm", "in", **{"in": INCH_IN_MM}, cm=10.0, m=1000.0)
AREA = _kind("area", "mm2", "in2", in2=SQUARE_INCH_IN_MM2, cm2=100.0, m2=1e6)
VOLUME = _kind("volume", "m3", "bbl", bbl=BBL, gal=GALLON, ft3=CUBIC_FOOT, l=LITRE)
DISPLACEMENT = _kind("displacement", "l", "in3", in3=CUBIC_INCH / LITRE, cm3=0.001, m3=1.0 / LITRE)
POWER = _kind("power", "kw", "hp", hp=HORSEPOWER, w=0.001, mw=1000.0)
ENERGY = _kind(
    "energy", "kwh", "kwh", mwh=1000.0, mj=MEGAJOULE, hph=HORSEPOWER_HOUR, btu=BRITISH_THERMAL_UNIT
)
DURATION = _kind("duration", "h", "h", s=1.0 / 3600.0, min=1.0 / 60.0, d=HOURS_PER_DAY)
FORCE = _kind(
    "force", "kn", "lbf", lbf=POUND_FORCE, klbf=1e3 * POUND_FORCE, n=0.001, kgf=KILOGRAM_FORCE
)
TORQUE = _kind("torque", "knm", "lbfft", lbfft=FOOT_POUND, lbfin=INCH_POUND, nm=0.001)
TEMPERATURE = Kind(
    "temperature",
    "degc",
    "degf",
    {
        "degc": Scale(1.0),
        "degf": Scale(5.0 / 9.0, -32.0),
        "k": Scale(1.0, -273.15),
        "degr": Scale(5.0 / 9.0, -491.67),
    },
)
DENSITY = _kind(
    "density", "kgm3", "lbft3", lbft3=POUND_PER_CUBIC_FOOT, ppg=POUND_PER_GALLON, gcm3=1000.0
)
OIL_DENSITY = Kind(
    "density of oil",
    "kgm3",
    "api",
    {**DENSITY.scales, "api": Scale(141.5 * WATER_AT_60F_KGM3, 131.5, reciprocal=True)},
)
"""Of oil in the tank, at 60 degF; API gravity speaks of water at 60 degF."""
VISCOSITY = _kind("dynamic viscosity", "mpas", "cp", cp=1.0, pas=1000.0)
KINEMATIC_VISCOSITY = _kind("kinematic viscosity", "mm2s", "cst", cst=1.0, m2s=1e6)
FREQUENCY = _kind("frequency", "hz", "hz")
ROTARY_SPEED = _kind("rotary speed", "rpm", "rpm", rps=60.0)
STROKE_SPEED = _kind("stroke speed", "spm", "spm")
CURRENT = _kind("current", "a", "a", ma=0.001)
VOLTAGE = _kind("voltage", "v", "v", kv=1000.0)
MASS = _kind("mass", "kg", "lb", lb=POUND, t=1000.0)
SPECIFIC_ENERGY = _kind("specific energy", "kwhm3", "kwhbbl", kwhbbl=1.0 / BBL)
EMISSION_FACTOR = _kind(
    "emission factor", "kgkwh", "lbmwh", lbmwh=POUND / 1000.0, kgmwh=0.001, gkwh=0.001, tmwh=1.0
)
LIFT_ENERGY = _kind("lift energy", "kwht100m", "kwht100m")
VOLUME_PRICE = _kind("price of a volume", "per_m3", "per_bbl", per_bbl=1.0 / BBL)
ENERGY_PRICE = _kind("price of energy", "per_kwh", "per_kwh", per_mwh=0.001)
SHARE = _kind("share", "", "", pct=0.01)
MONEY = _kind("money", "", "")
"""An amount in the row's own `currency`; it has no unit, so no suffix, and is never converted."""

KINDS = tuple(kind for kind in list(globals().values()) if isinstance(kind, Kind))
"""All of them, in the order in which they stand above."""


def to_canonical(value: Reals, unit: str, kind: Kind) -> Reals:
    """The value in the kind's canonical unit.

    >>> to_canonical(212.0, "degf", TEMPERATURE)
    100.0
    """
    scale = _scale(unit, kind)
    return value if scale == Scale(1.0) else scale.into(value)


def from_canonical(value: Reals, unit: str, kind: Kind) -> Reals:
    """The canonical value in another unit of its kind.

    >>> from_canonical(100.0, "degf", TEMPERATURE)
    212.0
    """
    scale = _scale(unit, kind)
    return value if scale == Scale(1.0) else scale.back(value)


def convert(value: Reals, unit: str, to: str) -> Reals:
    """A number or a column in another unit of the same kind; suffixes name the units.

    Args:
        value: float, array or Series.
        unit: the suffix of the unit it is in.
        to: the suffix of the unit wanted.

    Returns:
        The same shape in the unit wanted.

    Raises:
        UnitError: a suffix is unknown, or the two name different kinds. Gauge and absolute
            pressure are different kinds: between them stands the atmospheric pressure.

    >>> convert(1000.0, "psi", "kpa")
    6894.757293168361
    >>> convert(1.0, "psig", "kpa")
    Traceback (most recent call last):
    pumpperf.errors.UnitError: psig (gauge pressure) and kpa (pressure) are of different kinds
    """
    for kind in KINDS:
        if unit in kind.scales and to in kind.scales:
            return from_canonical(to_canonical(value, unit, kind), to, kind)
    raise UnitError(
        f"{unit} ({_kinds_with(unit)}) and {to} ({_kinds_with(to)}) are of different kinds"
    )


def _over(factor: float, value: Reals) -> Reals:
    """A factor over a value; infinite over 0, which no row holds."""
    if isinstance(value, float | int):
        return factor / value if value else math.inf  # pyright: ignore[reportReturnType]  # a float for a float
    with np.errstate(divide="ignore"):
        return factor / value


def _kinds_with(unit: str) -> str:
    names = list(dict.fromkeys(kind.name for kind in KINDS if unit in kind.scales))
    if not names:
        known = sorted({suffix for kind in KINDS for suffix in kind.scales if suffix})
        raise UnitError(f"unknown unit {unit!r}: expected one of {', '.join(known)}")
    return " or ".join(names)


def _scale(unit: str, kind: Kind) -> Scale:
    try:
        return kind.scales[unit]
    except KeyError:
        raise UnitError(
            f"{unit!r} is no unit of {kind.name}: expected one of {', '.join(kind.scales)}"
        ) from None
