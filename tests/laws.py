"""How often a law is tried, and the rows that many laws draw."""

from functools import cache

from hypothesis import settings

from pumpperf import testing

rows = cache(testing.rows)
"""The strategy of a class, made once: to make it takes longer than to draw from it."""


def tried(times):
    """So many times where other laws are tried 30 times, and in proportion where they are more."""
    usual = settings.get_profile("laws").max_examples
    return settings(max_examples=max(1, times * settings().max_examples // usual))
