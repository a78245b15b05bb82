"""The names that a record of another Beep project may have, and the notes on their values.

What a name means stands here once. A record lists its names, and those that mean something of their
own in it.
"""

from collections.abc import Mapping

from attrs import frozen

Given = Mapping[str, object]
"""A record as it comes, by the names of its project."""


@frozen
class Reason:
    """Why a value has a note: a code for programs, and words."""

    code: str
    words: str


def not_ours(words: str) -> Reason:
    """Why a number of the source feeds nothing."""
    return Reason("NOT_OURS", f"{words}; it feeds nothing")


@frozen
class FieldNote:
    """The note on one field: why, of which name, at which place with which value."""

    reason: Reason
    name: str
    at: str

    def __str__(self) -> str:
        return f"{self.reason.code}: {self.at}: {self.reason.words}"


@frozen(kw_only=True)
class RecordLayout:
    """The names that a record may have.

    Attributes:
        known: every one of them.
        taken: names at our doors, unit last, by their name.
        noted: the note on a value that is there, by its name.
    """

    known: frozenset[str]
    taken: Mapping[str, str]
    noted: Mapping[str, Reason]


NO_PLACE = Reason("NOT_TAKEN", "no field of our rows holds it")
WISH = Reason("NOT_TAKEN", "a wish of the design, not a measurement")
FIGURE = not_ours("calculated or assumed by the source, not measured")
MIXED = not_ours("wrong where its formula mixes bbl/d with gpm")
CALCULATED = Reason("CALCULATED", "taken over, though the source calculated it: not a measurement")
ZERO = Reason("ZERO", "taken over; the source may hold 0 for a number that was never set")
INACTIVE = Reason("INACTIVE", "the source has retired the record, so our row is not active")
BOTTOM_HOLE = Reason("NOT_TAKEN", "at the bottom of the well, which need not be the pump's intake")
CONDITIONS = Reason("DOUBTFUL", "taken over; at which pressure, the source does not say")
DEPTH = Reason("DOUBTFUL", "taken over as a vertical depth; the source does not say along what")
STROKE = Reason("DOUBTFUL", "taken over as the stroke of the polished rod, not of the plunger")
THEIR_ROW = Reason("NOT_TAKEN", "of their row, not of ours")
PERHAPS_CUT = Reason(
    FIGURE.code, f"{FIGURE.words}; being exactly 0 or 1, it was perhaps cut to that"
)

_TAKEN = {
    "DISPLACEMENT": "stroke_displacement_in3",
    "EquipmentId": "equipment_id",
    "MaintenanceId": "equip_maint_id",
    "OPERATING_FLOW_RATE": "rate_bpd",
    "POWER_FLUID_RATE": "power_fluid_rate_bpd",
    "PRODUCTION_RATE": "rate_bpd",
    "PUMP_DEPTH": "pump_depth_ft",
    "PUMP_DIAMETER": "plunger_diameter_in",
    "PUMP_DISCHARGE_PRESSURE": "discharge_pressure_psia",
    "PUMP_INTAKE_PRESSURE": "intake_pressure_psia",
    "PUMP_SETTING_DEPTH": "pump_depth_ft",
    "STROKES_PER_MINUTE": "speed_spm",
    "STROKE_LENGTH": "stroke_in",
    "Uwi": "uwi",
    "WELLHEAD_PRESSURE": "wellhead_pressure_psia",
    "WELL_UWI": "uwi",
    "WellUWI": "uwi",
}
_OF_THEIR_ROW = (
    "AREA_ID AREA_TYPE BUSINESS_ASSOCIATE_ID EFFECTIVE_DATE EXPIRY_DATE PPDM_GUID ROW_CHANGED_BY "
    "ROW_CHANGED_DATE ROW_CREATED_BY ROW_CREATED_DATE ROW_EFFECTIVE_DATE ROW_EXPIRY_DATE "
    "ROW_QUALITY SOURCE"
)
_NAMES = {
    BOTTOM_HOLE: "BOTTOM_HOLE_PRESSURE BottomHolePressure",
    CALCULATED: "OPERATING_FLOW_RATE PRODUCTION_RATE PUMP_DISCHARGE_PRESSURE PUMP_INTAKE_PRESSURE",
    DEPTH: "PUMP_DEPTH PUMP_SETTING_DEPTH",
    FIGURE: "FRICTION_HORSEPOWER MECHANICAL_EFFICIENCY MOTOR_EFFICIENCY MOTOR_HORSEPOWER "
    "OPERATING_HEAD OVERALL_EFFICIENCY POWER_FLUID_CONSUMPTION PRODUCTION_RATIO PUMP_DISPLACEMENT "
    "PUMP_EFFICIENCY REQUIRED_HORSEPOWER SLIPPAGE SYSTEM_EFFICIENCY TOTAL_FLOW_RATE "
    "VOLUMETRIC_EFFICIENCY",
    MIXED: "HYDRAULIC_HORSEPOWER INPUT_HORSEPOWER POWER_FLUID_HORSEPOWER",
    STROKE: "STROKE_LENGTH",
    THEIR_ROW: _OF_THEIR_ROW,
    WISH: "DESIRED_FLOW_RATE DESIRED_PRODUCTION_RATE TOTAL_DYNAMIC_HEAD",
}
_NOTED = {name: reason for reason, names in _NAMES.items() for name in names.split()}
_HANDLED = (
    "ACTIVE_IND CasingPressure Category Comments DefermentType Description DurationHours "
    "EQUIPMENT_ID EndDate FLUID_DENSITY FLUID_LEVEL FlowingTubingPressure MEASURED_DATE "
    "MEASURED_UOM MEASURED_VALUE MEASUREMENT_TYPE MaintenanceType Notes OilRate OilVolume "
    "POWER_FLUID_PRESSURE PUMP_ID ProductionDate QUALITY_CODE REMARK Reason StartDate WATER_CUT "
    "WaterRate WaterVolume WellheadPressure"
)
_SILENT = {*_TAKEN, *_HANDLED.split()} - _NOTED.keys()


