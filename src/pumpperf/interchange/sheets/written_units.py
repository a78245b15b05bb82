"""How sheets write units, as those of the library; gauge and absolute kept apart."""

import re
from collections.abc import Mapping

from attrs import frozen

from pumpperf.interchange.sheets.wording import plain
from pumpperf.interchange.synonyms import UNITS
from pumpperf.units import GAUGE_PRESSURE, KINDS, PRESSURES, Kind

_WAYS: Mapping[str, str] = {
    "psi": "psi lpc lb/in2 lbf/in2 lbs/in2 #",
    "psig": "psig psi(g) psi-g lpcm psi.g",
    "psia": "psia psi(a) psi-a lpca",
    "kpag": "kpag kpa(g) kpa-g kpa.g",
    "kpaa": "kpaa kpa(a) kpa-a",
    "barg": "barg bar(g) bar-g",
    "bara": "bara bar(a) bar-a",
    "mpag": "mpag mpa(g) mpa-g",
    "mpaa": "mpaa mpa(a)",
    "kgfcm2": "kg/cm2 kgf/cm2 kgcm2 kgf/sm2 kg/sm2 kgs/sm2 kgs/cm2 ksc at",
    "kgfcm2g": "kg/cm2g kgf/cm2g kg/cm2(g) kgf/cm2(g) kscg ati kgfcm2g",
    "kgfcm2a": "kg/cm2a kgf/cm2a kg/cm2(a) kgf/cm2(a) ata",
    "atm": "atm atmosfer",
    "atma": "atma atm(a)",
    "atmg": "atmg atm(g)",
    "inh2o": "inh2o inwc inh2og inh20 in.wc inwater",
    "ozsi": "ozsi oz/in2 oz/si ozin2",
    "bpd": "bpd b/d bbl/d bbls/d bbl/day bbls/day bpd/d stb/d stb/day sbpd stbpd bbl/dia "
    "bls/d bfpd "
    "blpd bopd bwpd bl/d bls/dia barriles/dia bbl/24h",
    "m3d": "m3/d m3/day m3/dia m3/sut m3/sutki m3/24h m3/tag cumd cmd m3pd sm3/d sm3/day sm3d",
    "sm3d": "sm3/d sm3/day sm3d nm3/d nm3/day m3/d m3/day m3/dia m3/sut m3/sutki m3d",
    "m3h": "m3/h m3/hr m3/hour m3/ch m3/chas",
    "ls": "l/s",
    "lmin": "l/min lpm l/m",
    "gpm": "gpm gal/min",
    "ft3d": "ft3/d ft3/day",
    "td": "t/d t/day t/dia t/sut t/sutki ton/d tons/d ton/day tpd te/d tn/d mt/d t/24h",
    "kgh": "kg/h kg/hr",
    "mscfd": "mcfd mcf/d mcf/day mscfd mscf/d mscf/day kscfd kscf/d mpcd mpc/d mscfpd mcfpd mpcpd",
    "mmscfd": "mmcfd mmcf/d mmscfd mmscf/d mmscf/day mmpcd mmpcpd",
    "scfd": "scfd scf/d cfd cf/d pcd",
    "km3d": "km3/d km3/day e3m3/d 103m3/d 1000m3/d 10^3m3/d tys.m3/sut tysm3/sut tysm3/d "
    "mm3/d/1e6 "
    "ksm3/d tys.m3/d ksm3d ksm3/day 10e3m3/d",
    "scfbbl": "scf/bbl scf/stb scf/b cf/bbl ft3/bbl cf/b pc/bl pcn/bn scf/bo pc/bbl",
    "mscfbbl": "mcf/bbl mscf/stb mscf/bbl mcf/b mcf/stb",
    "m3m3": "m3/m3 sm3/sm3 m3m3 nm3/m3 sm3/m3",
    "m3t": "m3/t m3t nm3/t",
    "m": "m mts mtrs metros metre metres meter meters mmd mtvd",
    "ft": "ft feet foot pies pie ftmd fttvd ' ft.",
    "in": "in inch inches pulg pulgadas plg \" '' in.",
    "cm": "cm sm",
    "mm": "mm",
    "jts": "jts joints jt juntas",
    "degf": "f degf deg.f fahrenheit of \u00b0f",
    "degc": "c degc deg.c celsius oc gradc gradus \u00b0c",
    "k": "kelvin degk",
    "kgm3": "kg/m3",
    "gcm3": "g/cm3 g/cc gr/cm3 gr/cc t/m3 kg/l g/ml g/sm3 gcc tm3 kg/dm3",
    "lbft3": "lb/ft3 lbs/ft3 pcf lbm/ft3",
    "ppg": "ppg lb/gal lbs/gal",
    "api": "api degapi oapi \u00b0api deg.api grados.api gradosapi",
    "sg": "sg s.g. spgr sp.gr.",
    "cp": "cp cps mpa.s mpa*s mpas",
    "kw": "kw kvt",
    "hp": "hp bhp",
    "w": "w vt watts watt",
    "a": "a amp amps ampere amperes amperios",
    "ma": "ma milliamps",
    "v": "v volt volts voltios",
    "kv": "kv",
    "hz": "hz hertz gts hertzios cps/s",
    "spm": "spm str/min strokes/min epm 1/min min-1 kach/min stk/min st/min /min ci/min n/min",
    "rpm": "rpm r/min rev/min ob/min 1/min min-1 /min r.p.m.",
    "lbf": "lbf lb lbs libras pounds",
    "klbf": "klbf klb klbs kip kips klb.",
    "kn": "kn",
    "kgf": "kgf kgs",
    "n": "newton newtons",
    "lbfft": "lbf.ft lbfft ft-lb ft.lb ftlb ftlbs ft-lbs lb-ft lbf-ft lb.ft ft-lbf lbft ft*lbf",
    "lbfin": "in-lb inlb in-lbs lb-in in-lbf lbf-in lbf.in in.lb",
    "nm": "n.m nm n*m n-m",
    "knm": "kn.m knm kn*m kn-m",
    "l": "l lt ltr litre litres liter liters l/rev l/stroke l/str litros",
    "cm3": "cm3 cc cm3/rev cc/rev",
    "in3": "in3 cuin in3/rev",
    "m3": "m3/rev",
    "h": "h hr hrs hour hours horas ch chas hs hrs.",
    "min": "min mins minutes minutos",
    "d": "d day days dias sut sutki",
    "pct": "pct percent % per.cent porcentaje prots prcnt pct.vol vol.pct vol% %vol %v %v/v",
    "fraction": "fraction frac fr dec decimal d.ed v/v",
    "mass%": "%mass mass% wt% %wt %w/w %(ves) pct(ves) %ves %(mass) %m",
}
"""By the library's suffix, or one of `MORE`."""

