"""The names that a record of another Beep project may have, and what is told of their values."""

from collections.abc import Collection, Mapping

from attrs import field, frozen


@frozen
class Tell:
    """Why something is told: a code for programs, and words."""

    code: str
    words: str


NO_PLACE = Tell("NOT_TAKEN", "no field of our rows holds it")
WISH = Tell("NOT_TAKEN", "a wish of the design, not a measurement")
FIGURE = Tell("NOT_OURS", "calculated or assumed by the source, not measured; it feeds nothing")
CALCULATED = Tell("CALCULATED", "taken over, though the source calculated it: not a measurement")
ZERO = Tell("ZERO", "taken over; the source may hold 0 for a number that was never set")
INACTIVE = Tell("INACTIVE", "the source has retired the record, so our row is not active")
BOTTOM_HOLE = Tell("NOT_TAKEN", "at the bottom of the well, which need not be the pump's intake")
CONDITIONS = Tell("DOUBTFUL", "taken over; at which pressure, the source does not say")
DEPTH = Tell("DOUBTFUL", "taken over as a vertical depth; the source does not say along what")
PERHAPS_CUT = Tell(FIGURE.code, f"{FIGURE.words}; being exactly 0 or 1, it was perhaps cut to that")

STANDARD: Mapping[str, Tell] = dict.fromkeys(
    (
        "AREA_ID",
        "AREA_TYPE",
        "BUSINESS_ASSOCIATE_ID",
        "EFFECTIVE_DATE",
        "EXPIRY_DATE",
        "PPDM_GUID",
        "ROW_CHANGED_BY",
        "ROW_CHANGED_DATE",
        "ROW_CREATED_BY",
        "ROW_CREATED_DATE",
        "ROW_EFFECTIVE_DATE",
        "ROW_EXPIRY_DATE",
        "ROW_QUALITY",
        "SOURCE",
    ),
    Tell("NOT_TAKEN", "of their row, not of ours"),
)
"""What every table class has beside `ACTIVE_IND` and `REMARK`."""
SEEN = ("ACTIVE_IND", "REMARK")


@frozen(kw_only=True)
class Shape:
    """The names that a record may have.

    Attributes:
        taken: names at our doors, unit last, by their name.
        told: what to say of a value that is there, by their name.
        seen: names that the one who reads the record looks at.
    """

    taken: Mapping[str, str] = field(factory=dict[str, str])
    told: Mapping[str, Tell]
    seen: Collection[str] = ()

    @property
    def known(self) -> set[str]:
        """Every name that is theirs."""
        return {*self.taken, *self.told, *self.seen}


@frozen
class Note:
    """One thing told: why, of which name, at which place with which value."""

    tell: Tell
    name: str
    at: str

    def __str__(self) -> str:
        return f"{self.tell.code}: {self.at}: {self.tell.words}"
