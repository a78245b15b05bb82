"""The names that a record of another Beep project may have, and the notes on their values."""

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Reason:
    """Why a value has a note: a code for programs, and words."""

    code: str
    words: str


def not_ours(words: str) -> Reason:
    """Why a number of the source feeds nothing."""
    return Reason("NOT_OURS", f"{words}; it feeds nothing")


NO_PLACE = Reason("NOT_TAKEN", "no field of our rows holds it")
WISH = Reason("NOT_TAKEN", "a wish of the design, not a measurement")
FIGURE = not_ours("calculated or assumed by the source, not measured")
CALCULATED = Reason("CALCULATED", "taken over, though the source calculated it: not a measurement")
ZERO = Reason("ZERO", "taken over; the source may hold 0 for a number that was never set")
INACTIVE = Reason("INACTIVE", "the source has retired the record, so our row is not active")
BOTTOM_HOLE = Reason("NOT_TAKEN", "at the bottom of the well, which need not be the pump's intake")
CONDITIONS = Reason("DOUBTFUL", "taken over; at which pressure, the source does not say")
DEPTH = Reason("DOUBTFUL", "taken over as a vertical depth; the source does not say along what")
PERHAPS_CUT = Reason(
    FIGURE.code, f"{FIGURE.words}; being exactly 0 or 1, it was perhaps cut to that"
)

STANDARD: Mapping[str, Reason] = dict.fromkeys(
    (
        *("AREA_ID", "AREA_TYPE", "BUSINESS_ASSOCIATE_ID", "EFFECTIVE_DATE", "EXPIRY_DATE"),
        *("PPDM_GUID", "ROW_CHANGED_BY", "ROW_CHANGED_DATE", "ROW_CREATED_BY", "ROW_CREATED_DATE"),
        *("ROW_EFFECTIVE_DATE", "ROW_EXPIRY_DATE", "ROW_QUALITY", "SOURCE"),
    ),
    Reason("NOT_TAKEN", "of their row, not of ours"),
)
"""What every table class has beside `ACTIVE_IND` and `REMARK`."""


@frozen(kw_only=True)
class RecordLayout:
    """The names that a record may have; a text holds several, with spaces between.

    Attributes:
        taken: names at our doors, unit last, by their name.
        noted: the note on a value that is there, by its name.
        no_place: names whose values no row of ours holds.
        figures: names of what the source calculated or assumed.
        handled: names that the function looks at which reads the record.
    """

    taken: Mapping[str, str] = field(factory=dict[str, str])
    noted: Mapping[str, Reason] = field(factory=dict[str, Reason])
    no_place: str = ""
    figures: str = ""
    handled: str = ""

    @property
    def reasons(self) -> dict[str, Reason]:
        """The note on every value that has one, by its name."""
        unused = dict.fromkeys(self.no_place.split(), NO_PLACE)
        return {**unused, **dict.fromkeys(self.figures.split(), FIGURE), **self.noted}

    @property
    def known(self) -> set[str]:
        """Every name that is theirs."""
        return {*self.taken, *self.reasons, *self.handled.split()}


@frozen(kw_only=True)
class TableLayout(RecordLayout):
    """The names that a record of a table class may have: what every one of them has goes unsaid."""

    @property
    def reasons(self) -> dict[str, Reason]:
        """The note on every value that has one, by its name."""
        return {**STANDARD, **super().reasons}

    @property
    def known(self) -> set[str]:
        """Every name that is theirs."""
        return {*super().known, "ACTIVE_IND", "REMARK"}


@frozen
class FieldNote:
    """The note on one field: why, of which name, at which place with which value."""

    reason: Reason
    name: str
    at: str

    def __str__(self) -> str:
        return f"{self.reason.code}: {self.at}: {self.reason.words}"
