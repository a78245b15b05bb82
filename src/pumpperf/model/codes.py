"""The codes that rows use, in the library's own wording.

Failure mode, mechanism and cause follow the division of ISO 14224:2016, annex B (what is seen at
the equipment, what physically led to it, why that could happen); the codes are quoted from memory
of that edition and their wording is ours.
"""

from enum import StrEnum


class TestType(StrEnum):
    """Where a pump test was made."""

    __test__ = False

    BENCH = "BENCH"
    """On a test bench, the pump running all of the time."""
    FIELD = "FIELD"
    """In the well, or at the installed pump."""


class DowntimeType(StrEnum):
    """Whose downtime it is."""

    PLANNED = "PLANNED"
    UNPLANNED = "UNPLANNED"
    EXTERNAL = "EXTERNAL"
    """From outside the pump and its well: mains, pipeline, weather, market."""


class PowerLogRule(StrEnum):
    """How a power log was written: what a sample says of the time beside it."""

    LINEAR = "LINEAR"
    """The power at its time; between two samples it goes along a straight line."""

    HOLD = "HOLD"
    """The power from its time on, written when it changes."""

    MEAN_FROM = "MEAN_FROM"
    """The mean power from its time until that of the next sample."""

    MEAN_UNTIL = "MEAN_UNTIL"
    """The mean power since the time of the sample before it."""


class FailureSubunit(StrEnum):
    """The part of the lift system that failed."""

    PUMP = "PUMP"
    GAS_HANDLING = "GAS_HANDLING"
    MOTOR = "MOTOR"
    SEAL = "SEAL"
    CABLE = "CABLE"
    ROD_STRING = "ROD_STRING"
    TUBING = "TUBING"
    SURFACE_DRIVE = "SURFACE_DRIVE"
    POWER_FLUID = "POWER_FLUID"
    CONTROL = "CONTROL"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class FailureMode(StrEnum):
    """How the failure showed itself."""

    FAIL_TO_START = "FTS"
    FAIL_TO_STOP = "STP"
    SPURIOUS_STOP = "SPS"
    BREAKDOWN = "BRD"
    HIGH_OUTPUT = "HIO"
    LOW_OUTPUT = "LOO"
    ERRATIC_OUTPUT = "ERO"
    EXTERNAL_LEAK_PROCESS = "ELP"
    EXTERNAL_LEAK_UTILITY = "ELU"
    INTERNAL_LEAK = "INL"
    VIBRATION = "VIB"
    NOISE = "NOI"
    OVERHEATING = "OHE"
    PLUGGED = "PLU"
    PARAMETER_DEVIATION = "PDE"
    ABNORMAL_INSTRUMENT_READING = "AIR"
    STRUCTURAL_DEFICIENCY = "STD"
    MINOR_IN_SERVICE = "SER"
    OTHER = "OTH"
    UNKNOWN = "UNK"


class FailureMechanism(StrEnum):
    """The process that led to the failure."""

    MECHANICAL = "MECHANICAL"
    LEAKAGE = "LEAKAGE"
    VIBRATION = "VIBRATION"
    LOOSENESS = "LOOSENESS"
    STICKING = "STICKING"
    MATERIAL = "MATERIAL"
    CORROSION = "CORROSION"
    EROSION = "EROSION"
    WEAR = "WEAR"
    BREAKAGE = "BREAKAGE"
    FATIGUE = "FATIGUE"
    OVERHEATING = "OVERHEATING"
    INSTRUMENT = "INSTRUMENT"
    ELECTRICAL = "ELECTRICAL"
    SHORT_CIRCUIT = "SHORT_CIRCUIT"
    OPEN_CIRCUIT = "OPEN_CIRCUIT"
    EARTH_FAULT = "EARTH_FAULT"
    BLOCKAGE = "BLOCKAGE"
    CONTAMINATION = "CONTAMINATION"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class FailureCause(StrEnum):
    """Why the process could take hold."""

    DESIGN = "DESIGN"
    FABRICATION_OR_INSTALLATION = "FABRICATION_OR_INSTALLATION"
    OPERATION_OR_MAINTENANCE = "OPERATION_OR_MAINTENANCE"
    MANAGEMENT = "MANAGEMENT"
    EXPECTED_WEAR = "EXPECTED_WEAR"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"


class Severity(StrEnum):
    """How much a finding weighs."""

    INFO = "INFO"
    """Something is absent, and this is why."""
    ASSUMPTION = "ASSUMPTION"
    """A number rests on something that nobody measured, and this is what."""
    WARNING = "WARNING"
    """The numbers stand, and an engineer should not believe them before looking."""
    ERROR = "ERROR"
    """There is nothing to evaluate: the use case stops."""


class ResultStatus(StrEnum):
    """Whether a result may be believed, from the best to the worst."""

    PLAUSIBLE = "PLAUSIBLE"
    """It was checked, and nothing was told above information."""
    ASSUMED = "ASSUMED"
    """It was checked and nothing is suspect, but a number rests on an assumption that is told."""
    NOT_CHECKED = "NOT_CHECKED"
    """No plausibility check had its inputs, and nothing is suspect."""
    SUSPECT = "SUSPECT"
    """It carries at least one warning."""
