"""Slip of a progressing cavity pump, and a model of it fitted to several tests."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from pumpperf.calc.groups import groups
from pumpperf.calc.inputs import same_index
from pumpperf.calc.leastsquares import HIGHEST_CONDITION, inverse_and_condition
from pumpperf.calc.scalars import one_of
from pumpperf.errors import ArgumentError
from pumpperf.numeric import FloatArray, Reals, floats, positive, ratio
from pumpperf.results import FitResult, Labels, Places, Result

Stator: TypeAlias = Literal["rigid", "elastic"]

TERMS: dict[Stator, tuple[str, ...]] = {"rigid": ("leakage",), "elastic": ("leakage", "opening")}


class SlipModel(FitResult):
    """Slip as a function of pressure rise and viscosity, for one or many pumps, one entry a pump.

    Attributes:
        pump: the labels of `by` in sorted order, or None.
        stator: `rigid` or `elastic`.
        terms: names of the coefficients: `leakage` [m3/d mPa s/kPa] and, of an elastic stator,
            `opening` [m3/d mPa s/kPa2].
        coefficients: one row a pump, one column a term; NaN if not identifiable.
        covariance: of the coefficients, one square matrix a pump.
        residual_m3d: standard deviation of a test about the model.
        relative_residual: the same over the mean slip of the tests; a law that does not fit shows
            here, for no fit is refused for its residual.
        conditions: how many pairs of pressure rise and viscosity the usable tests have.
        degrees_of_freedom: usable tests less terms.
        condition_index: how alike the terms are in these tests; 1 is best, from 30 on refused.
        status: `ok` or `not_identifiable`.
    """

    pump: Labels | None
    stator: Stator
    terms: tuple[str, ...]
    coefficients: Annotated[FloatArray, "terms"]
    covariance: Annotated[FloatArray, "terms", "terms"]
    residual_m3d: FloatArray
    relative_residual: FloatArray
    conditions: FloatArray
    degrees_of_freedom: FloatArray
    condition_index: FloatArray


class SlipPrediction(Result):
    """What a model says of the slip, one row a pump, one column a point.

    Attributes:
        slip_m3d: of the model.
        standard_error_m3d: of the model's slip, from the covariance of its coefficients.
        test_standard_error_m3d: of one further test, whose own scatter is added.
    """

    slip_m3d: FloatArray
    standard_error_m3d: FloatArray
    test_standard_error_m3d: FloatArray


def slip_m3d(*, displacement_rate_m3d: Reals, rate_m3d: Reals | float) -> Reals:
    """Volume that does not come through the pump [m3/d].

    q_slip = q_displacement - q

    Args:
        displacement_rate_m3d: volume swept in a day [m3/d].
        rate_m3d: rate at pump conditions while the pump runs [m3/d].

    Source: definition; free gas at the intake counts as slip unless the rate holds it. 64.91 m3/d
    swept and 62.17 m3/d pumped: 2.74 m3/d.

    >>> slip_m3d(displacement_rate_m3d=64.91, rate_m3d=62.17)
    2.74
    """
    return displacement_rate_m3d - rate_m3d


def slip_model(
    *,
    slip_m3d: ArrayLike,
    pressure_rise_kpa: ArrayLike,
    viscosity_mpas: ArrayLike,
    stator: Stator,
    by: ArrayLike | None = None,
) -> SlipModel:
    """The slip of a pump from several of its tests, with the covariance of its coefficients.

    rigid:    q_slip = a dp / mu
    elastic:  q_slip = (a + b dp) dp / mu

    Between rotor and stator the liquid creeps through narrow gaps: there the slip is
    proportional to dp / mu. A gap of an elastic stator, h = h0 (1 + beta dp), leaks as h cubed;
    to first order b = 3 beta a. Least squares without weights.

    Args:
        slip_m3d: slip of each test [m3/d].
        pressure_rise_kpa: discharge minus intake pressure [kPa].
        viscosity_mpas: dynamic viscosity at the pump's temperature [mPa s], above 0; one a test, or
            one for all.
        stator: `rigid` (metal, or tests at one pressure) or `elastic`.
        by: labels of the pump of each test. None: all tests are of one pump.

    Returns:
        A `SlipModel`. A test with a NaN, an infinity or a viscosity of 0 or less is left out. A
        pump needs usable tests at one pair of pressure and viscosity more than terms (a test that
        is entered twice is one pair), and tests that separate its terms; if not, its status is
        `not_identifiable` and its numbers are NaN. Nothing is bounded: a slip that falls with
        pressure gives a negative coefficient.

    Raises:
        ArgumentError: lengths differ, the stator is neither `rigid` nor `elastic`, or a label is
            missing or of another kind.

    Source: the linear law of a rigid gap is that of lubrication theory (Andrade, Valerio and
    Carvalho, SPE Journal, June 2011, 451-461); the term of the opening gap is derived above and
    unconfirmed. Slip that is turbulent, as of water, follows neither. Fit of a rigid stator as
    certified for NIST StRD data set NoInt2: 0.72727, standard deviation 0.042083.

    >>> m = slip_model(
    ...     slip_m3d=[3.0, 4.0, 4.0], pressure_rise_kpa=[4.0, 5.0, 6.0],
    ...     viscosity_mpas=[1.0, 1.0, 1.0], stator="rigid",
    ... )
    >>> m.coefficients[0], np.sqrt(m.covariance[0])
    (array([0.72727]), array([[0.042083]]))
    """
    one_of(value=stator, among=get_args(Stator), name="stator")
    same_index(
        slip_m3d=slip_m3d, pressure_rise_kpa=pressure_rise_kpa, by=by, viscosity_mpas=viscosity_mpas
    )
    given = floats(slip_m3d, pressure_rise_kpa, viscosity_mpas)
    columns = [column.ravel() for column in given]
    tests = columns[0].size
    if columns[2].size == 1:
        columns[2] = np.broadcast_to(columns[2], (tests,))
    if len({column.size for column in columns}) > 1:
        sizes = ", ".join(str(column.size) for column in columns)
        raise ArgumentError(f"slips, pressures and viscosities differ in length: {sizes}")
    pump, index = (None, np.zeros(tests, np.intp)) if by is None else groups(labels=by, name="by")
    if index.size != tests:
        raise ArgumentError(f"by has {index.size} labels for {tests} tests")
    with np.errstate(all="ignore"):  # tests and pumps beyond squares come out as NaN
        return _fit(pump, index, columns, stator)


def _fit(
    pump: Labels | None, index: Places, columns: list[FloatArray], stator: Stator
) -> SlipModel:
    slip, rise, viscosity = columns
    terms, pumps = TERMS[stator], 1 if pump is None else pump.size
    design = _design(rise, viscosity, len(terms))
    usable = np.isfinite(slip) & np.isfinite(viscosity) & np.isfinite(design).all(axis=1)
    slip, index, design = slip[usable], index[usable], design[usable]
    pairs = np.unique(np.stack([index, rise[usable], viscosity[usable]]), axis=1)
    conditions = np.bincount(pairs[0].astype(np.intp), minlength=pumps).astype(np.float64)
    tests = np.bincount(index, minlength=pumps).astype(np.float64)
    freedom = tests - len(terms)

    gram = _totals(design[:, :, None] * design[:, None, :], index, pumps)
    inverse, condition = inverse_and_condition(normal_matrix=gram)
    enough, identifiable = conditions > len(terms), condition < HIGHEST_CONDITION
    coefficients = np.einsum("pij,pj->pi", inverse, _totals(design * slip[:, None], index, pumps))
    residual = slip - np.sum(design * coefficients[index], axis=1)
    variance = ratio(_totals(residual**2, index, pumps), freedom)
    covariance = inverse * variance[:, None, None]
    good = enough & identifiable & np.isfinite(covariance).all(axis=(1, 2))
    deviation = np.where(good, np.sqrt(variance), np.nan)
    return SlipModel(
        pump=pump,
        stator=stator,
        terms=terms,
        coefficients=np.where(good[:, None], coefficients, np.nan),
        covariance=np.where(good[:, None, None], covariance, np.nan),
        residual_m3d=deviation,
        relative_residual=ratio(deviation, ratio(_totals(slip, index, pumps), tests)),
        tests=tests,
        conditions=conditions,
        degrees_of_freedom=freedom,
        condition_index=condition,
        status=np.where(good, "ok", "not_identifiable"),
        reason=np.select(
            [good, ~enough, ~identifiable],
            [
                "",
                f"fewer than {len(terms) + 1} usable tests of different pressure or viscosity",
                "the tests do not separate the terms: pressures too alike, or all zero",
            ],
            "numbers too large for squares",
        ),
    )


def slip_prediction(
    *, model: SlipModel, pressure_rise_kpa: ArrayLike, viscosity_mpas: ArrayLike
) -> SlipPrediction:
    """Slip that a model expects, with its standard error.

    q_slip = x c,  s2 = x C x',  of a further test s2 + s_residual2,  x = dp / mu, dp2 / mu

    Args:
        model: fitted by `slip_model`.
        pressure_rise_kpa: [kPa]; a number, a row of points for every pump, or one row a pump.
        viscosity_mpas: dynamic viscosity [mPa s], in the same shapes.

    Returns:
        A `SlipPrediction`, one row a pump; NaN where the model is, or the viscosity is 0 or less.

    Raises:
        ArgumentError: the shapes do not go together.

    Source: propagation through a linear model, JCGM 100:2008, 5.2.2. The NoInt2 fit at 10 kPa and
    1 mPa s: 7.2727 +- 0.42083.

    >>> m = slip_model(
    ...     slip_m3d=[3.0, 4.0, 4.0], pressure_rise_kpa=[4.0, 5.0, 6.0],
    ...     viscosity_mpas=[1.0, 1.0, 1.0], stator="rigid",
    ... )
    >>> p = slip_prediction(model=m, pressure_rise_kpa=10.0, viscosity_mpas=1.0)
    >>> p.slip_m3d, p.standard_error_m3d
    (array([[7.2727]]), array([[0.42083]]))
    """
    same_index(pressure_rise_kpa=pressure_rise_kpa, viscosity_mpas=viscosity_mpas)
    rise, viscosity = floats(pressure_rise_kpa, viscosity_mpas)
    pumps = model.tests.size
    try:
        points = np.broadcast_shapes(rise.shape, viscosity.shape, (pumps, 1))
    except ValueError:
        points = ()
    if points[:1] != (pumps,) or len(points) != 2:
        raise ArgumentError(
            f"shapes {rise.shape} and {viscosity.shape} of pressure and viscosity do not go with "
            f"{pumps} pumps: expected one row a pump, or one row for all"
        )
    rise, viscosity = np.broadcast_to(rise, points), np.broadcast_to(viscosity, points)
    with np.errstate(over="ignore", invalid="ignore"):  # numbers beyond any pump's
        design = _design(rise, viscosity, len(model.terms))
        slip = np.einsum("pkt,pt->pk", design, model.coefficients)
        variance = np.einsum("pkt,ptu,pku->pk", design, model.covariance, design)
        return SlipPrediction(
            slip_m3d=slip,
            standard_error_m3d=np.sqrt(variance),
            test_standard_error_m3d=np.sqrt(variance + model.residual_m3d[:, None] ** 2),
        )


def _design(rise: FloatArray, viscosity: FloatArray, terms: int) -> FloatArray:
    leakage = rise / positive(viscosity)
    return np.stack([leakage, leakage * rise][:terms], axis=-1)


def _totals(values: FloatArray, index: Places, pumps: int) -> FloatArray:
    total = np.zeros((pumps, *values.shape[1:]))
    np.add.at(total, index, values)
    return total
