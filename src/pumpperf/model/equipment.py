"""The pump, its wells, installations, failures and repairs, downtime and power log."""

from collections.abc import Iterable
from typing import ClassVar

from attrs import field, frozen

from pumpperf.checked import Pairs, Takes, converted
from pumpperf.fields import Count, Identifier, Kilowatts, ShortText, UtcDate
from pumpperf.lift import LiftType
from pumpperf.model.codes import (
    DowntimeType,
    FailureCause,
    FailureMechanism,
    FailureMode,
    FailureSubunit,
    PowerLogRule,
)
from pumpperf.model.row import Row


@frozen(kw_only=True, field_transformer=converted)
class Equipment(Row):
    """A pump.

    Attributes:
        equipment_id: the pump.
        lift_type: how it lifts.
        serial_num: of its maker.
        model_num: of its maker.
        manufacturer: who made it.
        commission_date: first use.
        decommission_date: last use.
    """

    KEY: ClassVar[tuple[str, ...]] = ("equipment_id",)
    ORDERED: ClassVar[Pairs] = (("commission_date", "decommission_date"),)

    equipment_id: Identifier
    lift_type: LiftType = field(converter=Takes[str])
    serial_num: ShortText | None = None
    model_num: ShortText | None = None
    manufacturer: ShortText | None = None
    commission_date: UtcDate | None = None
    decommission_date: UtcDate | None = None


@frozen(kw_only=True, field_transformer=converted)
class Well(Row):
    """A well.

    Attributes:
        uwi: the well.
        assigned_field: the oil field that it belongs to.
    """

    KEY: ClassVar[tuple[str, ...]] = ("uwi",)

    uwi: Identifier
    assigned_field: ShortText | None = None


@frozen(kw_only=True, field_transformer=converted)
class WellEquipment(Row):
    """One installation of a pump in a well: from install to pull; `source` is part of its key.

    Attributes:
        uwi: the well.
        equipment_id: the pump.
        equip_obs_no: number of the installation.
        install_date: start of the run.
        removal_date: its end; None while the pump is in the well.
    """

    KEY: ClassVar[tuple[str, ...]] = ("uwi", "source", "equipment_id", "equip_obs_no")
    ORDERED: ClassVar[Pairs] = (("install_date", "removal_date"),)

    uwi: Identifier
    equipment_id: Identifier
    equip_obs_no: Count
    install_date: UtcDate
    removal_date: UtcDate | None = None


@frozen(kw_only=True, field_transformer=converted)
class EquipmentMaintain(Row):
    """A failure of a pump, or work on it.

    Attributes:
        equipment_id: the pump.
        equip_maint_id: the event.
        failure_ind: whether the pump had failed.
        actual_start_date: when it failed or the work began; None if the source does not say.
        actual_end_date: when it was restored.
        failure_subunit: which part failed.
        failure_mode: how it showed itself.
        failure_mechanism: what led to it.
        failure_cause: why that could happen.
    """

    KEY: ClassVar[tuple[str, ...]] = ("equipment_id", "equip_maint_id")
    ORDERED: ClassVar[Pairs] = (("actual_start_date", "actual_end_date"),)

    equipment_id: Identifier
    equip_maint_id: Identifier
    failure_ind: bool
    actual_start_date: UtcDate | None = None
    actual_end_date: UtcDate | None = None
    failure_subunit: FailureSubunit | None = field(default=None, converter=Takes[str | None])
    failure_mode: FailureMode | None = field(default=None, converter=Takes[str | None])
    failure_mechanism: FailureMechanism | None = field(default=None, converter=Takes[str | None])
    failure_cause: FailureCause | None = field(default=None, converter=Takes[str | None])


@frozen(kw_only=True, field_transformer=converted)
class WellActivity(Row):
    """A time in which a well or its pump was down; `source` is part of its key.

    Attributes:
        uwi: the well.
        activity_obs_no: number of the event.
        equipment_id: the pump that was down with it.
        downtime_type: whose downtime it is.
        start_time: when it began.
        end_time: when it ended; None while it lasts.
    """

    KEY: ClassVar[tuple[str, ...]] = ("uwi", "source", "activity_obs_no")
    ORDERED: ClassVar[Pairs] = (("start_time", "end_time"),)

    uwi: Identifier
    activity_obs_no: Count
    equipment_id: Identifier
    downtime_type: DowntimeType = field(converter=Takes[str])
    start_time: UtcDate
    end_time: UtcDate | None = None


@frozen(kw_only=True, field_transformer=converted)
class EquipmentUseStat(Row):
    """A stretch of a pump's power log.

    Attributes:
        equipment_id: the pump.
        spec_id: the stretch.
        sample_time: when each sample was taken.
        power_kw: electrical or engine input at that time. Of two samples of one time that differ
            the first one is the power until then, and the last one that from then on.
        power_log_rule: how the log was written, so what a sample says of the time beside it.
    """

    KEY: ClassVar[tuple[str, ...]] = ("equipment_id", "spec_id")
    EQUALLY_LONG: ClassVar[Pairs] = (("sample_time", "power_kw"),)
    SPAN: ClassVar[str | None] = "sample_time"

    equipment_id: Identifier
    spec_id: Identifier
    sample_time: tuple[UtcDate, ...] = field(converter=Takes[Iterable[UtcDate]])
    power_kw: tuple[Kilowatts, ...] = field(converter=Takes[Iterable[float]])
    power_log_rule: PowerLogRule = field(default=PowerLogRule.LINEAR, converter=Takes[str])
