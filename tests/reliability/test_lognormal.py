"""The lognormal fit against its own likelihood, written out plainly."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumpperf.errors import ArgumentError
from pumpperf.reliability import tops
from pumpperf.reliability.lognormal import lognormal

NAN = float("nan")
Z95 = 1.959963984540054
SCALE = st.sampled_from([1.0, 1e-8, 1e8, 1e150])
ROOT = math.sqrt(2.0)


def log_survival(u):
    """ln Phi(-u)."""
    return math.log(0.5 * math.erfc(u / ROOT)) if u < 20.0 else -0.5 * u * u - math.log(u) - 0.919


def log_likelihood(lives, mu, sigma):
    """But for a constant; lives of (ln age, failed, weight)."""
    total = 0.0
    for y, failed, weight in lives:
        u = (y - mu) / sigma
        total += weight * (-math.log(sigma) - 0.5 * u * u if failed else log_survival(u))
    return total


def score(lives, mu, sigma):
    """Slopes of the log-likelihood in mu and in ln sigma, each with what it is summed from."""
    along, wide = [], []
    for y, failed, weight in lives:
        u = (y - mu) / sigma
        hazard = math.exp(-0.5 * u * u - log_survival(u)) / math.sqrt(2.0 * math.pi)
        along.append(weight * (u if failed else hazard) / sigma)
        wide.append(weight * (u * u if failed else hazard * u))
        wide.append(-weight if failed else 0.0)
    return along, wide


AGES = st.one_of(st.integers(1, 6).map(float), st.floats(0.5, 50.0))
LIVES = st.lists(
    st.tuples(AGES, st.booleans(), st.sampled_from([0.0, 1.0, 1.0, 3.0, 40.0])), max_size=10
)


def fit(lives, scale=1.0, **more):
    return lognormal(
        age_h=[age * scale for age, *_ in lives],
        failed=[failed for _, failed, _ in lives],
        weight=[weight for *_, weight in lives],
        level=0.95,
        **more,
    )


def status_by_hand(kept):
    failures = [age for age, failed, _ in kept if failed]
    if not failures:
        return "no_failures" if kept else "no_exposure"
    if max(age for age, *_ in kept) == min(failures):
        return "failure_at_maximum"
    return "one_failure" if sum(w for _, f, w in kept if f) == 1.0 else "ok"


@given(lives=LIVES, scale=SCALE)
def test_no_slope_is_left_at_the_fit(lives, scale):
    found = fit(lives, scale)
    kept = [life for life in lives if life[2]]
    assert found.status.tolist() == [status_by_hand(kept)]
    assert found.dropped.tolist() == [len(lives) - len(kept)]
    assert found.lives[0] == sum(w for *_, w in kept)
    assert found.failures[0] == sum(w for _, f, w in kept if f)
    exposure = math.fsum(a * w for a, _, w in kept)
    assert found.exposure_h[0] / scale == pytest.approx(exposure)
    if found.status[0] not in {"ok", "one_failure"}:
        assert math.isnan(found.ln_mean[0])
        assert math.isnan(found.upper_mean_h[0])
        return
    logs = [(math.log(age), failed, weight) for age, failed, weight in kept]
    mu, sigma = float(found.ln_mean[0]) - math.log(scale), float(found.ln_sd[0])
    along, wide = score(logs, mu, sigma)
    # The logarithm of the scale costs digits where lives are nearly alike.
    lost = 1e-9 + 1e-14 * (1.0 + abs(math.log(scale))) / sigma
    assert abs(math.fsum(along)) <= lost * math.fsum(map(abs, along)) * 10.0
    assert abs(math.fsum(wide)) <= lost * math.fsum(map(abs, wide)) * 10.0


@given(lives=LIVES)
def test_standard_errors_are_those_of_the_observed_information(lives):
    found = fit(lives)
    mu, sigma = float(found.ln_mean[0]), float(found.ln_sd[0])
    if found.status[0] not in {"ok", "one_failure"} or not 1e-2 < sigma < 1e2:
        return
    logs = [(math.log(age), failed, weight) for age, failed, weight in lives if weight]

    def slopes(shift, factor):
        along, wide = score(logs, mu + shift * sigma, sigma * math.exp(factor))
        return np.array([math.fsum(along) * sigma, math.fsum(wide)])

    h = 1e-5
    information = -np.array(
        [(slopes(h, 0.0) - slopes(-h, 0.0)), (slopes(0.0, h) - slopes(0.0, -h))]
    ) / (2.0 * h)
    if np.linalg.cond(information) > 1e4:
        return
    covariance = np.linalg.inv(information) * sigma**2  # of mu and sigma
    tolerance = {"rel": 1e-4, "abs": 1e-4 * sigma**2}
    assert found.standard_error_ln_mean[0] ** 2 == pytest.approx(covariance[0, 0], **tolerance)
    assert found.standard_error_ln_sd[0] ** 2 == pytest.approx(covariance[1, 1], **tolerance)
    assert found.covariance[0] == pytest.approx(covariance[0, 1], **tolerance)


def test_bounds_follow_from_the_standard_errors():
    found = fit([(float(age), age % 3 > 0, 1.0) for age in range(1, 12)])
    mu, sigma = found.ln_mean[0], found.ln_sd[0]
    se_mu, se_sigma, cov = (
        found.standard_error_ln_mean[0],
        found.standard_error_ln_sd[0],
        found.covariance[0],
    )
    slope = np.array([1.0, sigma])
    error = math.sqrt(slope @ np.array([[se_mu**2, cov], [cov, se_sigma**2]]) @ slope)
    expected = {
        "ln_mean": (mu - Z95 * se_mu, mu + Z95 * se_mu),
        "median_h": (math.exp(mu - Z95 * se_mu), math.exp(mu + Z95 * se_mu)),
        "ln_sd": tuple(sigma * math.exp(sign * Z95 * se_sigma / sigma) for sign in (-1, 1)),
        "mean_h": tuple(math.exp(mu + sigma**2 / 2 + sign * Z95 * error) for sign in (-1, 1)),
    }
    for name, (lower, upper) in expected.items():
        assert getattr(found, f"lower_{name}")[0] == pytest.approx(lower, rel=1e-12)
        assert getattr(found, f"upper_{name}")[0] == pytest.approx(upper, rel=1e-12)
    assert found.mean_h[0] == pytest.approx(math.exp(mu + sigma**2 / 2), rel=1e-12)
    assert found.median_h[0] == pytest.approx(math.exp(mu), rel=1e-12)


@given(ages=st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=20, unique=True))
def test_without_suspensions_the_fit_is_closed(ages):
    found = lognormal(age_h=ages, failed=[True] * len(ages), level=0.9)
    logs, n = np.log(ages), len(ages)
    if logs.std() < 1e-6:
        return
    assert found.ln_mean[0] == pytest.approx(logs.mean(), rel=1e-9, abs=1e-9)
    assert found.ln_sd[0] == pytest.approx(logs.std(), rel=1e-9)
    assert found.standard_error_ln_mean[0] == pytest.approx(logs.std() / math.sqrt(n), rel=1e-9)
    assert found.standard_error_ln_sd[0] == pytest.approx(logs.std() / math.sqrt(2 * n), rel=1e-9)
    assert found.covariance[0] == pytest.approx(0.0, abs=1e-9 * logs.var())


@given(grouped=st.lists(st.tuples(st.sampled_from("BAC"), LIVES), max_size=5), scale=SCALE)
def test_groups_are_fitted_as_if_alone(grouped, scale):
    lives = [life for _, own in grouped for life in own]
    by = [label for label, own in grouped for _ in own]
    found = fit(lives, scale, by=by)
    assert found.group.tolist() == sorted(set(by))
    for g, label in enumerate(found.group):
        alone = fit([life for life, other in zip(lives, by, strict=True) if other == label], scale)
        assert found.status[g] == alone.status[0]
        for name in ("ln_mean", "ln_sd", "standard_error_ln_mean", "standard_error_ln_sd"):
            expected = getattr(alone, name)[0]
            assert getattr(found, name)[g] == pytest.approx(expected, rel=1e-8, nan_ok=True)


@pytest.mark.parametrize("difference", [1e-15, 1e-9, 1e-3, 1e3, 1e300])
@pytest.mark.parametrize("suspended", [0, 1, 1000])
def test_failures_that_are_nearly_alike_or_far_apart(difference, suspended):
    ages = [1.0, 1.0 + difference] + [2.0] * bool(suspended)
    found = lognormal(
        age_h=ages, failed=[1, 1, 0][: len(ages)], weight=[1, 1, suspended][: len(ages)], level=0.9
    )
    assert found.status.tolist() == ["ok"]
    if not suspended:
        half = 0.5 * math.log1p(ages[1] - 1.0)
        assert found.ln_sd[0] == pytest.approx(half, rel=1e-9)
        assert found.ln_mean[0] == pytest.approx(half, rel=1e-9)


def test_lives_of_every_magnitude_at_once():
    ages = [1e-150, 1.0, 1e150, 1e-150]
    found = lognormal(age_h=ages, failed=[1, 1, 1, 0], level=0.9)
    assert found.status.tolist() == ["ok"]
    assert found.mean_h.tolist() == [math.inf]


def test_few_early_failures_among_many_that_run():
    # Two failures at 1 and 2 days and 1000 pumps that ran 1000 days.
    lives = [(24.0, True, 1.0), (48.0, True, 1.0), (24000.0, False, 1000.0)]
    found = fit(lives)
    mu, sigma = float(found.ln_mean[0]), float(found.ln_sd[0])
    logs = [(math.log(age), failed, weight) for age, failed, weight in lives]
    best = log_likelihood(logs, mu, sigma)
    for shift in (-0.01, 0.01):
        assert log_likelihood(logs, mu + shift, sigma) < best
        assert log_likelihood(logs, mu, sigma + shift) < best
    assert mu > math.log(24000.0)


def test_a_fit_that_was_not_reached_is_not_given(monkeypatch):
    monkeypatch.setattr(tops, "STEPS", 1)
    found = fit([(1.0, True, 1.0), (2.0, True, 1.0), (9.0, False, 5.0)])
    assert found.status.tolist() == ["no_maximum_found"]
    assert math.isnan(found.ln_mean[0])
    assert math.isnan(found.standard_error_ln_sd[0])


def test_nothing_in_gives_nothing_out():
    assert lognormal(age_h=[], failed=[], level=0.9).status.tolist() == ["no_exposure"]
    assert lognormal(age_h=[], failed=[], level=0.9, by=[]).status.size == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"age_h": [3.0, 0.0, 1.0]},
            r"age_h\[1\] = 0.0 failed: expected an age above 0, or the life left out",
        ),
        (
            {"age_h": [0.0, 0.0, 1.0], "failed": [0, 1, 1]},
            r"age_h\[1\] = 0.0 failed: expected an age above 0",
        ),
        ({"level": 0.0}, r"level = 0.0: expected a confidence level"),
        ({"weight": [1.0, -1.0, 1.0]}, r"weight\[1\] = -1.0: expected a finite number"),
    ],
)
def test_a_wrong_life_is_named(changed, words):
    asked = {"age_h": [1.0, 2.0, 3.0], "failed": [1, 1, 0], "level": 0.9}
    with pytest.raises(ArgumentError, match=words):
        lognormal(**{**asked, **changed})


def test_late_entries_are_not_taken():
    with pytest.raises(TypeError, match="entry_age_h"):
        lognormal(age_h=[1.0], failed=[1], level=0.9, entry_age_h=[0.5])
