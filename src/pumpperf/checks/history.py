"""What does not fit together in one pump's history."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from pumpperf.model import (
    EquipmentMaintain,
    Finding,
    Severity,
    WellActivity,
    WellEquipment,
    finding,
)


def check_history(
    installations: Sequence[WellEquipment],
    maintenance: Iterable[EquipmentMaintain],
    activities: Iterable[WellActivity],
) -> tuple[Finding, ...]:
    """What does not fit together in one pump's history.

    Args:
        installations: all installations of the pump.
        maintenance: its failures and repairs.
        activities: its downtime.

    Returns:
        A finding for every overlap of two installations, for the failures without a date, for
        two failures of the same date, and for every failure and every downtime event that lies in
        no installation.
    """
    failures = [event for event in maintenance if event.failure_ind]
    return (
        *_overlaps(installations),
        *_undated([event for event in failures if event.actual_start_date is None]),
        *_repeated(failures),
        *(one for event in failures for one in _failure(event, installations)),
        *(one for event in activities for one in _downtime(event, installations)),
    )


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _overlaps(installations: Sequence[WellEquipment]) -> Iterable[Finding]:
    ordered = sorted(installations, key=lambda run: (run.install_date, run.removal_date or _NEVER))
    ends = accumulate((run.removal_date or _NEVER for run in ordered), max)
    for latest_end, later in zip(ends, ordered[1:], strict=False):
        if later.install_date < latest_end:
            yield finding(
                "INSTALLATIONS_OVERLAP",
                f"installation {later.equip_obs_no} began on {later.install_date.isoformat()}, "
                "before an earlier one ended",
                ("install_date", "removal_date"),
                "a pull that was not recorded",
            )


def _undated(failures: Sequence[EquipmentMaintain]) -> Iterable[Finding]:
    if failures:
        names = ", ".join(event.equip_maint_id for event in failures[:3])
        more = f" and {len(failures) - 3} more" if len(failures) > 3 else ""
        words = f"failures without a date count, their place is unknown: {names}{more}"
        inputs = ("actual_start_date",)
        yield finding("FAILURE_WITHOUT_DATE", words, inputs, "the work orders", Severity.INFO)


def _repeated(failures: Sequence[EquipmentMaintain]) -> Iterable[Finding]:
    dated = sorted(
        (event.actual_start_date, event.equip_maint_id)
        for event in failures
        if event.actual_start_date is not None
    )
    for (when, name), (again, other) in pairwise(dated):
        if when == again:
            yield finding(
                "FAILURE_REPEATED",
                f"failures {name} and {other} are both of {when.isoformat()}: each counts",
                ("actual_start_date",),
                "whether one failure was recorded twice",
            )


def _failure(event: EquipmentMaintain, installations: Sequence[WellEquipment]) -> Iterable[Finding]:
    when = event.actual_start_date
    if when is not None and not any(_within(when, run) for run in installations):
        first = min((run.install_date for run in installations), default=_NEVER)
        before = when < first
        yield finding(
            "FAILURE_BEFORE_INSTALLATION" if before else "FAILURE_OUTSIDE_INSTALLATION",
            f"failure {event.equip_maint_id} on {when.isoformat()} lies "
            + ("before the pump's first installation" if before else "in no installation"),
            ("actual_start_date", "install_date", "removal_date"),
            "the dates of failure and installation, and whether they are of one pump",
        )


def _downtime(event: WellActivity, installations: Sequence[WellEquipment]) -> Iterable[Finding]:
    end = event.end_time or _NEVER
    if not any(
        run.install_date < end and event.start_time < (run.removal_date or _NEVER)
        for run in installations
    ):
        yield finding(
            "DOWNTIME_OUTSIDE_INSTALLATION",
            f"downtime {event.activity_obs_no} from {event.start_time.isoformat()} lies in no "
            "installation of the pump and does not count for its run life",
            ("start_time", "end_time", "install_date", "removal_date"),
            "the dates of the event and of the installation",
        )


def _within(when: dt.datetime, run: WellEquipment) -> bool:
    return run.install_date <= when <= (run.removal_date or _NEVER)
