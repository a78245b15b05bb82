"""Rooms that are entered when they are first asked for: a package's modules, loaded lazily."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def rooms(package: str) -> tuple[Callable[[str], ModuleType], Callable[[], list[str]]]:
    """The `__getattr__` and the `__dir__` of a package that exports nothing but its modules.

    Args:
        package: its name.

    >>> enter, names = rooms("pumpperf")
    >>> enter("units").PSI == enter("units").convert(1.0, "psi", "kpa"), "units" in names()
    (True, True)
    """

    def enter(name: str) -> ModuleType:
        if not name.isidentifier() or find_spec(f"{package}.{name}") is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return import_module(f"{package}.{name}")

    @cache
    def names() -> list[str]:
        return [module.name for module in iter_modules(import_module(package).__path__)]

    return enter, names


def exports(package: str, *first: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose public names are at home in its modules.

    Args:
        package: its name; its `__all__` lists the names.
        first: modules that are looked through first, in this order; then come the others by name.

    >>> enter = exports("pumpperf.lift.pcp", "reading")
    >>> enter("slip_m3d").__module__
    'pumpperf.lift.pcp.slip'
    """
    room, names = rooms(package)

    def homes() -> Iterator[str]:
        yield from first
        yield from names()

    def enter(name: str) -> Any:  # a public name may be anything
        itself = import_module(package)
        for home in homes() if name in itself.__all__ else ():
            found = import_module(f"{package}.{home}")
            if hasattr(found, name):
                setattr(itself, name, getattr(found, name))  # so that it is asked for only once
                return getattr(itself, name)
        return room(name)

    return enter
