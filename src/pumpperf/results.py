"""What every estimator hands back: frozen columns, shown in words, as a table, or in short."""

import textwrap
from collections.abc import Iterator
from dataclasses import Field, dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, dataclass_transform, get_type_hints

import numpy as np
from numpy.typing import NDArray

from pumpperf.numeric import FloatArray
from pumpperf.units import KINDS

if TYPE_CHECKING:
    import pandas as pd

STEP = "step"
Steps = Annotated[FloatArray, STEP]
"""One entry a step of a curve, group after group: those of group g are offset[g]:offset[g + 1]."""
Labels = NDArray[np.object_]
Places = NDArray[np.intp]
AnyArray = NDArray[Any]  # columns are of all kinds
Column = tuple[str, Any, tuple[str, ...]]  # and so are the values of fields
UNITS = {unit for kind in KINDS for unit in kind.scales if unit}
INDEX = ("offset", "place")
LAST = ("level", "method", "status")
"""Fields that say of all others how they were found: they come after them."""
LINES, COLUMNS = 10, 8
"""Most that a summary shows of a table."""


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
class Result:
    """A frozen result; each class that derives from it is a dataclass of keywords.

    A field is a column of one entry a group, or one value for all. An array that runs along
    something else says so in its type: `Steps` along the steps of a curve, and
    `Annotated[FloatArray, "mode"]` along a further, last axis whose labels stand in the field
    `mode`, if there is one.

    >>> class Mean(Result):
    ...     group: Labels | None
    ...     mean_h: FloatArray
    ...     lower_mean_h: FloatArray
    ...     upper_mean_h: FloatArray
    ...     level: float
    >>> found = Mean(
    ...     group=None, mean_h=np.array([1250.0]), lower_mean_h=np.array([1000.0]),
    ...     upper_mean_h=np.array([1600.5]), level=0.9,
    ... )
    >>> found
    Mean(mean_h=[1250.], lower_mean_h=[1000.], upper_mean_h=[1600.5], level=0.9)
    >>> print(found.summary())
    Mean: level 0.9
      mean [h]: 1,250 (1,000 to 1,600)
    >>> found.to_frame()
       mean_h  lower_mean_h  upper_mean_h  level
    0  1250.0        1000.0        1600.5    0.9
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # as in typeshed

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)

    def __repr__(self) -> str:
        said = ((field.name, getattr(self, field.name)) for field in _ordered(self))
        words = ", ".join(f"{name}={_short(value)}" for name, value in said if _present(value))
        return textwrap.fill(
            f"{type(self).__name__}({words})", 100, subsequent_indent="    ", break_on_hyphens=False
        )

    def summary(self) -> str:
        """What it says in a few lines: values with bounds and units, what is missing left out.

        Of many groups or steps the first are shown, with the columns that come first and the last.
        """
        table = self._table()
        size = next(iter(table.values())).size
        alone = [one.name for one in _ordered(self) if np.ndim(getattr(self, one.name)) == 0]
        alone = [name for name in alone if name in table] if size else []
        head = ", ".join(f"{_heading(name)} {_said(table[name][0])}" for name in alone)
        cells = {
            name: [_bounded(table, name, line) for line in range(min(size, LINES))]
            for name, column in table.items()
            if not (name in alone or _is_bound(table, name)) and _present(column)
        }
        title = f"{type(self).__name__}: {head}".removesuffix(": ")
        if size == 1:
            return "\n  ".join([title, *(f"{_heading(n)}: {cell}" for n, (cell,) in cells.items())])
        names = [*cells]
        columns = [
            [_heading(name), *cells[name]]
            for name in names[: COLUMNS - 1] + names[COLUMNS - 1 :][-1:]
        ]
        widths = [max(map(len, column)) for column in columns]
        lines = [
            "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
            for line in zip(*columns, strict=True)
        ]
        rest = [f"... and {size - LINES:,} more"] if size > LINES else []
        return "\n  ".join([title, *lines, *rest])

    def to_frame(self) -> "pd.DataFrame":
        """Every column in the order of the fields, level, method and status last.

        There is one line a group, of a curve one a step.

        What runs along a further axis has a line each if that is the only one, else a column
        each: `life_h[0.1]`. A group without steps has one line, in which the steps are missing.
        """
        import pandas as pd  # noqa: PLC0415  # only who wants a table loads it

        return pd.DataFrame(self._table()).infer_objects()

    def _table(self) -> dict[str, AnyArray]:
        columns = list(self._columns())
        further = [[axis for axis in axes if axis != STEP] for _, _, axes in columns]
        long = len({axis for axes in further for axis in axes}) == 1 == max(map(len, further))
        lines = _lines(self)
        found: dict[str, AnyArray] = {}
        ends: list[int] = []
        for (name, value, axes), last in zip(columns, further, strict=True):
            array: AnyArray = np.asarray(value)
            if lines is not None and STEP in axes:
                array = _with_missing(array)[lines[1]]
            elif lines is not None and array.ndim > len(last):
                array = array[lines[0]]
            if long:
                found[name] = array if last or array.ndim == 0 else array[..., np.newaxis]
                ends += array.shape[-1:] * bool(last)
            elif name not in last:
                for place in np.ndindex(array.shape[array.ndim - len(last) :]):
                    found[name + self._label(last, place)] = array[(..., *place)]
        if long:  # edges are one more than the periods between them
            most = min(ends)
            found = {name: one[..., :most] if one.ndim else one for name, one in found.items()}
        full = np.broadcast_arrays(*found.values())
        return {name: array.ravel() for name, array in zip(found, full, strict=True)}

    def _columns(self, prefix: str = "", along: tuple[str, ...] = ()) -> Iterator[Column]:
        """Columns of all fields, and of the results and dicts among them, with their axes."""
        types = get_type_hints(type(self), include_extras=True)  # in its module they are texts
        aside = (*INDEX, "group" * bool(prefix))
        for field in _ordered(self):
            name, value = field.name, getattr(self, field.name)
            axes = (*along, *getattr(types[field.name], "__metadata__", ()))
            if value is None or isinstance(value, tuple) or name in aside:
                continue
            if prefix not in name:
                name = f"{prefix}_{name}"
            if isinstance(value, Result):
                yield from value._columns(name, axes)  # noqa: SLF001  # its own kind
            elif hasattr(value, "items"):
                yield from ((f"{name}[{key}]", one, axes) for key, one in value.items())
            else:
                yield name, value, axes

    def _label(self, axes: list[str], place: tuple[int, ...]) -> str:
        known = ((getattr(self, axis, None), at) for axis, at in zip(axes, place, strict=True))
        words = ", ".join(str(at if labels is None else labels[at]) for labels, at in known)
        return f"[{words}]" * bool(words)


class MethodResult(Result):
    """What is found by a method, which may not succeed for each entry.

    Attributes:
        method: how it was found, in words.
        status: `ok`, or what it is that cannot be said.
    """

    method: str
    status: NDArray[np.str_]


class FitResult(Result):
    """What is fitted to the tests of each pump, one entry a pump or an era of it.

    Attributes:
        tests: usable tests.
        status: `ok`, or what is wrong with the fit.
        reason: why it is not `ok`; empty if it is.
    """

    tests: FloatArray
    status: NDArray[np.str_]
    reason: NDArray[np.str_]


class GroupResult(MethodResult):
    """What is found of each group, one entry a group.

    Attributes:
        group: labels in sorted order, or None for one group without a label.
    """

    group: Labels | None


class Estimate(GroupResult):
    """What is estimated of each group, with bounds.

    Attributes:
        level: of the bounds.
    """

    level: float


def _ordered(result: Result) -> list[Field[Any]]:  # fields of all kinds
    return sorted(
        fields(result), key=lambda field: LAST.index(field.name) if field.name in LAST else -1
    )


def _lines(result: Any) -> tuple[Places, Places] | None:  # not every class has these fields
    """Group and step of each line, -1 where a group has no step; None if nothing runs in steps."""
    group: Places
    if hasattr(result, "offset"):
        groups: int = result.offset.size - 1
        group = np.repeat(np.arange(groups), np.diff(result.offset))
    elif hasattr(result, "place"):
        groups, group = result.status.size, result.place
    else:
        return None
    empty: Places = np.setdiff1d(np.arange(groups), group)
    at = np.searchsorted(group, empty)
    return np.insert(group, at, empty), np.insert(np.arange(group.size), at, -1)


def _with_missing(steps: AnyArray) -> AnyArray:
    """With one more step, the last, that is missing."""
    numeric = steps.dtype.kind == "f"
    none = np.full((1, *steps.shape[1:]), np.nan if numeric else None)
    return np.concatenate([steps if numeric else steps.astype(object), none])


def _present(value: Any) -> bool:  # of any kind
    if hasattr(value, "dtype"):
        return bool(value.size) and not (value.dtype.kind == "f" and np.isnan(value).all())
    return value is not None and value not in ((), {})


def _short(value: Any) -> str:  # of any kind
    if not hasattr(value, "dtype"):
        return textwrap.shorten(repr(value), 80)
    words = np.array2string(value, separator=", ", precision=4, threshold=6, edgeitems=2)
    return " ".join([*words.split(), *([f"({value.size:,} in all)"] if value.size > 6 else [])])


def _heading(name: str) -> str:
    """A field's name in words, its unit in brackets."""
    base, bracket, label = name.partition("[")
    stem, _, unit = base.rpartition("_")
    words = base.replace("_", " ")
    if unit in UNITS and stem:
        per = "1/" * stem.endswith("_per")
        words = f"{stem.removesuffix('_per').replace('_', ' ')} [{per}{unit}]"
    return f"{words} at {label.rstrip(']')}" if bracket else words


def _is_bound(table: dict[str, AnyArray], name: str) -> bool:
    side, _, of = name.partition("_")
    return side in ("lower", "upper") and of in table


def _bounded(table: dict[str, AnyArray], name: str, line: int) -> str:
    """A value with its bounds, if it has any."""
    value, low, high = (
        _said(table[one][line]) if one in table else ""
        for one in (name, f"lower_{name}", f"upper_{name}")
    )
    if low and high:
        return f"{value} ({low} to {high})"
    return value + f" (at least {low})" * bool(low) + f" (at most {high})" * bool(high)


def _said(value: Any) -> str:  # of any kind
    """A value in few characters; nothing where it is missing."""
    if value is None or value != value:  # as NaN and NaT are
        return ""
    kind = np.asarray(value).dtype.kind
    if kind == "b":
        return "yes" if value else "no"
    if kind not in "iuf":
        return str(value)
    number = float(value)
    whole = 1e3 <= abs(number) < 1e15 or number.is_integer()
    return f"{number:,.0f}" if whole else f"{number:.4g}"
