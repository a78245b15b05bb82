"""The bounds of faults are those that the pages state, and each fault can be seen whole."""

import math
import re
from pathlib import Path

import pytest

from pumpperf.lift import esp, hydraulic_piston, pcp, rod
from pumpperf.lift.evidence import strengths

DOCS = Path(__file__).parents[2] / "docs"
SYSTEMS = {"esp": esp, "hydraulic_piston": hydraulic_piston, "pcp": pcp, "rod": rod}
SIGN = r"`(\w+)` (?:at least (\S+)|at most (\S+)|(\S+) to (\S+))"


def stated(page):
    """(fault, needed, feature, low, high) of every sign in a page's tables of bounds."""
    for line in page.splitlines():
        row = re.fullmatch(r"\| `([A-Z_]+)` \| (`[a-z].*?) \|(.*)\|", line)
        for needed, cell in ((True, row[2]), (False, row[3])) if row else ():
            for sign in filter(None, cell.strip().split("; ")):
                feature, least, most, low, high = re.fullmatch(SIGN, sign).groups()
                yield (
                    row[1],
                    needed,
                    feature,
                    float(least or low or -math.inf),
                    float(most or high or math.inf),
                )


@pytest.mark.parametrize("name", ["esp", "rod"])
def test_bounds_are_those_of_the_page(name):
    in_code = [
        (fault.code, needed, sign.feature, sign.low, sign.high)
        for fault in SYSTEMS[name].FAULTS
        for needed, signs in ((True, fault.needs), (False, fault.supports))
        for sign in signs
    ]
    assert list(stated((DOCS / f"{name}.md").read_text(encoding="utf-8"))) == in_code


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_there_is_a_pump_that_shows_all_signs_of_each_fault(system):
    for fault in system.FAULTS:
        ends = {}
        for sign in fault.signs:
            low, high = ends.get(sign.feature, (-math.inf, math.inf))
            ends[sign.feature] = max(low, sign.low), min(high, sign.high)
        for feature, (low, high) in ends.items():
            assert low < high, (fault.code, feature)
        shown = {
            feature: low if high == math.inf else high if low == -math.inf else (low + high) / 2.0
            for feature, (low, high) in ends.items()
        }
        assert strengths([fault], shown)[fault.code] == 1.0
