"""Rows that go into a calculation: of one pump, in one order, each once."""

from collections.abc import Iterable
from typing import TypeVar

from pumpperf.errors import ArgumentError, listed
from pumpperf.fields import describe
from pumpperf.model import (
    EquipmentMaintain,
    EquipmentUseStat,
    PumpTest,
    Row,
    WellActivity,
    WellEquipment,
    key,
    table,
)
from pumpperf.possible import faults

R = TypeVar("R", bound=Row)
V = TypeVar("V")
P = TypeVar(
    "P", bound=WellEquipment | EquipmentMaintain | WellActivity | EquipmentUseStat | PumpTest
)


(_EQUIPMENT_ID,) = (field for field in describe(PumpTest) if field.name == "equipment_id")


def of_pump(equipment_id: str, kind: type[P], **rows: Iterable[P]) -> list[P]:
    """The rows of one argument, all of one pump.

    Raises:
        ArgumentError: no pump can be called so, or a row is of another kind or pump, or withdrawn.
    """
    if wrong := faults(_EQUIPMENT_ID, equipment_id):
        raise ArgumentError(wrong[0])
    found = [row for name, given in rows.items() for row in listed(kind, name, given)]
    for row in found:
        if row.equipment_id != equipment_id or not row.active_ind:
            what = f"{table(type(row))} {key(row)}"
            if row.active_ind:
                raise ArgumentError(f"{what} is of {row.equipment_id!r}, not {equipment_id!r}")
            raise ArgumentError(f"{what} is withdrawn: leave it out")
    return found


def of_wells(equipment_id: str, installations: Iterable[WellEquipment]) -> list[WellEquipment]:
    """The installations of a pump, and those of other pumps in its wells.

    Raises:
        ArgumentError: one is of another pump in another well, or withdrawn.
    """
    found = listed(WellEquipment, "installations", installations)
    wells = {row.uwi for row in found if row.equipment_id == equipment_id}
    others = (row for row in found if row.uwi not in wells or not row.active_ind)
    of_pump(equipment_id, WellEquipment, installations=others)
    return found


def in_order(rows: Iterable[R]) -> list[R]:
    """Rows by table and key, so that the order in which a store gives them does not matter."""
    return sorted(rows, key=lambda row: (table(type(row)), key(row)))


def by_label(pairs: Iterable[tuple[str, V]], name: str) -> dict[str, V]:
    """What belongs to each label.

    Args:
        pairs: labels, each with what belongs to it.
        name: of the labels, for the words of an error.

    Raises:
        ArgumentError: a label stands twice: nobody knows which of the two counts.
    """
    found: dict[str, V] = {}
    for label, value in pairs:
        if label in found:
            raise ArgumentError(f"{name} {label!r} stands twice: expected once")
        found[label] = value
    return found