def record_layout(names: str, **own: Reason) -> RecordLayout:
    """The layout of a record.

    Args:
        names: what it may have, with spaces between. One that means nothing to us has no place.
        own: further names, or some of these, by the note that their values have in this record; a
            value of them is not taken over as elsewhere.
    """
    shared = set(names.split()) - own.keys()
    return RecordLayout(
        known=frozenset({*shared, *own}),
        taken={name: _TAKEN[name] for name in shared & _TAKEN.keys()},
        noted={name: _NOTED.get(name, NO_PLACE) for name in shared - _SILENT} | own,
    )


def table_layout(names: str, **own: Reason) -> RecordLayout:
    """The layout of a record of a table class: what every one of them has goes unsaid."""
    return record_layout(f"{names} ACTIVE_IND REMARK {_OF_THEIR_ROW}", **own)


# ---- designs

_WELL = (
    "GAS_OIL_RATIO GAS_SPECIFIC_GRAVITY OIL_GRAVITY TUBING_DIAMETER WATER_CUT WELLHEAD_PRESSURE "
    "WELL_DEPTH"
)
ROD_PROPERTIES = table_layout(
    f"{_WELL} SUCKER_ROD_SYSTEM_PROPERTIES_ID BOTTOM_HOLE_PRESSURE FLUID_DENSITY FLUID_LEVEL "
    "PUMP_DIAMETER PUMP_SETTING_DEPTH ROD_DENSITY ROD_DIAMETER STROKES_PER_MINUTE STROKE_LENGTH",
    PUMP_EFFICIENCY=Reason("NOT_OURS", "a volumetric efficiency that was assumed"),
)
ROD_RESULT = table_layout(
    "SUCKER_ROD_FLOW_RATE_POWER_RESULT_ID SUCKER_ROD_SYSTEM_PROPERTIES_ID FRICTION_HORSEPOWER "
    "MOTOR_HORSEPOWER PRODUCTION_RATE PUMP_DISPLACEMENT SYSTEM_EFFICIENCY VOLUMETRIC_EFFICIENCY",
    ENERGY_CONSUMPTION=not_ours("kWh a day of a total that counts lift and friction twice"),
    HYDRAULIC_HORSEPOWER=not_ours(
        "from bottom-hole less wellhead pressure over an efficiency, which is no hydraulic power"
    ),
    POLISHED_ROD_HORSEPOWER=not_ours(
        "load range times stroke, which bounds the card and is not its area"
    ),
    TOTAL_HORSEPOWER=not_ours("counts lift and friction twice"),
)
ESP_PROPERTIES = table_layout(
    f"{_WELL} ESP_DESIGN_PROPERTIES_ID BOTTOM_HOLE_TEMPERATURE CASING_DIAMETER DESIRED_FLOW_RATE "
    "PUMP_SETTING_DEPTH TOTAL_DYNAMIC_HEAD"
)
_CHOSEN = not_ours("chosen or calculated for the design, not measured")
ESP_RESULT = table_layout(
    "ESP_DESIGN_RESULT_ID ESP_DESIGN_PROPERTIES_ID CABLE_LENGTH CABLE_SIZE MOTOR_EFFICIENCY "
    "OPERATING_FLOW_RATE OPERATING_HEAD PUMP_EFFICIENCY PUMP_STAGES REQUIRED_HORSEPOWER "
    "SYSTEM_EFFICIENCY",
    MOTOR_CURRENT=not_ours("calculated without the root of 3 of three phases"),
    MOTOR_HORSEPOWER=_CHOSEN,
    MOTOR_VOLTAGE=_CHOSEN,
    PERFORMANCE_POINTS=Reason("NOT_TAKEN", "the curve of a design, not points of a test"),
    POWER_CONSUMPTION=not_ours("documented as kW, returned in hp by the API"),
)
HYDRAULIC_WELL = table_layout(
    f"{_WELL} HYDRAULIC_PUMP_WELL_PROPERTIES_ID BOTTOM_HOLE_PRESSURE BOTTOM_HOLE_TEMPERATURE "
    "CASING_DIAMETER DESIRED_PRODUCTION_RATE PUMP_DEPTH RESERVOIR_TEMPERATURE "
    "WELLHEAD_TEMPERATURE WELL_UWI"
)
_HYDRAULIC_PUMP = (
    "HYDRAULIC_PUMP_WELL_PROPERTIES_ID MANUFACTURER POWER_FLUID_PRESSURE POWER_FLUID_RATE "
    "POWER_FLUID_SPECIFIC_GRAVITY PUMP_ID"
)
_GEOMETRY = Reason(
    "NOT_TAKEN", "single or double acting is not said: DISPLACEMENT alone is taken over"
)
PISTON = table_layout(
    f"{_HYDRAULIC_PUMP} HYDRAULIC_PISTON_PUMP_PROPERTIES_ID DISPLACEMENT MECHANICAL_EFFICIENCY "
    "STROKES_PER_MINUTE VOLUMETRIC_EFFICIENCY",
    PISTON_DIAMETER=_GEOMETRY,
    ROD_DIAMETER=_GEOMETRY,
    STROKE_LENGTH=_GEOMETRY,
)
JET = table_layout(
    f"{_HYDRAULIC_PUMP} HYDRAULIC_JET_PUMP_PROPERTIES_ID DIFFUSER_DIAMETER NOZZLE_DIAMETER "
    "PRODUCTION_FLUID_TYPE THROAT_DIAMETER",
    PUMP_DEPTH=Reason("NOT_TAKEN", "the depth of the well's properties is, if they have one"),
)
_LIFTED = (
    "HYDRAULIC_HORSEPOWER POWER_FLUID_HORSEPOWER PRODUCTION_RATE PUMP_DISCHARGE_PRESSURE "
    "PUMP_INTAKE_PRESSURE SYSTEM_EFFICIENCY"
)
PISTON_RESULT = table_layout(
    f"{_LIFTED} HYDRAULIC_PISTON_PUMP_RESULT_ID HYDRAULIC_PISTON_PUMP_PROPERTIES_ID "
    "INPUT_HORSEPOWER MECHANICAL_EFFICIENCY OVERALL_EFFICIENCY POWER_FLUID_CONSUMPTION "
    "PUMP_DISPLACEMENT SLIPPAGE VOLUMETRIC_EFFICIENCY"
)
JET_RESULT = table_layout(
    f"{_LIFTED} HYDRAULIC_JET_PUMP_RESULT_ID HYDRAULIC_JET_PUMP_PROPERTIES_ID PRODUCTION_RATIO "
    "PUMP_EFFICIENCY TOTAL_FLOW_RATE"
)

