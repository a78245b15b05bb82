"""Named, dated, sourced sets of the constants that a judgement needs.

A published set is never edited: a better value is a new set with a new name, and a result says
which one it used. To judge otherwise, make your own:

>>> import attrs
>>> strict = attrs.evolve(PUMPPERF_2026, name="OUR_FIELD_2026", lowest_plausible_efficiency=0.10)
"""

import datetime as dt

from attrs import frozen

from pumpperf.errors import ArgumentError


@frozen(kw_only=True)
class Assumptions:
    """One set of constants, by which evaluations judge.

    Attributes:
        name: of the set; results keep it.
        effective_date: since when it stands.
        source: where its values come from.
        lowest_plausible_efficiency: a link of the chain below it is looked at.
        longest_pairing_gap_h: rate and power further apart are not of one test.
        half_duty_low: from here to `half_duty_high` a rate over displacement may be a pump that
            runs half of the time.
        half_duty_high: see there.
        disagreement: two ways to one number may differ by this share of it.
        level_disagreement: the same for gauge against fluid level, whose column holds gas.
        unit_band: how near a ratio must come to a conversion factor to look like one.
        mtbf_level: confidence level of the two-sided MTBF interval.
        longest_power_gap_h: longer steps of a power log are gaps.
        downtime_priority: which class an instant belongs to when events overlap.
    """

    name: str
    effective_date: dt.date
    source: str
    lowest_plausible_efficiency: float
    longest_pairing_gap_h: float
    half_duty_low: float
    half_duty_high: float
    disagreement: float
    level_disagreement: float
    unit_band: float
    mtbf_level: float
    longest_power_gap_h: float
    downtime_priority: tuple[str, ...]


PUMPPERF_2026 = Assumptions(
    name="PUMPPERF_2026",
    effective_date=dt.date(2026, 11, 22),
    source="judgement of this library's authors; MTBF level as NIST/SEMATECH e-Handbook 8.4.5.1",
    lowest_plausible_efficiency=0.03,
    longest_pairing_gap_h=72.0,
    half_duty_low=0.4,
    half_duty_high=0.6,
    disagreement=0.05,
    level_disagreement=0.15,
    unit_band=0.15,
    mtbf_level=0.9,
    longest_power_gap_h=2.0,
    downtime_priority=("EXTERNAL", "PLANNED", "UNPLANNED"),
)

PUBLISHED = {PUMPPERF_2026.name: PUMPPERF_2026}


def named(name: str, own: Assumptions) -> Assumptions:
    """The set of that name: the caller's own if it is so called, else a published one.

    Raises:
        ArgumentError: no set of that name is known.

    >>> named("PUMPPERF_2026", PUMPPERF_2026) is PUMPPERF_2026
    True
    """
    if own.name == name:
        return own
    if name not in PUBLISHED:
        raise ArgumentError(
            f"assumptions {name!r} are not known: give the service the set that the run used"
        )
    return PUBLISHED[name]
