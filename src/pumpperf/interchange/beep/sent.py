"""What is sent: plain records with the receiver's own names, and beside them all that is lost.

Dates are sent as aware datetimes in UTC. None stands for a number that there is not: the
receiver's type may know no absence, and a key left out would be read as its 0, so `notes` names it.
A retired row is refused: the one that replaced it is to be sent.

A note begins with `LOST:` (the record has no place for it), `CHANGED:` (it is carried
otherwise than its name says, or than we hold it) or `ABSENT:` (None is sent, and is not 0).
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

from attrs import field, frozen

from pumpperf.errors import ArgumentError
from pumpperf.model import DowntimeImpact, EnergyConsumption, JudgedResult, Row, content, key, table

Record: TypeAlias = dict[str, Any]  # values are what the receiver's field holds

W = TypeVar("W", DowntimeImpact, EnergyConsumption)

PERCENT_PER_SHARE = 100.0


def noted(notes: Iterable[str | None]) -> tuple[str, ...]:
    """The notes that there are; None is none."""
    return tuple(note for note in notes if note is not None)


@frozen
class Sent:
    """One record.

    Attributes:
        record: values by the receiver's names.
        notes: what the record does not carry, or carries otherwise.
    """

    record: Record
    notes: tuple[str, ...] = field(converter=noted)


@frozen
class SentList:
    """Records of one type, in order.

    Attributes:
        records: values by the receiver's names.
        notes: what the records do not carry, or carry otherwise.
    """

    records: tuple[Record, ...] = field(converter=tuple[Record, ...])
    notes: tuple[str, ...] = field(converter=noted)


def named(row: Row) -> str:
    """A row by its table and key, in words."""
    return f"{table(type(row))} {', '.join(map(repr, key(row)))}"


def refuse_retired(rows: Iterable[Row]) -> None:
    """Refuse rows that do not count any more.

    Raises:
        ArgumentError: with every such row.
    """
    refuse(f"{named(row)} is retired: expected an active row" for row in rows if not row.active_ind)


def refuse_overlaps(rows: Sequence[W]) -> None:
    """Refuse windows of one pump that overlap: what lies in both would count twice.

    Raises:
        ArgumentError: with every window that begins before an earlier one ends.
    """
    latest: dict[str, W] = {}
    faults: list[str] = []
    for row in sorted(rows, key=lambda row: (row.start_date, row.end_date)):
        before = latest.setdefault(row.equipment_id, row)
        if before is not row and row.start_date < before.end_date:
            faults.append(
                f"{named(row)} begins at {row.start_date.isoformat()}, before {named(before)} of "
                f"the same pump ends at {before.end_date.isoformat()}: expected windows apart"
            )
        if row.end_date > before.end_date:
            latest[row.equipment_id] = row
    refuse(faults)


def refuse(faults: Iterable[str | None]) -> None:
    """Raise one `ArgumentError` with all faults, if there are any; None is none."""
    if found := noted(faults):
        raise ArgumentError("; ".join(found))


def refuse_blank(uwi: str) -> None:
    """Refuse a well without a name.

    Raises:
        ArgumentError: it is blank.
    """
    refuse([] if uwi.strip() else [f"uwi = {uwi!r}: expected the name of the well"])


def not_carried(row: JudgedResult, carried: str) -> str:
    """All that a result holds and its record does not.

    Args:
        row: the result.
        carried: its fields that the record holds, or that have notes of their own, in one text
            with spaces between.
    """
    codes = ", ".join(dict.fromkeys(finding.code for finding in row.findings)) or "none"
    status = row.result_status.value
    apart = {"active_ind", "run_id", "result_status", "findings", *row.KEY, *carried.split()}
    fields = [
        name for name, value in content(row).items() if name not in apart and value is not None
    ]
    words = f"its run, its status {status}, its findings ({codes})"
    return f"LOST: {named(row)}: {', '.join([words, *fields])}"


def gross_of_flush(impact: DowntimeImpact) -> tuple[str, ...]:
    """That losses are before what came after the restarts, if a share of that was assumed."""
    if impact.flush_share is None:
        return ()
    share = f"the share {impact.flush_share:g} that came after the restarts"
    return (f"LOST: {named(impact)}: the net loss; volumes and revenue are before {share}",)
