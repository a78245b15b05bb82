"""From the words and units of a header to a field, a unit, and how sure that is."""

from collections.abc import Iterable

from attrs import evolve

from pumpperf.interchange.sheets.column import Column, Sure
from pumpperf.interchange.sheets.headers import Reading, readings_of
from pumpperf.interchange.sheets.meaning import (
    BESIDE,
    Found,
    is_measured_depth,
    is_vertical,
    meaning_of,
)
from pumpperf.interchange.sheets.targets import Target, by_base
from pumpperf.interchange.sheets.units_of import fitting, is_difference, unit_choices, without_datum
from pumpperf.interchange.sheets.vocabulary import IMPLIED, USUAL
from pumpperf.interchange.sheets.wording import tokens_of
from pumpperf.interchange.sheets.written_units import DATUMS, NO_UNIT
from pumpperf.units import MASS_RATE, PRESSURES, SHARE

_MASS = {"liquid_rate": "liquid_mass_rate", "oil_rate": "oil_mass_rate"}
_BSW = ("bsw", "bsandw")
_TOLD = {
    "gas_rate": "taken as all gas of the well, through tubing and casing",
    "gas_oil_ratio": "taken as all gas of the well over the oil in the tank",
}
DATUM = "gauge or absolute"


def proposed(header: str, text: str, above: str, unit: str) -> Column:
    """What a column is taken for by its header alone.

    Args:
        header: as the mapping calls the column.
        text: of the header.
        above: of the merged header over it.
        unit: that stands in a row of units, or with the merged header.
    """
    best: Column | None = None
    for words, reading in _ways(text, above, unit):
        found = meaning_of(words)
        column = _column(header, words, reading, found)
        if column.sure in (Sure.SURE, Sure.LIKELY):
            return column
        if best is None or _rank(column) > _rank(best):
            best = column
    return best or Column(header, why="it has no header")


def _rank(column: Column) -> int:
    """How much is known of a column: an open unit is more than an open field."""
    if column.field or column.why in NO_UNIT.values():
        return 4
    if column.sure is Sure.ASIDE:
        return 2 if column.why != UNKNOWN else 0
    return 1 if column.why.startswith(BESIDE) else 3


UNKNOWN = "no word of it is known"


def _ways(text: str, above: str, unit: str) -> Iterable[tuple[str, Reading]]:
    """The words and units to try: the header, then the header under what stands over it."""
    own = list(readings_of(text, unit))
    over = next(iter(readings_of(above)), Reading("")) if above else Reading("")
    for one in own:
        yield one.words, Reading(one.words, one.units or over.units)
    for one in own:
        if above:
            yield f"{over.words} {one.words}", Reading(one.words, one.units or over.units)


def _column(  # noqa: PLR0911  # an outcome each
    header: str, words: str, reading: Reading, found: Found
) -> Column:
    if found.aside:
        return Column(header, why=found.aside)
    if not found.bases:
        return Column(header, why=UNKNOWN)
    told = next((NO_UNIT[unit] for unit in reading.units if unit in NO_UNIT), None)
    if told:
        return Column(header, why=told)
    candidates = [one for base in found.bases for one in by_base()[base]]
    candidates += [
        one
        for base in found.bases
        if base in _MASS
        for one in by_base()[_MASS[base]]
        if MASS_RATE.scales.keys() & set(reading.units)
    ]
    implied = IMPLIED.get(found.key) or next(
        (IMPLIED[word] for word in tokens_of(words) if word in IMPLIED), None
    )
    units = reading.units or ((implied,) if implied else ())
    if implied and implied in units:
        units = (implied,)
    fits = [(one, unit) for one in candidates for unit in units if fitting(one, unit)]
    if found.question:
        some = [one for one, _ in fits] or candidates
        names = tuple(dict.fromkeys(one.name for one in some))
        return Column(header, unit=_one(units), sure=Sure.OPEN, why=found.question, choices=names)
    if units and not fits:
        return _misfit(header, candidates, units)
    if not fits:
        return _without_unit(header, words, candidates, found)
    names = tuple(dict.fromkeys(one.name for one, _ in fits))
    if len(fits) > 1:
        return Column(header, sure=Sure.OPEN, why="which of the two", choices=names)
    return _settled(header, words, *fits[0], found)


def _one(units: tuple[str, ...]) -> str | None:
    return units[0] if len(units) == 1 else None


def _misfit(header: str, candidates: list[Target], units: tuple[str, ...]) -> Column:
    names = tuple(dict.fromkeys(one.name for one in candidates))
    why = f"{units[0]} is no unit of {candidates[0].words}"
    return Column(header, sure=Sure.OPEN, why=why, choices=names)


def _without_unit(header: str, words: str, candidates: list[Target], found: Found) -> Column:
    names = tuple(dict.fromkeys(one.name for one in candidates))
    if len(names) > 1:
        return Column(header, sure=Sure.OPEN, why="which of the two", choices=names)
    (target, *_) = candidates
    if not target.is_number or target.kind is None:
        return Column(header, target.name, "", Sure.SURE, f"{target.words}")
    if target.kind is SHARE:
        said = "pct" if "pct" in tokens_of(words) else None
        return evolve(_settled(header, words, target, "", found), unit=said)
    unit = USUAL.get(target.base) or _one(tuple(target.kind.scales))
    if unit and len(found.key) > 1:
        told = f"{target.words}; no unit is written: {unit} is the usual one"
        return Column(header, target.name, unit, Sure.LIKELY, told)
    why = f"{target.words}: its unit is not written"
    return Column(header, target.name, None, Sure.OPEN, why, unit_choices(target))


def _settled(  # noqa: PLR0911  # a field each
    header: str, words: str, target: Target, unit: str, found: Found
) -> Column:
    """A field with its unit, of which only the datum or a word may be in doubt."""
    of = Column(header, target.name, unit, Sure.SURE, target.words)
    if target.kind in PRESSURES:
        if is_difference(target):
            return evolve(of, unit=without_datum(unit))
        if unit in DATUMS:
            why = f"{target.words}: {DATUM}"
            return evolve(of, unit=None, sure=Sure.OPEN, why=why, choices=DATUMS[unit])
        return of
    if target.base in ("pump_depth", "fluid_level"):
        if is_measured_depth(words):
            why = "depth along the hole: the vertical one is wanted"
            return Column(header, unit=unit, sure=Sure.OPEN, why=why, choices=(target.name,))
        if not is_vertical(words):
            return evolve(of, sure=Sure.LIKELY, why=f"{target.words}, taken as vertical depth")
        return of
    if target.base == "water_cut" and found.key in _BSW:
        why = "BS&W, taken as water cut of all liquid, by volume"
        return evolve(of, sure=Sure.LIKELY, why=why)
    if told := _TOLD.get(target.base):
        return evolve(of, sure=Sure.LIKELY, why=f"{target.words}, {told}")
    return of