KPA_OF = {"inh2o": 0.24908891, "ozsi": 6.894757293168361 / 16.0}
"""Small gauge pressures of vented casings: inch of water (at 4 degC) and ounce a square inch."""

MORE: Mapping[str, tuple[str, float]] = {
    "km3d": ("sm3d", 1000.0),
    "mscfbbl": ("scfbbl", 1000.0),
    "sg": ("kgm3", 999.016),
    "fraction": ("", 1.0),
    "inh2o": ("kpag", KPA_OF["inh2o"]),
    "ozsi": ("kpag", KPA_OF["ozsi"]),
}
"""Units of sheets that are no suffix: that of the library, and the factor to it."""

NO_UNIT: Mapping[str, str] = {
    "m3t": "gas over a tonne of oil: multiply by the oil's density in t/m3 and call it m3/m3",
    "jts": "joints of pipe: multiply by the mean length of a joint",
    "mass%": "water cut by mass: give oil and liquid by mass, or turn it into one by volume",
}
"""What stands for a quantity of another kind, and what to do."""

DATUMS: Mapping[str, tuple[str, str]] = {
    unit: (f"{unit}g", f"{unit}a") for unit in ("psi", "bar", "kpa", "mpa", "pa", "atm", "kgfcm2")
}
"""Gauge and absolute of each unit of pressure."""

ABSOLUTE = frozenset(absolute for _, absolute in DATUMS.values())

_CUT = re.compile(r"[\s_]+")
_OF: dict[str, list[str]] = {}
for _unit, _ways in _WAYS.items():
    for _way in {*_ways.split(), _unit}:
        _known = _OF.setdefault(_CUT.sub("", plain(_way)).strip("."), [])
        _known += [] if _unit in _known else [_unit]
for _way, _unit in UNITS.items():
    _known = _OF.setdefault(_way.replace("_", "/"), [])
    _known += [] if _unit in _known else [_unit]
for _kind in KINDS:
    for _unit in _kind.scales:
        if _unit and _unit not in _OF.setdefault(_unit, []):
            _OF[_unit].append(_unit)


def units_in(text: str) -> tuple[str, ...]:
    """The units that a text may stand for; none if it is no unit.

    >>> units_in("m3/d"), units_in("kgf/cm2"), units_in("Rods")
    (('m3d', 'sm3d'), ('kgfcm2',), ())
    """
    raw = text.strip()
    cut = _CUT.sub("", plain(raw)).strip("[]{}")
    if cut.startswith("(") and cut.endswith(")"):
        cut = cut[1:-1]
    for way in (cut, cut.rstrip("."), cut.replace("\u00b0", ""), cut.replace("\u00b7", ".")):
        if way in _OF and (raw != "M" or way != "m"):
            return tuple(_OF[way])
    return ()


@frozen
class Scaled:
    """A unit of a sheet in the library's terms.

    Attributes:
        suffix: the unit in which the values go on.
        factor: by which they are multiplied before.
        gauge: whether the atmosphere is to be added.
    """

    suffix: str
    factor: float = 1.0
    gauge: bool = False


def scaled(unit: str, kind: Kind | None) -> Scaled | None:
    """What a declared unit of a field means; None where it is none of its kind.

    A pressure without a word on its datum is none: psi is said as psig or psia, kPa as kpag or
    kpaa.

    Args:
        unit: a suffix of the library, or one of `MORE`.
        kind: of the field; None for one without a unit.

    >>> from pumpperf.units import PRESSURE, RATE
    >>> scaled("psig", PRESSURE), scaled("psi", PRESSURE), scaled("bpd", RATE).suffix
    (Scaled(suffix='psi', factor=1.0, gauge=True), None, 'bpd')
    """
    suffix, factor = MORE.get(unit, (unit, 1.0))
    if kind is None:
        return Scaled("") if suffix == "" else None
    if kind in PRESSURES:
        gauge = suffix in GAUGE_PRESSURE.scales
        bare = suffix[:-1] if gauge or unit in ABSOLUTE else suffix
        return Scaled(bare, factor, gauge) if gauge or unit in ABSOLUTE else None
    return Scaled(suffix, factor) if suffix in kind.scales else None