# ---- operations

WELL_PRODUCTION = record_layout(
    "BottomHolePressure CasingPressure Comments FlowingTubingPressure GasRate GasVolume OilRate "
    "OilVolume OperationalStatus ProductionDate WaterRate WaterVolume WellUWI WellheadPressure"
)
DOWNTIME = record_layout("Category DurationHours EndDate Reason StartDate")
DEFERMENT = record_layout(
    "DefermentType EndDate Reason Uwi",
    DeferredVolumeBoepd=Reason(
        "NOT_TAKEN", "oil equivalent of an unstated ratio to gas; it stands in the remark"
    ),
    FluidType=Reason("NOT_TAKEN", "it stands in the remark"),
    StartDate=Reason(
        "DOUBTFUL", "taken over as a stop of the pump, though it may only be held back"
    ),
)
MAINTENANCE = record_layout(
    "Description EquipmentId EquipmentType MaintenanceId MaintenanceType Notes PartsReplaced "
    "PerformedBy",
    Cost=Reason("NOT_TAKEN", "a cost without a currency"),
    DowntimeHours=Reason(
        "ROUNDED", "whole hours without begin or end: no downtime is made of them"
    ),
    MaintenanceDate=Reason(
        "DOUBTFUL", "taken over as the begin; when the pump failed, the source does not say"
    ),
)
MEASUREMENT = table_layout(
    "DETAILS_JSON EQUIPMENT_ID FACILITY_ID FACILITY_TYPE MEASURED_DATE MEASURED_UOM MEASURED_VALUE "
    "MEASUREMENT_ID MEASUREMENT_TYPE QUALITY_CODE SOURCE_SYSTEM",
    REMARK=NO_PLACE,
)
