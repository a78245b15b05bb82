"""What does not fit together in one pump's history, or had to be assumed of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from pumpperf.history.placing import RecordNote
from pumpperf.model import (
    EquipmentMaintain,
    Finding,
    Severity,
    WellActivity,
    WellEquipment,
    finding,
)

Told: TypeAlias = tuple[str, tuple[str, ...], str, Severity]
"""Code of the finding, the fields concerned, what to look at, and how much it weighs."""
_DATES = ("install_date", "removal_date")
_FAILED = ("actual_start_date", *_DATES)
_PULL = "a pull that was not recorded"
_WORK_ORDERS = "the work orders"
_TWICE = "whether one failure was recorded twice"
TOLD: Mapping[str, Told] = {
    "repeated": ("INSTALLATION_REPEATED", _DATES, "the records of the well", Severity.WARNING),
    "overlapping": ("INSTALLATIONS_OVERLAP", _DATES, _PULL, Severity.ASSUMPTION),
    "overlapping_at_once": ("INSTALLATIONS_OVERLAP", _DATES, _PULL, Severity.WARNING),
    "two_in_one_well": ("TWO_PUMPS_IN_ONE_WELL", _DATES, _PULL, Severity.ASSUMPTION),
    "two_in_one_well_at_once": ("TWO_PUMPS_IN_ONE_WELL", _DATES, _PULL, Severity.WARNING),
    "undated": ("FAILURE_WITHOUT_DATE", _FAILED[:1], _WORK_ORDERS, Severity.ASSUMPTION),
    "not_installed": (
        "FAILURE_OUTSIDE_INSTALLATION",
        _FAILED,
        "the dates of failure and installation, and whether they are of one pump",
        Severity.WARNING,
    ),
    "after_failure": ("FAILURE_AFTER_FAILURE", _FAILED, _WORK_ORDERS, Severity.WARNING),
    "failed_twice_at_once": ("FAILURE_REPEATED", _FAILED[:1], _TWICE, Severity.WARNING),
    "restored_later": (
        "RESTORED_IN_LATER_RUN",
        ("actual_end_date", *_DATES),
        "the dates of restoration and of the next installation",
        Severity.WARNING,
    ),
    "down_from_failure": (
        "DOWNTIME_FROM_FAILURE",
        ("actual_start_date", "actual_end_date", "start_time", "removal_date"),
        "when the pump ran again, or was pulled",
        Severity.ASSUMPTION,
    ),
    "stopped_outside": (
        "DOWNTIME_OUTSIDE_INSTALLATION",
        ("start_time", "end_time", *_DATES),
        "the dates of the event and of the installation",
        Severity.WARNING,
    ),
}
"""By the codes of the notes; what is not here concerns no pump that is looked at alone."""


def history_findings(
    notes: Iterable[RecordNote],
    *,
    installations: Sequence[WellEquipment],
    failures: Sequence[EquipmentMaintain],
    stops: Sequence[WellActivity],
) -> tuple[Finding, ...]:
    """What the notes on a history say, in the same words, with the rows concerned.

    Args:
        notes: of `history.pump_histories`.
        installations: of which it was made.
        failures: likewise.
        stops: likewise.
    """
    names = {
        "installations": [f"{run.equip_obs_no} of {run.equipment_id}" for run in installations],
        "failures": [event.equip_maint_id for event in failures],
        "stops": [str(event.activity_obs_no) for event in stops],
    }
    return tuple(_finding(note, names[note.table]) for note in notes if note.code in TOLD)


def history_checks(*, installations: int, failures: int, stops: int) -> tuple[str, ...]:
    """Codes of the checks between the rows of one pump that had their rows.

    Args:
        installations: how many there are of the pump.
        failures: likewise.
        stops: likewise.

    >>> history_checks(installations=1, failures=0, stops=2)
    ('INSTALLATIONS_OVERLAP', 'TWO_PUMPS_IN_ONE_WELL', 'DOWNTIME_OUTSIDE_INSTALLATION')
    """
    needs = {
        "INSTALLATIONS_OVERLAP": installations,
        "TWO_PUMPS_IN_ONE_WELL": installations,
        "FAILURE_OUTSIDE_INSTALLATION": installations and failures,
        "DOWNTIME_OUTSIDE_INSTALLATION": installations and stops,
    }
    return tuple(code for code, there in needs.items() if there)


def _finding(note: RecordNote, names: Sequence[str]) -> Finding:
    code, inputs, look_at, severity = TOLD[note.code]
    first: list[int] = note.rows[:3].tolist()
    which = ", ".join(names[row] for row in first)
    more = f" and {note.count - 3} more" if note.count > 3 else ""
    return finding(code, f"{note.table} {which}{more}: {note.words}", inputs, look_at, severity)
