"""What the designs of all lift systems share when they are taken in as pump tests."""

import datetime as dt
from itertools import pairwise

from attrs import asdict, frozen

from pumpperf.interchange.beep.ambiguous import take_water_cut
from pumpperf.interchange.beep.layouts import Given, RecordLayout
from pumpperf.interchange.beep.received import (
    Draft,
    Received,
    drafted,
    joined,
    must_agree,
    received_test,
)
from pumpperf.lift import SharedReading
from pumpperf.model import PumpTest, TestType


@frozen(kw_only=True)
class PumpTestHeader:
    """What the records of a design do not hold of the test that is made of them.

    Attributes:
        pump_test_id: of our row.
        equipment_id: the pump.
        source: of our row.
        test_date: when the test ended, with its UTC offset.
        test_type: bench or field.
        duration_h: length of the test, if it is known.
        runtime_h: hours in which the pump ran in that time, if they are known; all of them beside
            a rate that the source calculated, which is that of a running pump.
        uwi: the well, if it hangs in one and the records do not say it.
    """

    pump_test_id: str
    equipment_id: str
    source: str
    test_date: dt.datetime
    test_type: TestType | str
    duration_h: float | None
    runtime_h: float | None
    uwi: str | None = None


def design_drafts(*records: tuple[str, Given, RecordLayout]) -> list[Draft]:
    """Drafts of the records of one design.

    Args:
        records: place, values and layout of each; the first one holds the water cut, and each
            names the properties of the one before.
    """
    drafts = [drafted(record, layout, path=f"$.{place}") for place, record, layout in records]
    known = [layout.known for _, _, layout in records]
    for (before, draft), (those, these) in zip(pairwise(drafts), pairwise(known), strict=True):
        (key,) = (name for name in those & these if name.endswith("_PROPERTIES_ID"))
        must_agree(key, before, draft)
    take_water_cut(drafts[0])
    return drafts


def design_test(
    reading: type[SharedReading], drafts: list[Draft], header: PumpTestHeader
) -> Received[PumpTest]:
    """A pump test with one reading, of the drafts of a design.

    Args:
        reading: of which lift system.
        drafts: of its records.
        header: what they do not hold.

    Raises:
        RowError: with every fault of the records.
    """
    remarks = [draft.text("REMARK") for draft in drafts]
    whole = joined(*drafts)
    uwi = whole.cells.get("uwi", header.uwi)
    if header.uwi not in (None, uwi):
        whole.faults.append(f"{whole.origins['uwi']}: expected {header.uwi!r}, as the caller says")
        uwi = header.uwi
    whole.cells.update(asdict(header), uwi=uwi)
    return received_test(reading, whole, remarks)
