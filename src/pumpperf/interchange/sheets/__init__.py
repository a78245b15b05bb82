"""A field sheet of any house: what its columns mean, and its lines as tests or history."""

from typing import TYPE_CHECKING

from pumpperf.rooms import exports

if TYPE_CHECKING:
    from pumpperf.interchange.sheets.column import Column, Sure
    from pumpperf.interchange.sheets.history import SheetHistory, read_history
    from pumpperf.interchange.sheets.mapping import Mapping
    from pumpperf.interchange.sheets.reading import SheetTests, read
    from pumpperf.interchange.sheets.reasons import REASONS, Reason
    from pumpperf.interchange.sheets.recognising import recognise
else:
    __getattr__ = exports(
        __name__, "column", "mapping", "recognising", "reading", "history", "reasons"
    )

__all__ = [
    "REASONS",
    "Column",
    "Mapping",
    "Reason",
    "SheetHistory",
    "SheetTests",
    "Sure",
    "read",
    "read_history",
    "recognise",
]
