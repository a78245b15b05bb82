"""A call of each public function that works: that of its own doctest."""

import contextlib
import doctest
import inspect
import io
import pkgutil
from functools import cache
from importlib import import_module

BARE = ("efficiency", "hydraulics", "pipe", "power", "similarity", "viscosity", "interpolation")
"""Modules of plain calculators; elsewhere a room lists its public functions."""
ALONE = {f"pumpperf.calc.{name}" for name in BARE} | {"pumpperf.reliability.lognormal"}


def modules(*rooms):
    """Every module of some rooms."""
    for room in rooms:
        package = import_module(f"pumpperf.{room}")
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


@cache
def examples(*rooms):
    """Public functions of some rooms, each with the positional and named arguments of a call."""
    public, called = set(), {}
    for module in modules(*rooms):
        public |= {
            getattr(module, name)
            for name in getattr(module, "__all__", ())
            if _is_one(module, name)
        }
        if module.__name__ in ALONE:
            public |= {
                one
                for one in vars(module).values()
                if inspect.isfunction(one) and one.__module__ == module.__name__
            }

    def recorder(function):
        def recorded(*given, **named):
            called.setdefault(function, (given, named))
            return function(*given, **named)

        return recorded

    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
    for function in sorted(public, key=lambda one: (one.__module__, one.__name__)):
        for test in finder.find(
            function, function.__name__, module=import_module(function.__module__)
        ):
            test.globs[function.__name__] = recorder(function)
            with contextlib.redirect_stdout(io.StringIO()):  # numbers are printed in their own way
                runner.run(test)
    return called


def _is_one(module, name):
    return inspect.isfunction(getattr(module, name))
