"""The checks of a table of tests by columns: which are made on which lines, and which fail.

A check is a bit of a line. Its words, if anybody wants them, are those of the row.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pumpperf.assumptions import Assumptions
from pumpperf.checks import CHECKS, Check, Numbers
from pumpperf.interchange.frames.tables import Places
from pumpperf.model import ResultStatus, Severity

Bits = NDArray[np.uint64]  # (words, lines)

WORDS = -(-len(CHECKS) // 64)
"""Of 64 bits, a bit a check."""

_READ = {name for check in CHECKS for way in check.needs for name in way if name.startswith("r.")}
"""What checks read of a reading; of duty and chain, every number is an output too."""


def presence(reading: Numbers, duty: Numbers) -> dict[str, Any]:
    """Of every number that is read, whether it is there: a truth for all lines, or flags."""
    found = {name: _there(reading[name.removeprefix("r.")]) for name in _READ}
    return found | {f"d.{name}": _there(column) for name, column in duty.items()}


def _there(column: Any) -> Any:  # a number or a column
    flags = column == column
    if np.ndim(flags) == 0 or flags.all():
        return bool(np.all(flags))
    return flags if flags.any() else False


def _all_there(check: Check, there: dict[str, Any]) -> Any:  # a truth or flags
    """Of the ways to make the check, whether there is one, for all lines or line by line."""
    found: Any = False
    for way in check.needs:
        whole: Any = True
        for name in way:
            whole = whole & there.get(name, False)
        found = found | whole
    return found


def made_by(there: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    """Every plausibility check by its place, and on which lines it was made."""
    for place, check in enumerate(CHECKS):
        if check.counts:
            yield place, _all_there(check, there)


def failing(
    reading: Numbers, duty: Numbers, assumptions: Assumptions, there: dict[str, Any]
) -> Iterator[tuple[int, Any]]:
    """Every check by its place, and on which lines it fails; none fails where it is not made."""
    for place, check in enumerate(CHECKS):
        if _all_there(check, there) is not False:
            yield place, check.fails(reading, duty, assumptions)


def mark(bits: Bits, here: Places, found: Iterable[tuple[int, Any]]) -> None:
    """Set the bits of checks, each on all of some lines or by flags."""
    marks: list[Any] = [np.uint64(0)] * WORDS  # or a column of them
    for place, flags in found:
        word, bit = divmod(place, 64)
        if np.any(flags):
            marks[word] = marks[word] | flags * np.uint64(1 << bit)
    for line, column in zip(bits, marks, strict=True):
        if np.any(column):
            line[here] = column


def _bits(*severities: Severity) -> Bits:
    found = np.zeros((WORDS, 1), dtype=np.uint64)
    marked = ((place, check.severity in severities) for place, check in enumerate(CHECKS))
    mark(found, np.array([0]), marked)
    return found


STATUSES = [status.value for status in ResultStatus]
_WORST_FIRST = ("SUSPECT", "NOT_CHECKED", "ASSUMED", "PLAUSIBLE")
_ASSUMED, _SUSPECT = _bits(Severity.ASSUMPTION), _bits(Severity.WARNING, Severity.ERROR)


def status_of(failed: Bits, made: Bits) -> NDArray[np.int8]:
    """Places in `STATUSES`, as `model.status_of` says it of each line."""
    suspect, assumed, checked = (
        np.bitwise_or.reduce(bits) != 0 for bits in (failed & _SUSPECT, failed & _ASSUMED, made)
    )
    *worse, best = (np.int8(STATUSES.index(status)) for status in _WORST_FIRST)
    return np.select([suspect, ~checked, assumed], worse, best)


def codes(bits: Bits) -> "pd.Categorical[Any]":
    """The codes of the checks that are marked on each line, with blanks between."""
    places, patterns = np.zeros(bits.shape[1], dtype=np.intp), [0]
    for word, marks in enumerate(bits):
        if marks.any():
            kinds, values = _factorized(marks)
            if len(patterns) > 1:
                places, pairs = _factorized(places * len(values) + kinds)
            else:
                places, pairs = kinds, range(len(values))
            parts = (divmod(pair, len(values)) for pair in pairs)
            patterns = [patterns[i] | values[j] << 64 * word for i, j in parts]
    words = [
        " ".join(check.code for bit, check in enumerate(CHECKS) if pattern >> bit & 1)
        for pattern in patterns
    ]
    return pd.Categorical.from_codes(places, categories=pd.Index(words, dtype=object))


def _factorized(numbers: NDArray[np.integer[Any]]) -> tuple[Places, Sequence[int]]:
    """Each number by its place among the different ones, and these."""
    places, values = cast("tuple[Places, Bits]", pd.factorize(numbers))
    return places, cast("list[int]", values.tolist())
