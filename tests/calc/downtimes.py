"""Stops as the tests of downtime draw them."""

from hypothesis import strategies as st

PRIORITY = ("external", "planned", "unplanned")


def stops(begin, length, group, most):
    """So many stops at the most: the begin, the length, the class and the group of each."""
    stop = st.tuples(begin, length, st.sampled_from(PRIORITY), st.sampled_from(group))
    return st.lists(stop, max_size=most)
