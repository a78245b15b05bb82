"""What the tests of one pump era say of its nozzle and its losses.

An era is the time between two changes of the pump; a fit across a change sees neither pump.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.assumptions import JetLosses
from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index
from pumpperf.calc.leastsquares import HIGHEST_CONDITION, inverse_and_condition
from pumpperf.errors import ArgumentError
from pumpperf.lift.jet.measured import JetTests, jet_tests
from pumpperf.numeric import FloatArray, largest, ratio, sums
from pumpperf.results import FitResult, Labels, Places
from pumpperf.units import PSI

FEWEST_TESTS = 10
SMALLEST_SPREAD_KPA = 200.0 * PSI
HIGHEST_CHI_SQUARE = 10.0
"""Our judgement: tests three stated uncertainties off, in the mean square, are of another pump."""

STEPS = 50
_SETTLED = 1e-8


class JetEraFit(FitResult):
    """Nozzle-area factor and losses of pump eras, one entry an era; NaN where not `ok`.

    Attributes:
        era: the labels, sorted.
        nozzle_area_factor: effective over nominal nozzle area; grows as the nozzle washes out.
        nozzle_area_factor_error: its standard error.
        mixing_loss: throat and diffuser loss together; the tests know only their sum.
        mixing_loss_error: its standard error.
        suction_loss: fitted, or that of the assumed set.
        suction_loss_error: its standard error; NaN if it was not fitted.
        covariance: of factor, mixing loss and, if fitted, suction loss; a matrix an era.
        power_fluid_rate_residual_m3d: root mean square of measured minus fitted rate; shown of
            `contradictory` eras too.
        discharge_pressure_residual_kpa: the same of the discharge pressure.
        reduced_chi_square: mean square of both residuals in units of their stated uncertainties,
            over the degrees of freedom; about 1 where these are right; shown as the residuals.
        nozzle_pressure_spread_kpa: highest minus lowest nozzle pressure of the usable tests.
        condition_index: of the columns that the fit must separate; NaN if it was not begun.
        status: `ok`, `not_identifiable`, or `contradictory` where the tests contradict the
            equations: a reduced chi-square above 10.
        losses: name of the set from which all that is not fitted comes.
    """

    era: Labels
    nozzle_area_factor: FloatArray
    nozzle_area_factor_error: FloatArray
    mixing_loss: FloatArray
    mixing_loss_error: FloatArray
    suction_loss: FloatArray
    suction_loss_error: FloatArray
    covariance: Annotated[FloatArray, "parameter", "parameter"]
    power_fluid_rate_residual_m3d: FloatArray
    discharge_pressure_residual_kpa: FloatArray
    reduced_chi_square: FloatArray
    nozzle_pressure_spread_kpa: FloatArray
    condition_index: FloatArray
    losses: str


def jet_era_fit(
    *,
    era: ArrayLike,
    rate_m3d: ArrayLike,
    power_fluid_rate_m3d: ArrayLike,
    nozzle_pressure_kpa: ArrayLike,
    intake_pressure_kpa: ArrayLike,
    discharge_pressure_kpa: ArrayLike,
    nozzle_area_mm2: ArrayLike,
    throat_area_mm2: ArrayLike,
    density_kgm3: ArrayLike,
    power_fluid_rate_uncertainty_m3d: ArrayLike,
    discharge_pressure_uncertainty_kpa: ArrayLike,
    fit_suction_loss: bool,
    losses: JetLosses,
) -> JetEraFit:
    """Nozzle-area factor and loss coefficients of every pump era by least squares.

    q_n = f A_n v_n,  v_n = sqrt(2 (p_n - p_s + (1 + K_en) Z_s)/(rho (1 + K_n)))
    p_d = p_s - (1 + K_en) Z_s + 2 b f Z_n + 2 (1 - b) Z_s - (1 + K_th + K_di) Z_t,
    v_t = b f v_n + (1 - b) v_s,  Z = rho v^2/2

    with nominal areas: the bore grows by f, the annulus around the nozzle stays. Rate of power
    fluid and discharge pressure are predicted from the other measured numbers, which count as
    exact; both residuals in units of their uncertainty; Gauss-Newton for all eras at once. The
    nozzle's own loss cannot be distinguished from its area: it stays as assumed, and what it
    changes is in the factor.

    Args:
        era: label of the pump of each test, such as its installation.
        rate_m3d: produced rate at the pump [m3/d].
        power_fluid_rate_m3d: measured rate of power fluid [m3/d].
        nozzle_pressure_kpa: at the nozzle's inlet, at depth [kPa].
        intake_pressure_kpa: [kPa].
        discharge_pressure_kpa: [kPa].
        nozzle_area_mm2: nominal [mm2].
        throat_area_mm2: nominal [mm2].
        density_kgm3: of power fluid and produced liquid alike [kg/m3].
        power_fluid_rate_uncertainty_m3d: standard uncertainty of the measured rate [m3/d].
        discharge_pressure_uncertainty_kpa: standard uncertainty of the pressure [kPa].
        fit_suction_loss: whether the suction loss is fitted too, or stays as assumed; it asks for
            flow ratios that differ.
        losses: the loss coefficients assumed, from which the fit starts.

    Returns:
        A `JetEraFit`. A test with a number that is missing or cannot be is left out. An era is
        refused with fewer than 10 usable tests, with nozzle pressures that spread by less than
        1379 kPa (200 psi), with columns that cannot be separated (condition index of 30 or more),
        or if the iteration does not settle. It is `contradictory` where the settled fit leaves a
        reduced chi-square above 10: the tests of two pumps, or uncertainties stated far too small.
        The bound is our judgement. Nothing is bounded.

    Raises:
        ArgumentError: lengths differ, or a label of era is missing or of another kind.

    Source: Cunningham's equations as on the MathWorks page of the Jet Pump block; the identifiable
    set is that of scottpessetto/woffl_gui, model trust 2026-08-10: at least 10 points, 200 psi;
    reduced chi-square: Bevington and Robinson 2003, chapter 6 (one where the model holds).
    Ten tests at M = 0, which the equations give back without iteration, of a nozzle 8 % too wide:

    >>> from pumpperf.assumptions import JET_LOSSES_GOSLINE_OBRIEN
    >>> jet_kpa = np.linspace(10_000.0, 20_000.0, 10)
    >>> fit = jet_era_fit(
    ...     era=["first"] * 10, rate_m3d=np.zeros(10),
    ...     power_fluid_rate_m3d=1.08 * 86400 * 10e-6 * np.sqrt(2 * jet_kpa),
    ...     nozzle_pressure_kpa=3000 + 1.15 * jet_kpa, intake_pressure_kpa=np.full(10, 3000.0),
    ...     discharge_pressure_kpa=3000 + (2 * 0.27 - 1.38 * 0.27**2) * jet_kpa,
    ...     nozzle_area_mm2=10.0, throat_area_mm2=40.0, density_kgm3=1000.0,
    ...     power_fluid_rate_uncertainty_m3d=2.0, discharge_pressure_uncertainty_kpa=50.0,
    ...     fit_suction_loss=False, losses=JET_LOSSES_GOSLINE_OBRIEN,
    ... )
    >>> fit.nozzle_area_factor, fit.mixing_loss, fit.status
    (array([1.08]), array([0.38]), array(['ok'], dtype='<U16'))
    """
    labels, index, columns = _tests(
        era,
        rate_m3d=rate_m3d,
        power_fluid_rate_m3d=power_fluid_rate_m3d,
        nozzle_pressure_kpa=nozzle_pressure_kpa,
        intake_pressure_kpa=intake_pressure_kpa,
        discharge_pressure_kpa=discharge_pressure_kpa,
        nozzle_area_mm2=nozzle_area_mm2,
        throat_area_mm2=throat_area_mm2,
        density_kgm3=density_kgm3,
        power_fluid_rate_uncertainty_m3d=power_fluid_rate_uncertainty_m3d,
        discharge_pressure_uncertainty_kpa=discharge_pressure_uncertainty_kpa,
    )
    with np.errstate(all="ignore"):  # a test or an era that fails comes out as NaN
        return _fit(labels, index, columns, losses, 3 if fit_suction_loss else 2)


def _tests(era: ArrayLike, **given: ArrayLike) -> tuple[Labels, Places, FloatArray]:
    same_index(era=era, **given)
    labels, index = groups(labels=era, name="era")
    columns: list[FloatArray] = []
    for name, values in given.items():
        column = np.asarray(values, dtype=np.float64).ravel()
        if column.size not in {1, index.size}:
            raise ArgumentError(f"{name} has {column.size} entries for {index.size} labels of era")
        columns.append(np.broadcast_to(column, index.shape))
    return labels, index, np.stack(columns)


def _fit(
    labels: Labels, index: Places, columns: FloatArray, losses: JetLosses, terms: int
) -> JetEraFit:
    every, good = jet_tests(columns, losses)
    used = every.of(good)
    nozzle, eras, index = columns[2][good], labels.size, index[good]
    tests = np.bincount(index, minlength=eras).astype(np.float64)
    spread = largest(nozzle, index, eras) + largest(-nozzle, index, eras)

    start = (1.0, losses.throat + losses.diffuser, losses.suction)
    theta = np.tile(np.array(start), (eras, 1))
    enough = (tests >= FEWEST_TESTS) & (spread >= SMALLEST_SPREAD_KPA)
    inverse, moment, condition = _normal(used, theta, index, eras, terms)
    identifiable, settled = enough & (condition < HIGHEST_CONDITION), enough
    seen = np.where(enough, condition, np.nan)
    for _ in range(STEPS):
        step = np.zeros_like(theta)
        step[:, :terms] = np.einsum("eij,ej->ei", inverse, moment)
        theta = theta + step
        settled = (np.abs(step) <= _SETTLED * (1.0 + np.abs(theta))).all(axis=1)
        inverse, moment, condition = _normal(used, theta, index, eras, terms)
        if (settled | ~identifiable).all():
            break
    seen = np.where(identifiable & settled, condition, seen)
    identifiable &= ~settled | (condition < HIGHEST_CONDITION)
    fitted = identifiable & settled
    by_rate, by_pressure = used.residuals(theta[index])
    weighed = (by_rate * used.rate_weight) ** 2 + (by_pressure * used.pressure_weight) ** 2
    variance = ratio(sums(weighed, index, eras), 2.0 * tests - terms)
    ok = fitted & (variance <= HIGHEST_CHI_SQUARE)
    covariance = np.where(ok[:, None, None], inverse * variance[:, None, None], np.nan)
    error = np.full((eras, 3), np.nan)
    error[:, :terms] = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    theta = np.where(ok[:, None], theta, np.nan)
    mean_rate = np.sqrt(ratio(sums(by_rate**2, index, eras), tests))
    mean_pressure = np.sqrt(ratio(sums(by_pressure**2, index, eras), tests))
    reason = np.select(
        [ok, fitted, tests < FEWEST_TESTS, ~enough, ~identifiable],
        [
            "",
            "the tests contradict the equations: residuals far beyond the stated uncertainties",
            f"fewer than {FEWEST_TESTS} usable tests",
            f"nozzle pressures spread by less than {SMALLEST_SPREAD_KPA:.0f} kPa",
            "the tests do not separate the terms: flow ratios and pressures too alike",
        ],
        "the fit does not settle: the tests contradict the equations",
    )
    return JetEraFit(
        era=labels,
        nozzle_area_factor=theta[:, 0],
        nozzle_area_factor_error=error[:, 0],
        mixing_loss=theta[:, 1],
        mixing_loss_error=error[:, 1],
        suction_loss=theta[:, 2],
        suction_loss_error=error[:, 2],
        covariance=covariance,
        power_fluid_rate_residual_m3d=np.where(fitted, mean_rate, np.nan),
        discharge_pressure_residual_kpa=np.where(fitted, mean_pressure, np.nan),
        reduced_chi_square=np.where(fitted, variance, np.nan),
        tests=tests,
        nozzle_pressure_spread_kpa=spread,
        condition_index=seen,
        status=np.select([ok, fitted], ["ok", "contradictory"], "not_identifiable"),
        reason=reason,
        losses=losses.name,
    )


def _normal(
    tests: JetTests, theta: FloatArray, index: Places, eras: int, terms: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    slopes = tests.slopes(theta[index], terms)
    by_rate, by_pressure = tests.residuals(theta[index])
    weighed = np.stack([by_rate * tests.rate_weight, by_pressure * tests.pressure_weight], axis=1)
    gram, moment = np.zeros((eras, terms, terms)), np.zeros((eras, terms))
    np.add.at(gram, index, np.einsum("tri,trj->tij", slopes, slopes))
    np.add.at(moment, index, np.einsum("tri,tr->ti", slopes, weighed))
    inverse, condition = inverse_and_condition(normal_matrix=gram)
    return inverse, moment, condition
