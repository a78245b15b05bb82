"""A header taken apart: its words, and the units that stand in it."""

import re
from collections.abc import Iterator

from attrs import frozen

from pumpperf.interchange.sheets.wording import LONGEST
from pumpperf.interchange.sheets.written_units import units_in

_DATUM = re.compile(
    r"(psi|bar|kpa|mpa|atm|kgf?/cm[2\u00b2])(?:[\s,]*\(\s*(DATUM)\s*\)|[\s,.-]*(DATUM)\b)".replace(
        "DATUM", r"abs(?:olute)?|gauge|gage|ga|man(?:ometric)?|a|g"
    ),
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}")
_PARTS = re.compile(r"[\s_,;:/|-]+")


@frozen
class Reading:
    """One way to read a header.

    Attributes:
        words: what it is of.
        units: that it may be in; none if it says none.
    """

    words: str
    units: tuple[str, ...] = ()


def readings_of(text: str, unit: str = "") -> Iterator[Reading]:
    """The ways to read a header, the likeliest first.

    Args:
        text: of the header.
        unit: that stands below it or over it, if any.

    >>> next(readings_of("Casing (PSIG)"))
    Reading(words='Casing ', units=('psig',))
    >>> [one.units for one in readings_of("THP psig")]
    [(), ('psig',)]
    """
    text = _with_datum(text[:LONGEST])
    below = units_in(_with_datum(unit)) if unit else ()
    words = text
    inside: tuple[str, ...] = ()
    for match in _BRACKETS.finditer(text):
        content = next(part for part in match.groups() if part is not None)
        if units_in(content) and not inside:
            words, inside = words.replace(match[0], " "), units_in(content)
    said = below or inside
    if said:
        yield Reading(words, said)
        return
    behind, comma, last = text.rpartition(",")
    if comma and units_in(last):
        yield Reading(behind, units_in(last))
        return
    yield Reading(text)
    if text.rstrip().endswith("%"):
        yield Reading(text.rstrip()[:-1], ("pct",))
    yield from _tails(text)


def _tails(text: str) -> Iterator[Reading]:
    """The last words of a header as its unit."""
    cuts = [match for match in _PARTS.finditer(text) if match.start() > 0]
    for cut in cuts[-4:]:
        units = units_in(text[cut.end() :])
        if units:
            yield Reading(text[: cut.start()], units)


def _with_datum(text: str) -> str:
    """`psi gauge` and `psi (g)` as psig, absolute ones likewise."""
    return _DATUM.sub(lambda m: m[1] + ("a" if (m[2] or m[3])[0] in "aA" else "g"), text)
