"""What a viscous liquid makes of a centrifugal pump's water curve: ANSI/HI 9.6.7.

All factors stand on the water curve's best-efficiency point (BEP) at the running speed, with the
head of one stage. Outside the standard's range the numbers come out all the same, with a flag.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.inputs import same_index
from pumpperf.calc.scalars import one_of
from pumpperf.calc.similarity import specific_speed, us_specific_speed
from pumpperf.numeric import BoolArray, FloatArray, positive, ratio, within
from pumpperf.results import Result
from pumpperf.units import CUBIC_METRE_PER_HOUR, FOOT, GALLON_PER_MINUTE

Edition = Literal[2004, 2021]

LARGEST_VISCOSITY_MM2S: dict[Edition, float] = {2004: 3000.0, 2021: 4000.0}
LARGEST_PARAMETER = 40.0
LARGEST_US_SPECIFIC_SPEED = 3000.0
TESTED_RATES_M3D = (13.0 * GALLON_PER_MINUTE, 1140.0 * GALLON_PER_MINUTE)
TESTED_HEADS_M = (20.0 * FOOT, 430.0 * FOOT)


class Factors(Result):
    """What viscosity makes of a water curve.

    Attributes:
        parameter: B.
        rate_factor: C_Q.
        head_factor: C_H.
        efficiency_factor: C_eta.
    """

    parameter: FloatArray
    rate_factor: FloatArray
    head_factor: FloatArray
    efficiency_factor: FloatArray


class ViscosityFactors(Factors):
    """The factors of ANSI/HI 9.6.7, viscous over water.

    Attributes:
        parameter: B.
        rate_factor: C_Q, on every rate of the water curve.
        head_factor: C_H, on the head at the asked rate.
        efficiency_factor: C_eta, on every efficiency.
        power_factor: C_Q C_H / C_eta, on the shaft power at the asked rate, beside the density.
        viscosity_in_range: 1 < nu < 4000 mm2/s (2021) or 3000 (2004).
        parameter_in_range: B < 40.
        specific_speed_in_range: below 3000 in US units.
        in_test_data: BEP within the standard's tests, 13..1140 gal/min and 20..430 ft a stage.
    """

    power_factor: FloatArray
    viscosity_in_range: BoolArray
    parameter_in_range: BoolArray
    specific_speed_in_range: BoolArray
    in_test_data: BoolArray


class WaterDuty(Factors):
    """The water duty by which a pump for a viscous duty is chosen.

    Attributes:
        parameter: B, from the viscous duty.
        rate_factor: C_Q.
        head_factor: C_H, taken equal to C_Q.
        efficiency_factor: C_eta.
        rate_m3d: water rate to look for.
        head_m: water head to look for.
        viscosity_in_range: as in `ViscosityFactors`.
        parameter_in_range: as in `ViscosityFactors`.
    """

    rate_m3d: FloatArray
    head_m: FloatArray
    viscosity_in_range: BoolArray
    parameter_in_range: BoolArray


def viscosity_factors(
    *,
    bep_rate_m3d: ArrayLike,
    bep_head_m: ArrayLike,
    speed_rpm: ArrayLike,
    kinematic_viscosity_mm2s: ArrayLike,
    rate_over_bep: ArrayLike,
    edition: Edition,
) -> ViscosityFactors:
    """What the liquid's viscosity makes of rate, head, efficiency and power of a known pump.

    B = 16.5 nu^0.5 H^0.0625 / (Q^0.375 n^0.25),  Q in m3/h
    C_Q = exp(-0.165 (log10 B)^3.15),  C_eta = B^(-0.0547 B^0.69),  both 1 for B <= 1
    C_H = 1 - (1 - C_Q) (q/q_BEP)^0.75,  C_P = C_Q C_H / C_eta

    That C_eta is 1 for B <= 1 is what open copies say, "no correction"; unconfirmed against a
    purchased copy of the later editions. Numbers too large to reckon with come out as inf or NaN.

    Args:
        bep_rate_m3d: water rate at the BEP and the running speed [m3/d], above 0.
        bep_head_m: water head of one stage there [m].
        speed_rpm: running speed [rpm], above 0.
        kinematic_viscosity_mm2s: of the liquid [mm2/s = cSt].
        rate_over_bep: water rate at which C_H is asked, over that of the BEP, at least 0; 1 at it.
        edition: of the standard; it sets the range of viscosity that is flagged.

    Raises:
        ArgumentError: the edition is none of those known.

    Source: ANSI/HI 9.6.7, worked example: 110 m3/h, 77 m, 2950 rpm and 120 mm2/s give B = 5.52,
        C_Q = 0.938, C_eta = 0.738 and, at 60 % of the rate, C_H = 0.958. Read in open copies of
        the standard; tested range by eng-software.com, knowledge base 134 (edition 2004).

    >>> found = viscosity_factors(
    ...     bep_rate_m3d=110 * 24,
    ...     bep_head_m=77,
    ...     speed_rpm=2950,
    ...     kinematic_viscosity_mm2s=120,
    ...     rate_over_bep=0.6,
    ...     edition=2021,
    ... )
    >>> found.parameter, found.rate_factor, found.head_factor, found.efficiency_factor
    (array(5.52), array(0.938), array(0.958), array(0.738))
    """
    same_index(
        bep_rate_m3d=bep_rate_m3d,
        bep_head_m=bep_head_m,
        speed_rpm=speed_rpm,
        kinematic_viscosity_mm2s=kinematic_viscosity_mm2s,
        rate_over_bep=rate_over_bep,
    )
    largest = _largest_viscosity_mm2s(edition)
    with np.errstate(all="ignore"):  # numbers beyond any pump's come out as inf or NaN
        rate, head = positive(bep_rate_m3d), positive(bep_head_m)
        speed, viscosity = positive(speed_rpm), _not_negative(kinematic_viscosity_mm2s)
        resistance = (rate / CUBIC_METRE_PER_HOUR) ** 0.375 * speed**0.25
        parameter = np.asarray(16.5 * viscosity**0.5 * head**0.0625 / resistance)
        rate_factor, efficiency_factor = _rate_and_efficiency_factors(parameter)
        share = _not_negative(rate_over_bep) ** 0.75
        head_factor = np.asarray(1.0 - (1.0 - rate_factor) * share)
        n_q = specific_speed(rate_m3d=rate, head_m=head, speed_rpm=speed)
        n_s = us_specific_speed(specific_speed=n_q)
        tested = within(rate, TESTED_RATES_M3D) & within(head, TESTED_HEADS_M)
        return ViscosityFactors(
            parameter=parameter,
            rate_factor=rate_factor,
            head_factor=head_factor,
            efficiency_factor=efficiency_factor,
            power_factor=np.asarray(ratio(rate_factor * head_factor, efficiency_factor)),
            viscosity_in_range=np.asarray((viscosity > 1.0) & (viscosity < largest)),
            parameter_in_range=np.asarray(parameter < LARGEST_PARAMETER),
            specific_speed_in_range=np.asarray(n_s < LARGEST_US_SPECIFIC_SPEED),
            in_test_data=np.asarray(tested),
        )


def water_duty(
    *, rate_m3d: ArrayLike, head_m: ArrayLike, kinematic_viscosity_mm2s: ArrayLike, edition: Edition
) -> WaterDuty:
    """The water duty that stands for a wanted viscous duty: the way back, to choose a pump.

    B = 2.80 nu^0.5 / (Q^0.25 H^0.125),  Q in m3/h;  Q_water = Q/C_Q,  H_water = H/C_H,  C_H = C_Q

    It is the forward B at the speed that belongs to a specific speed n_q of 20, and so a first
    choice: with the pump's own curve `viscosity_factors` decides.

    Args:
        rate_m3d: wanted rate of the viscous liquid [m3/d], above 0.
        head_m: wanted head of one stage with it [m], above 0.
        kinematic_viscosity_mm2s: of the liquid [mm2/s = cSt].
        edition: of the standard; it sets the range of viscosity that is flagged.

    Raises:
        ArgumentError: the edition is none of those known.

    Source: ANSI/HI 9.6.7, selection of a pump: 100 m3/h, 70 m and 120 mm2/s give B = 5.70.

    >>> water_duty(
    ...     rate_m3d=2400, head_m=70, kinematic_viscosity_mm2s=120, edition=2021
    ... ).parameter
    array(5.70)
    """
    same_index(rate_m3d=rate_m3d, head_m=head_m, kinematic_viscosity_mm2s=kinematic_viscosity_mm2s)
    largest = _largest_viscosity_mm2s(edition)
    with np.errstate(all="ignore"):  # numbers beyond any pump's come out as inf or NaN
        rate, head = positive(rate_m3d), positive(head_m)
        viscosity = _not_negative(kinematic_viscosity_mm2s)
        resistance = (rate / CUBIC_METRE_PER_HOUR) ** 0.25 * head**0.125
        parameter = np.asarray(2.80 * viscosity**0.5 / resistance)
        rate_factor, efficiency_factor = _rate_and_efficiency_factors(parameter)
        return WaterDuty(
            parameter=parameter,
            rate_factor=rate_factor,
            head_factor=rate_factor,
            efficiency_factor=efficiency_factor,
            rate_m3d=np.asarray(ratio(rate, rate_factor)),
            head_m=np.asarray(ratio(head, rate_factor)),
            viscosity_in_range=np.asarray((viscosity > 1.0) & (viscosity < largest)),
            parameter_in_range=np.asarray(parameter < LARGEST_PARAMETER),
        )


def _rate_and_efficiency_factors(parameter: FloatArray) -> tuple[FloatArray, FloatArray]:
    b = np.where(parameter <= 1.0, 1.0, parameter)
    return (np.asarray(np.exp(-0.165 * np.log10(b) ** 3.15)), np.asarray(b ** (-0.0547 * b**0.69)))


def _largest_viscosity_mm2s(edition: Edition) -> float:
    one_of(value=edition, among=get_args(Edition), name="edition")
    return LARGEST_VISCOSITY_MM2S[edition]


def _not_negative(value: ArrayLike) -> FloatArray:
    number = np.asarray(value, dtype=np.float64)
    return np.where(number >= 0.0, number, np.nan)
