"""What one column of a sheet is taken for, and how sure that is."""

from enum import StrEnum

import attrs
from attrs import frozen


class Sure(StrEnum):
    """How sure it is what a column means."""

    SURE = "sure"
    """The header says it whole, or the caller did."""
    LIKELY = "likely"
    """It is read, and what was taken is told."""
    OPEN = "open"
    """It is not read before somebody decides."""
    ASIDE = "aside"
    """No field has it."""


ORDERS = ("day first", "month first", "")
"""How a column of dates may be written; the last one where each date says it."""


@frozen
class Column:
    """What one column of a sheet is taken for.

    Attributes:
        header: its name on the sheet; the second of two equal ones has ` (2)` behind it.
        field: of the library, or one that leads to it; None while it is open or aside.
        unit: of its numbers; for dates, which part stands first; None while it is open.
        sure: how sure that is.
        why: in words.
        choices: what it may be, where that is open: fields, or units of the field.
    """

    header: str
    field: str | None = None
    unit: str | None = None
    sure: Sure = attrs.field(default=Sure.ASIDE, converter=Sure)
    why: str = ""
    choices: tuple[str, ...] = ()
