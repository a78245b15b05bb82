"""Hypothesis strategies of the same field descriptions that construction and the doors read."""

import datetime as dt
from enum import StrEnum
from typing import Any, TypeVar

from hypothesis import strategies as st

from pumpperf.checked import Checked
from pumpperf.fields import AtLeast, AtMost, Field, MoreThan, Text, describe
from pumpperf.lift import SharedReading, quantities
from pumpperf.model import Row

C = TypeVar("C", bound=Checked)

LARGEST = 1e9
"""The largest quantity drawn: beyond every instrument, and short of overflow."""


def rows(row: type[C]) -> st.SearchStrategy[C]:
    """Any possible row, reading, duty or finding of a class.

    Args:
        row: a class of `pumpperf.model` or `pumpperf.lift`.
    """
    drawn = {
        field.name: _values(field) if field.required else st.none() | _values(field)
        for field in describe(row)
    }
    if issubclass(row, SharedReading):
        names = [field.name for field in quantities(row)]
        drawn["uncertainty"] = st.dictionaries(
            st.sampled_from(names), st.floats(0.0, LARGEST), max_size=3
        )
    return st.fixed_dictionaries(drawn).map(lambda values: row(**_consistent(row, values)))


def _values(field: Field) -> st.SearchStrategy[Any]:  # a field may hold anything
    one = _one(field)
    if not field.sequence:
        return one
    if field.nested:
        return st.one_of(*(st.lists(rows(kind), min_size=1, max_size=3) for kind in _nested(field)))
    return st.lists(one, min_size=1, max_size=6)


def _nested(field: Field) -> list[type[Checked]]:
    return [kind for kind in field.types if issubclass(kind, Checked)]


def _one(field: Field) -> st.SearchStrategy[Any]:  # a field may hold anything
    (first, *_) = field.types
    if issubclass(first, StrEnum):
        return st.sampled_from(list(first))
    if first is bool:
        return st.booleans()
    if first is dt.datetime:
        early, late = dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1)  # noqa: DTZ001  # zoned below
        return st.datetimes(early, late, timezones=st.just(dt.UTC))
    if first is str:
        longest = next(bound.longest for bound in field.bounds if isinstance(bound, Text))
        letters = st.characters(codec="utf-8", exclude_characters="\0")
        return st.text(letters, min_size=1, max_size=min(longest, 12))
    if first is int:
        return st.integers(0, 99)
    low = next((b.low for b in field.bounds if isinstance(b, AtLeast | MoreThan)), -LARGEST)
    high = next((b.high for b in field.bounds if isinstance(b, AtMost)), LARGEST)
    open_end = any(isinstance(bound, MoreThan) for bound in field.bounds)
    return st.floats(low, high, exclude_min=open_end)


def _consistent(row: type[Checked], values: dict[str, Any]) -> dict[str, Any]:
    found = dict(values)
    for low, high in row.ORDERED:
        if found[low] is not None and found[high] is not None:
            found[low], found[high] = sorted((found[low], found[high]))
    for first, second in row.TOGETHER:
        if found[second] is None:
            found[first] = None
    for first, second in row.EQUALLY_LONG:
        points = min(len(found[first] or ()), len(found[second] or ()))
        found[first] = (found[first] or ())[:points] or None
        found[second] = (found[second] or ())[:points] or None
    if "uncertainty" in found:
        beside = found["uncertainty"].items()
        found["uncertainty"] = {name: u for name, u in beside if found[name] is not None}
    if issubclass(row, Row):
        found |= {name: "-" for name in row.KEY if found[name] is None}
    return found
