"""The fewest that are enough, against counting up one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.reliability.wholes import fewest

CASES = st.lists(
    st.tuples(st.integers(0, 60), st.floats(-5.0, 1e3), st.integers(0, 40)), max_size=8
)


@given(cases=CASES)
def test_the_fewest_are_those_of_counting_up(cases):
    limit, start, least = np.array(cases, dtype=np.float64).reshape(-1, 3).T
    asked = []

    def enough(k, its):
        asked.append(k.size)
        assert (k >= least[its]).all()
        return k >= limit[its]

    found = fewest(enough=enough, start=start, least=least)
    assert found.tolist() == [max(own, lowest) for own, _, lowest in cases]
    assert asked == sorted(asked, reverse=True)


def test_numbers_beyond_the_whole_floats_are_found_to_their_spacing():
    limit = np.array([2.0**60 + 512.0, 3.0, 2.0**53])
    found = fewest(
        enough=lambda k, its: k >= limit[its],
        start=np.array([2.0**60, 1e17, 0.0]),
        least=np.zeros(3),
    )
    assert found.tolist() == limit.tolist()


def test_a_near_start_asks_twice():
    asked = []

    def enough(k, its):
        asked.append(k[0])
        return k >= 1e9

    assert fewest(enough=enough, start=np.array([1e9]), least=np.zeros(1)).tolist() == [1e9]
    assert asked == [1e9, 1e9 - 1.0]
