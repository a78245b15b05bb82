"""What holds for every public function, tried on the call of its own doctest."""

import contextlib
import inspect
import itertools
import re

import numpy as np
import pandas as pd
import pytest

from examples import ALONE, examples
from pumpperf import ArgumentError
from pumpperf.reliability.lognormal import lognormal

PLAIN = re.compile("Reals")  # of calculators that take whatever can be multiplied
CALLS = examples("calc", "reliability", "history", "lift")
NAMED = {f"{call.__module__.removeprefix('pumpperf.')}.{call.__name__}": call for call in CALLS}


def annotations(call):
    return {one.name: str(one.annotation) for one in inspect.signature(call).parameters.values()}


def columns_of(call):
    """The arguments that take a column, each as a list; those that the example leaves out aside."""
    kinds, (_, given) = annotations(call), CALLS[call]
    columns = {
        name: np.atleast_1d(np.asarray(value, dtype=object))
        for name, value in given.items()
        if value is not None and ("ArrayLike" in kinds.get(name, "") or kinds.get(name) == "Dates")
    }
    return {name: column for name, column in columns.items() if column.ndim == 1}


PAIRS = {
    f"{name}-{one}-{other}": (call, one, other)
    for name, call in NAMED.items()
    for one, other in itertools.combinations(columns_of(call), 2)
    if columns_of(call)[one].size == columns_of(call)[other].size
}
OF_TWO_TABLES = {*("cubic_values-x-knots", "cubic_values-x-values", "cubic_values-x-slopes")}
"""What belongs to no common row: points asked for, and the curve that they are asked of."""


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair.rpartition(".")[2] not in OF_TWO_TABLES]
)
def test_columns_of_unequal_indexes_are_refused(pair):
    call, *both = PAIRS[pair]
    given, named = CALLS[call]
    found = columns_of(call)
    unlike = {
        name: pd.Series(list(found[name]), index=[f"{name} {i}" for i in range(found[name].size)])
        for name in both
    }
    with pytest.raises(ArgumentError, match="unequal indexes"):
        call(*given, **named | unlike)


WRONG = [
    *(5, -1, 10**400, True, 1 + 2j, "x", b"x", None, object, object(), {}, [1], ["x"], [[1]]),
    *(np.array([[1.0, 2.0], [3.0, 4.0]]), np.datetime64("2026"), np.timedelta64(1, "D")),
]
ARGUMENTS = {
    f"{name}-{argument}": (call, argument)
    for name, call in NAMED.items()
    for argument in CALLS[call][1]
    if not name.startswith("lift.") and not PLAIN.search(annotations(call)[argument])
    if call.__module__ not in ALONE or call is lognormal
}


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_a_wholly_wrong_argument_is_refused_in_words(argument):
    call, name = ARGUMENTS[argument]
    given, named = CALLS[call]
    for value in WRONG:
        with contextlib.suppress(ArgumentError):
            call(*given, **named | {name: value})
