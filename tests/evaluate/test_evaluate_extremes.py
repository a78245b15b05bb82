"""Every test that is accepted is evaluated, however extreme: in rows and in tables alike."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf import MemoryRepository, PumpPerformanceService, PumpTest, PumpTestError
from pumpperf.checked import Checked
from pumpperf.fields import describe
from pumpperf.interchange import frames
from pumpperf.lift import READINGS, Duty, EfficiencyChain, quantities
from pumpperf.possible import reason
from sample import WHEN

SIZES = (0.0, 5e-324, 1e-308, 1e-160, 1e-9, 0.5, 1.0, 100.0, 1e9, 1e150, 1e154, 1e300)
EXTREMES = sorted({sign * size for size in (*SIZES, sys.float_info.max) for sign in (1, -1)})
OUTPUTS = {field.name for kind in (Duty, EfficiencyChain) for field in quantities(kind)}
TIMES = st.sampled_from(
    [{}, {"duration_h": 24.0, "runtime_h": 24.0}, {"duration_h": 1e300, "runtime_h": 5e-324}]
)


def extremes(kind: type[Checked]):
    """Any reading of a lift system whose instruments show extremes, and cards of them."""
    drawn = {
        field.name: st.none() | st.sampled_from([x for x in EXTREMES if reason(field, x) is None])
        for field in quantities(kind)
    }
    points = st.lists(st.sampled_from(EXTREMES), min_size=4, max_size=4)
    cards = {field.name: points for field in describe(kind) if field.sequence}
    parts = (st.fixed_dictionaries(some) for some in (drawn, cards))
    held = st.tuples(*parts, st.booleans())
    return held.map(lambda it: kind(**in_order(kind, it[0]), **(it[1] if it[2] else {})))


def in_order(kind, values):
    for low, high in kind.ORDERED:
        if None not in (values[low], values[high]):
            values[low], values[high] = sorted((values[low], values[high]))
    for first, second in kind.TOGETHER:
        if first in values and values.get(second) is None:
            values[first] = None
    return values


@pytest.mark.parametrize("kind", READINGS.values())
@given(data=st.data())
def test_an_accepted_test_is_evaluated(kind, data):
    reading, times = data.draw(extremes(kind)), data.draw(TIMES)
    test = PumpTest(
        pump_test_id="T",
        equipment_id="P",
        test_date=WHEN,
        test_type=data.draw(st.sampled_from(["FIELD", "BENCH"])),
        readings=[reading],
        **times,
    )
    service = PumpPerformanceService(MemoryRepository())
    try:
        service.record_test(test, user_id="ana")
    except PumpTestError:
        return
    result = service.calculate_result("T", user_id="ana")
    efficiency = service.evaluate_efficiency("T", user_id="ana")
    assert service.reproduce(result.run_id) == result
    told = frames.evaluate(frames.to_frame([test])).iloc[0]
    codes = told["findings"].split()
    assert codes == [finding.code for finding in result.findings]
    shown = {
        field.name: getattr(row, field.name)
        for row in (*efficiency.chains, *result.duties)
        for field in quantities(type(row))
    }
    for name in OUTPUTS:
        assert np.isnan(told[name]) if shown[name] is None else told[name] == shown[name], name
    beyond = [one for one in result.findings if one.code == "BEYOND_ANY_NUMBER"]
    for finding in beyond:
        named = finding.words.rpartition(": ")[2].split(", ")
        assert named
        assert [name for name in named if shown[name] is not None] == []
