"""What a centrifugal pump does at another speed or with a liquid of another density."""

from __future__ import annotations

from pumpperf.numeric import Reals, ratio
from pumpperf.units import FOOT, GALLON_PER_MINUTE, SECONDS_PER_DAY

US_PER_METRIC_SPECIFIC_SPEED: float = (SECONDS_PER_DAY / GALLON_PER_MINUTE) ** 0.5 * FOOT**0.75


def affinity_rate_m3d(*, rate_m3d: Reals, speed_ratio: Reals | float) -> Reals:
    """Rate [m3/d] at the same point of the curve at another speed.

    q2 = q1 (n2/n1)

    Args:
        rate_m3d: rate at the first speed [m3/d].
        speed_ratio: second speed over first, same impeller; trusted from 0.5 to 1.2.

    Source: Crane TP-410, example 7.33: 400 gpm at 3500 rpm is 194.3 gpm at 1700 rpm.

    >>> affinity_rate_m3d(rate_m3d=400.0, speed_ratio=1700 / 3500)
    194.286
    """
    return rate_m3d * speed_ratio


def affinity_head_m(*, head_m: Reals, speed_ratio: Reals | float) -> Reals:
    """Head [m] at the same point of the curve at another speed; it knows no density.

    H2 = H1 (n2/n1)^2

    Args:
        head_m: head at the first speed [m].
        speed_ratio: second speed over first, same impeller; trusted from 0.5 to 1.2.

    Source: Crane TP-410, example 7.33: 126 ft at 3500 rpm are 29.726 ft at 1700 rpm.

    >>> affinity_head_m(head_m=126.0, speed_ratio=1700 / 3500)
    29.726
    """
    return head_m * (speed_ratio * speed_ratio)


def affinity_power_kw(*, power_kw: Reals, speed_ratio: Reals | float) -> Reals:
    """Shaft power [kW] at the same point of the curve at another speed.

    P2 = P1 (n2/n1)^3

    Args:
        power_kw: shaft power at the first speed [kW].
        speed_ratio: second speed over first, same impeller; trusted from 0.5 to 1.2.

    Source: Crane TP-410, example 7.33: 17.5 hp at 3500 rpm are 2.0053 hp at 1700 rpm.

    >>> affinity_power_kw(power_kw=17.5, speed_ratio=1700 / 3500)
    2.0053
    """
    return power_kw * (speed_ratio * speed_ratio * speed_ratio)


def density_power_kw(*, power_kw: Reals, density_ratio: Reals | float) -> Reals:
    """Shaft power [kW] with a liquid of another density: rate, head and efficiency stay.

    P2 = P1 (rho2/rho1)

    Args:
        power_kw: shaft power with the first liquid [kW].
        density_ratio: density of the second liquid over that of the first.

    Source: first principles, P = rho g q H / eta; 850 against 998 kg/m3: 0.8517.

    >>> density_power_kw(power_kw=1.0, density_ratio=850 / 998)
    0.8517
    """
    return power_kw * density_ratio


def specific_speed(*, rate_m3d: Reals, head_m: Reals | float, speed_rpm: Reals | float) -> Reals:
    """Specific speed n_q, metric: rpm, m3/s, m.

    n_q = n Q^(1/2) / H^(3/4) = n (Q |Q| / H^3)^(1/4)

    Args:
        rate_m3d: best-efficiency rate of one suction eye [m3/d].
        head_m: best-efficiency head of one stage [m].
        speed_rpm: speed [rpm].

    Returns:
        The number; NaN where rate and head differ in sign or one is 0.

    Source: fluids (C. Bell), test_pump: 0.0402 m3/s, 100 m, 3550 rpm: 22.50823.

    >>> specific_speed(rate_m3d=0.0402 * 86400, head_m=100.0, speed_rpm=3550.0)
    22.50823
    """
    rate: Reals = rate_m3d / SECONDS_PER_DAY
    size: Reals = abs(rate)  # pyright: ignore[reportAssignmentType]  # abs keeps the shape
    under_root = ratio(rate * size, head_m * head_m * head_m)
    twice: Reals = under_root + abs(under_root)  # pyright: ignore[reportAssignmentType]  # as above
    known = ratio(under_root * twice, twice)
    root: Reals = known**0.25  # pyright: ignore[reportAssignmentType]  # float**float
    return root * speed_rpm


def us_specific_speed(*, specific_speed: Reals) -> Reals:
    """Specific speed N_s as the United States write it: rpm, gal/min, ft.

    N_s = n_q (15850.3 gal/min)^(1/2) / (3.28084 ft)^(3/4) = 51.65 n_q

    Args:
        specific_speed: n_q in rpm, m3/s, m.

    Source: the units' definitions; HI rounds to 51.64, and 30 are 1549.3.

    >>> us_specific_speed(specific_speed=30.0)
    1549.4
    """
    return specific_speed * US_PER_METRIC_SPECIFIC_SPEED
