"""Which numbers a check reads: it is run once on stand-ins that remember what is asked of them.

So a misspelt name is an error when the library is imported, and it is known of each check when all
that it reads is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pumpperf.assumptions import PUMPPERF_2026
from pumpperf.errors import ArgumentError
from pumpperf.lift import READINGS, LiftType, chain, duty_numbers
from pumpperf.lift import numbers as reading_numbers
from pumpperf.lift.reading import NAN

Ways = frozenset[frozenset[str]]
"""Sets of names, of which one set must be there as a whole."""

ALWAYS: Ways = frozenset([frozenset()])
OF_THE_TEST = ("running_share", "field_test", "pairing_gap_h")
"""What a test says of all its readings."""
OWN: Mapping[LiftType, Mapping[str, float]] = {
    lift_type: {**reading_numbers(READINGS[lift_type]()), **dict.fromkeys(OF_THE_TEST, NAN)}
    for lift_type in LiftType
}
"""The numbers of each lift system, all of them absent."""


class Reads:
    """Stands for a number or a column; what is made of it needs what that was made of.

    `coalesce` and `|` are content with either side, everything else needs both; whether a number is
    there at all (`x != x`) needs nothing.
    """

    def __init__(self, ways: Ways) -> None:
        """Of these names."""
        self.ways = ways

    def _both(self, other: object) -> Reads:
        beside = other.ways if isinstance(other, Reads) else ALWAYS
        return Reads(frozenset(one | two for one in self.ways for two in beside))

    def _like(self, other: object) -> Reads:
        return Reads(ALWAYS) if self is other else self._both(other)

    def _either(self, other: object) -> Reads:
        return Reads(self.ways | (other.ways if isinstance(other, Reads) else ALWAYS))

    def __abs__(self) -> Reads:
        return self

    def where(self, there: Reads, other: object = NAN) -> Reads:
        """As a Series has it: what is there, or else the other; without one, what is there."""
        del there
        return self if other is NAN else self._either(other)

    def notna(self) -> Reads:
        """As a Series has it."""
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _both
    __truediv__ = __rtruediv__ = __and__ = __rand__ = _both
    __lt__ = __le__ = __gt__ = __ge__ = _both
    __eq__ = __ne__ = _like  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    __or__ = __ror__ = _either
    __hash__ = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]


class Numbers(dict[str, Any]):  # a float or a column each
    """Numbers or columns by name; what a lift system does not have is NaN.

    Attributes:
        over: which of them, or where in a column, were beyond any float, and are NaN for it.
    """

    over: Mapping[str, Any] = MappingProxyType({})  # truths, or columns of them

    def __missing__(self, name: str) -> Any:  # a float, but for the stand-ins
        """An instrument that the system does not know."""
        return NAN

    @property
    def overflow(self) -> Any:  # a truth, or a column of them
        """Whether one of them was."""
        return any_of(self.over.values())

    @property
    def beyond(self) -> str:
        """The names of those that were beyond any float, for words."""
        return ", ".join(name for name, is_so in self.over.items() if is_so)


def any_of(flags: Iterable[Any]) -> Any:  # truths, or columns of them
    """Whether one of them holds, line by line."""
    found: Any = False
    for flag in flags:
        found = found | flag
    return found


class Known(Numbers):
    """The stand-ins for all names of one kind; any other name is an error."""

    def __missing__(self, name: str) -> Any:  # never
        """Refuse it."""
        raise ArgumentError(f"a check reads {name!r}: expected a name that a reading or duty has")


_READING = dict.fromkeys(name for own in OWN.values() for name in own)
_DUTY = duty_numbers(LiftType.ESP, OWN[LiftType.ESP], NAN, PUMPPERF_2026)


def _known(part: str, names: Mapping[str, object]) -> Known:
    return Known({name: Reads(frozenset([frozenset([f"{part}.{name}"])])) for name in names})


READING, DUTY = _known("r", _READING), _known("d", _DUTY | chain(_DUTY))
"""The stand-ins of every reading, and of duty and chain; their names begin with `r.` and `d.`."""


def needs(found: object) -> tuple[frozenset[str], ...]:
    """The sets of names of which one must be there, by what a check made of the stand-ins."""
    ways = found.ways if isinstance(found, Reads) else ALWAYS
    return tuple(sorted((way for way in ways if not any(o < way for o in ways)), key=sorted))
