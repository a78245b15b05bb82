"""Where a jet pump works in its well, for a stack of wells at once.

Inflow, nozzle, throat and return line are in balance at one produced rate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pumpperf.assumptions import JetLosses
from pumpperf.calc.inputs import same_index
from pumpperf.calc.interpolation import bisected
from pumpperf.errors import ArgumentError
from pumpperf.lift.jet.cavitation import cavitation_area_mm2, limiting_flow_ratio
from pumpperf.lift.jet.cunningham import jet_efficiency, velocity_pressure_kpa
from pumpperf.numeric import BoolArray, FloatArray, floats, ratio
from pumpperf.results import AnyArray, Result
from pumpperf.units import SECONDS_PER_DAY

BISECTIONS = 80  # to the last bit of a rate that is a billionth of its range
BLOCK = 16_384
_OPENING = 1e-9  # share of its pressure by which a nozzle below the reservoir's is opened


class JetOperatingPoint(Result):
    """Where jet pumps work, one entry a well; NaN where there is no such point.

    Attributes:
        rate_m3d: produced rate.
        power_fluid_rate_m3d: rate through the nozzle.
        intake_pressure_kpa: at the pump's intake.
        throat_entry_pressure_kpa: where both streams meet; may come out below 0.
        discharge_pressure_kpa: behind the diffuser.
        flow_ratio: M, produced rate over power-fluid rate.
        pressure_ratio: N, pressure gained over pressure given.
        efficiency: M N.
        power_fluid_power_kw: given up by the power fluid between nozzle and discharge.
        limiting_flow_ratio: M_L, where cavitation limits the liquid.
        flow_ratio_margin: M_L - M; below 0 beyond the limit.
        cavitation_area_mm2: least suction area for liquid and gas.
        suction_area_margin_mm2: throat minus nozzle minus cavitation area; below 0 beyond that.
        status: `ok`; `cavitating` beyond one of the two limits, where the equations no longer hold
            (with gas-oil ratio or water cut NaN only the limit of the liquid judges, and
            `suction_area_margin_mm2` is NaN); `no_lift` if the power fluid cannot lift even a
            drop; `pumped_off` if it still lifts when the intake is down at the vapour pressure;
            `undefined` if a number is missing or cannot be.
        losses: name of the set of loss coefficients.
    """

    rate_m3d: FloatArray
    power_fluid_rate_m3d: FloatArray
    intake_pressure_kpa: FloatArray
    throat_entry_pressure_kpa: FloatArray
    discharge_pressure_kpa: FloatArray
    flow_ratio: FloatArray
    pressure_ratio: FloatArray
    efficiency: FloatArray
    power_fluid_power_kw: FloatArray
    limiting_flow_ratio: FloatArray
    flow_ratio_margin: FloatArray
    cavitation_area_mm2: FloatArray
    suction_area_margin_mm2: FloatArray
    status: NDArray[np.str_]
    losses: str


def jet_operating_point(
    *,
    nozzle_area_mm2: ArrayLike,
    throat_area_mm2: ArrayLike,
    nozzle_pressure_kpa: ArrayLike,
    reservoir_pressure_kpa: ArrayLike,
    productivity_index_m3dkpa: ArrayLike,
    static_discharge_pressure_kpa: ArrayLike,
    return_friction_kpad2m6: ArrayLike,
    density_kgm3: ArrayLike,
    vapour_pressure_kpa: ArrayLike,
    gas_oil_ratio: ArrayLike,
    water_cut: ArrayLike,
    losses: JetLosses,
) -> JetOperatingPoint:
    """Rates and pressures at which jet pumps and their wells are in balance.

    p_s = p_r - q_s/J  (inflow);  p_n - p_s = (1 + K_n) Z_n - (1 + K_en) Z_s  (nozzle and entry; the
    last term is missing where the losses' nozzle discharges against the intake);
    p_0 + Z_n G(M) = p_d = p_d0 + k (q_n + q_s)^2  (throat, diffuser and return line);
    Z_n = rho v_n^2/2, Z_s = rho v_s^2/2, G as in `jet_pressure_ratio`.

    For b <= 1/2 and losses of at least 0 the pump's discharge pressure falls and the well's rises
    with q_s, so there is one balance at most, found by bisection between the rate at which the
    nozzle begins to flow and the rate at which the intake is down at the vapour pressure.

    Args:
        nozzle_area_mm2: area of the nozzle [mm2].
        throat_area_mm2: area of the throat [mm2], above that of the nozzle.
        nozzle_pressure_kpa: of the power fluid at the nozzle's inlet, at depth, absolute [kPa].
        reservoir_pressure_kpa: of the inflow at no rate, at the pump's depth, absolute [kPa].
        productivity_index_m3dkpa: J, rate per drawdown [m3/d/kPa], above 0.
        static_discharge_pressure_kpa: p_d0, wellhead pressure and the return column without
            friction, absolute [kPa].
        return_friction_kpad2m6: k, friction of the return line per square of the total rate
            [kPa/(m3/d)2], at least 0.
        density_kgm3: of power fluid and produced liquid alike [kg/m3].
        vapour_pressure_kpa: of the produced liquid, absolute [kPa], below the reservoir's.
        gas_oil_ratio: as in `cavitation_area_mm2` [m3/m3], at least 0; NaN if not known.
        water_cut: as in `cavitation_area_mm2`, 0..1; NaN if not known.
        losses: the loss coefficients.

    Returns:
        A `JetOperatingPoint`, of the shape that all arguments have together.

    Raises:
        ArgumentError: the shapes do not go together.

    Source: Cunningham's equations as on the MathWorks page of the Jet Pump block, joined with a
    straight inflow. The published table of ratio C (b = 0.262) prints M = 0.8 and an efficiency of
    0.251 for N = 0.314: intake 3000 kPa (J without bound), discharge 9000, nozzle 9000 + 6000/N.

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> point = jet_operating_point(
    ...     nozzle_area_mm2=6.55, throat_area_mm2=25.0,
    ...     nozzle_pressure_kpa=9000.0 + 6000.0 / 0.314, reservoir_pressure_kpa=3000.0,
    ...     productivity_index_m3dkpa=1e9, static_discharge_pressure_kpa=9000.0,
    ...     return_friction_kpad2m6=0.0, density_kgm3=1000.0, vapour_pressure_kpa=0.0,
    ...     gas_oil_ratio=0.0, water_cut=1.0, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    >>> point.flow_ratio, point.efficiency, point.status
    (array(0.800), array(0.251), array('ok', dtype='<U10'))
    """
    named = {
        "nozzle_area_mm2": nozzle_area_mm2,
        "throat_area_mm2": throat_area_mm2,
        "nozzle_pressure_kpa": nozzle_pressure_kpa,
        "reservoir_pressure_kpa": reservoir_pressure_kpa,
        "productivity_index_m3dkpa": productivity_index_m3dkpa,
        "static_discharge_pressure_kpa": static_discharge_pressure_kpa,
        "return_friction_kpad2m6": return_friction_kpad2m6,
        "density_kgm3": density_kgm3,
        "vapour_pressure_kpa": vapour_pressure_kpa,
        "gas_oil_ratio": gas_oil_ratio,
        "water_cut": water_cut,
    }
    same_index(**named)
    given = floats(*named.values())
    try:
        wide = np.broadcast_arrays(*given)
    except ValueError:
        shapes = ", ".join(f"{k} {v.shape}" for k, v in zip(named, given, strict=True) if v.ndim)
        raise ArgumentError(f"{shapes}: expected shapes that go together") from None
    columns = np.stack([column.ravel() for column in wide])
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any well's
        begins = range(0, max(columns.shape[1], 1), BLOCK)
        blocks = [_points(columns[:, i : i + BLOCK], losses) for i in begins]
    parts = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    found = {name: part.reshape(wide[0].shape) for name, part in parts.items()}
    return JetOperatingPoint(**found, losses=losses.name)


def _points(wells: FloatArray, losses: JetLosses) -> dict[str, AnyArray]:
    area, throat, nozzle, reservoir, index, static, friction, density, vapour, gas, water = wells
    suction_area = throat - area
    able = np.isfinite(wells[:9]).all(axis=0) & (area > 0.0) & (suction_area > 0.0)
    able &= (density > 0.0) & (index > 0.0) & (friction >= 0.0)
    able &= (reservoir > vapour) & (nozzle > vapour) & ~((gas < 0.0) | np.isinf(gas))
    able &= ~((water < 0.0) | (water > 1.0))
    some, one = np.where(able, wells, np.nan), np.ones_like(area)
    area, throat, nozzle, reservoir, index, static, friction, density, vapour = some[:9]
    suction_area = throat - area

    def pressure(area_mm2: FloatArray) -> FloatArray:
        return velocity_pressure_kpa(rate_m3d=one, area_mm2=area_mm2, density_kgm3=density)

    b, drawdown = area / throat, 1.0 / index
    per_suction, per_jet, entry_gain = pressure(suction_area), pressure(area), 2.0 * (1.0 - b)
    entry_gain = entry_gain - (1.0 + losses.suction)
    drawn = 0.0 if losses.nozzle_against_intake else 1.0
    resistance = (1.0 + losses.throat + losses.diffuser) * pressure(throat) + friction

    def balance(rate: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Intake pressure, suction velocity pressure, power-fluid rate, excess of discharge."""
        intake = reservoir - rate * drawdown
        suction = rate * rate * per_suction
        entry = suction * (1.0 + losses.suction)
        jet = (nozzle - intake + drawn * entry) / (1.0 + losses.nozzle)
        power_fluid = np.sqrt(jet / per_jet)
        total = power_fluid + rate
        excess = intake - static + suction * entry_gain + jet * (2.0 * b)
        return intake, suction, power_fluid, excess - total * total * resistance

    opened = index * (reservoir - nozzle + _OPENING * (nozzle - vapour))
    low: FloatArray = np.where(reservoir < nozzle, 0.0, opened)
    high: FloatArray = index * (reservoir - vapour)
    at_low, at_high = balance(low)[3], balance(high)[3]
    lifts, drains = at_low >= 0.0, at_high > 0.0
    known = able & np.isfinite(at_low) & np.isfinite(at_high)

    def lifts_more(rate: FloatArray) -> BoolArray:
        return balance(rate)[3] >= 0.0

    rate = bisected(low=low, high=high, steps=BISECTIONS, below=lifts_more)
    rate = np.where(known & lifts & ~drains, rate, np.nan)
    intake, suction, power_fluid, _ = balance(rate)
    discharge = static + friction * (power_fluid + rate) ** 2
    flow_ratio = ratio(rate, power_fluid)
    pressure_ratio = ratio(discharge - intake, nozzle - discharge)
    others = {"nozzle_pressure_kpa": nozzle, "vapour_pressure_kpa": vapour}
    limit = limiting_flow_ratio(intake_pressure_kpa=intake, **others, area_ratio=b, losses=losses)
    liquid = {"density_kgm3": density, "gas_oil_ratio": gas, "water_cut": water}
    needed = cavitation_area_mm2(rate_m3d=rate, intake_pressure_kpa=intake, **liquid)
    beyond = (flow_ratio > limit) | (needed > suction_area)
    status = np.select(
        [~known, ~lifts, drains, beyond], ["undefined", "no_lift", "pumped_off", "cavitating"], "ok"
    )
    return {
        "rate_m3d": rate,
        "power_fluid_rate_m3d": power_fluid,
        "intake_pressure_kpa": intake,
        "throat_entry_pressure_kpa": intake - suction * (1.0 + losses.suction),
        "discharge_pressure_kpa": discharge,
        "flow_ratio": flow_ratio,
        "pressure_ratio": pressure_ratio,
        "efficiency": jet_efficiency(flow_ratio=flow_ratio, pressure_ratio=pressure_ratio),
        "power_fluid_power_kw": power_fluid * (nozzle - discharge) / SECONDS_PER_DAY,
        "limiting_flow_ratio": limit,
        "flow_ratio_margin": limit - flow_ratio,
        "cavitation_area_mm2": needed,
        "suction_area_margin_mm2": suction_area - needed,
        "status": status,
    }
