"""Lost production of one pump: by class, by decline, after its flush; each number by hand."""

import datetime as dt
import json
import math

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_evaluate import ASKED, MAY, TEST, impact

from pumpperf import (
    PUMPPERF_2026,
    ArgumentError,
    DowntimeType,
    MemoryRepository,
    PumpPerformanceService,
    ResultStatus,
    Severity,
    Window,
)
from pumpperf.evaluate import downtime_impact_of, recomputed
from pumpperf.evaluate.decline import Decline
from sample import DAY, HOUR, PUMPING, WHEN, run, stop

EXPONENTIAL = Decline(kind="exponential", nominal_per_d=0.01)
HYPERBOLIC = Decline(kind="hyperbolic", nominal_per_d=0.02, exponent=0.5)
STOPS = (
    stop(1, DowntimeType.PLANNED, 0, 24),
    stop(2, DowntimeType.UNPLANNED, 48, 72),
    stop(3, DowntimeType.EXTERNAL, 60, 84),
)


def codes(found):
    return [finding.code for finding in found.findings]


def test_a_constant_rate_is_lost_by_the_hour_of_each_class():
    found = impact(activities=STOPS, tests=[TEST])
    assert found.lost_planned_volume_m3 == pytest.approx(60.0)
    assert found.lost_unplanned_volume_m3 == pytest.approx(30.0)
    assert found.lost_external_volume_m3 == pytest.approx(60.0)
    assert found.lost_volume_m3 == pytest.approx(150.0)
    assert found.before_test_h == 0.0
    assert (found.net_lost_volume_m3, found.flush_share) == (None, None)
    assert (found.decline_kind, found.daily_decline, found.decline_exponent) == (None,) * 3
    assert codes(found) == ["TEST_USED", "OIL_AT_PUMP_CONDITIONS"]


def test_downtime_that_lies_in_no_installation_counts_and_is_told():
    runs = [run(1, -5, 4), run(2, 6, 7)]
    found = impact(activities=[stop(1, DowntimeType.UNPLANNED, 72, 156)], installations=runs)
    (finding,) = (f for f in found.findings if f.code == "DOWNTIME_OUTSIDE_INSTALLATION")
    assert finding.words.startswith("48 h of the downtime")
    assert (found.downtime_h, found.result_status.value) == (84.0, "PLAUSIBLE")
    inside = impact(activities=[stop(1, DowntimeType.UNPLANNED, 72, 96)], installations=runs)
    assert codes(inside) == ["NOT_INSTALLED", "TEST_MISSING"]


def exponential(first, last):
    """60 m3/d that fall by 1 % a day at any time, from day to day."""
    return 60.0 / 0.01 * (math.exp(-0.01 * first) - math.exp(-0.01 * last))


def hyperbolic(first, last):
    """60 m3/d that fall by 2 % a day at first, exponent 1/2: q = 60 / (1 + 0.01 t)^2."""
    return 60.0 / 0.01 * (1.0 / (1.0 + 0.01 * first) - 1.0 / (1.0 + 0.01 * last))


@pytest.mark.parametrize(
    ("decline", "volume"), [(EXPONENTIAL, exponential), (HYPERBOLIC, hyperbolic)]
)
def test_a_declining_rate_is_lost_by_its_integral(decline, volume):
    older = attrs.evolve(TEST, test_date=WHEN - 20 * DAY)
    found = impact(
        activities=STOPS,
        tests=[older],
        decline=decline,
        flush_share=0.25,
        oil_price_per_m3=400.0,
        currency="USD",
    )
    assert found.lost_planned_volume_m3 == pytest.approx(volume(20.0, 21.0), rel=1e-12)
    assert found.lost_unplanned_volume_m3 == pytest.approx(volume(22.0, 22.5), rel=1e-12)
    assert found.lost_external_volume_m3 == pytest.approx(volume(22.5, 23.5), rel=1e-12)
    assert found.net_lost_volume_m3 == pytest.approx(0.75 * found.lost_volume_m3)
    assert found.lost_oil_volume_m3 == pytest.approx(0.25 * found.lost_volume_m3)
    assert found.lost_revenue == pytest.approx(100.0 * found.lost_volume_m3)
    assert found.flush_share == 0.25
    assert (found.decline_kind, found.daily_decline) == (decline.kind, decline.nominal_per_d)
    assert found.decline_exponent == decline.exponent
    assert codes(found) == ["TEST_USED", "DECLINE_USED", "OIL_AT_PUMP_CONDITIONS"]


def test_the_words_tell_how_far_the_decline_went():
    older = attrs.evolve(TEST, test_date=WHEN - 20 * DAY)
    found = impact(activities=STOPS, tests=[older], decline=EXPONENTIAL)
    (finding,) = (f for f in found.findings if f.code == "DECLINE_USED")
    assert finding.words == (
        "lost liquid: exponential decline of 0.01 a day, exponent 0, leaves 79.1% of the rate of "
        "test T1 of 2026-01-11T12:00:00+00:00 at the last downtime"
    )


@pytest.mark.parametrize(("days", "code"), [(60, "DECLINE_USED"), (70, "DECLINE_FAR_FROM_TEST")])
def test_a_decline_that_takes_more_than_it_leaves_is_suspect(days, code):
    """ln 2 / 0.01 are 69.3 days, less 3.5 to the last downtime."""
    wet = attrs.evolve(PUMPING, formation_volume_factor=1.1)
    older = attrs.evolve(TEST, test_date=WHEN - days * DAY, readings=(wet,))
    found = impact(activities=STOPS, tests=[older], decline=EXPONENTIAL)
    assert codes(found) == ["TEST_USED", code]
    far = code == "DECLINE_FAR_FROM_TEST"
    assert found.result_status is (ResultStatus.SUSPECT if far else ResultStatus.ASSUMED)


def test_before_the_test_its_own_rate_is_lost():
    later = attrs.evolve(TEST, test_date=WHEN + 12 * HOUR)
    found = impact(activities=STOPS, tests=[later], decline=EXPONENTIAL)
    assert found.before_test_h == 12.0
    assert found.lost_planned_volume_m3 == pytest.approx(30.0 + exponential(0.0, 0.5), rel=1e-12)
    assert "LOST_BEFORE_TEST" in codes(found)
    (finding,) = (f for f in found.findings if f.code == "LOST_BEFORE_TEST")
    assert finding.words.startswith("lost liquid: 12 h of downtime lie before test T1 of")
    assert finding.severity is Severity.ASSUMPTION
    assert impact(activities=STOPS, tests=[later]).before_test_h == 12.0


@pytest.mark.parametrize(
    ("stops", "tests", "lost"),
    [
        (STOPS, [], None),
        ((), [TEST], 0.0),
        (STOPS, [attrs.evolve(TEST, readings=(attrs.evolve(PUMPING, rate_m3d=0.0),))], 0.0),
    ],
)
def test_what_is_assumed_is_kept_though_nothing_was_lost(stops, tests, lost):
    found = impact(activities=stops, tests=tests, decline=HYPERBOLIC, flush_share=1)
    assert found.lost_volume_m3 == found.net_lost_volume_m3 == lost
    assert found.lost_external_volume_m3 == lost
    assert (found.flush_share, found.daily_decline, found.decline_exponent) == (1.0, 0.02, 0.5)
    assert not {"DECLINE_USED", "DECLINE_FAR_FROM_TEST", "LOST_BEFORE_TEST"} & set(codes(found))


@given(
    events=st.lists(
        st.tuples(st.sampled_from(DowntimeType), st.floats(-50, 300), st.floats(0, 90)), max_size=8
    ),
    decline=st.sampled_from([None, EXPONENTIAL, HYPERBOLIC]),
    since=st.floats(-9.0, 50.0),
)
def test_classes_of_lost_volume_add_up_exactly(events, decline, since):
    stops = [stop(i, kind, start, start + h) for i, (kind, start, h) in enumerate(events)]
    test = attrs.evolve(TEST, test_date=WHEN - since * DAY)
    found = impact(activities=stops, tests=[test], decline=decline)
    parts = (
        found.lost_planned_volume_m3
        + found.lost_unplanned_volume_m3
        + found.lost_external_volume_m3
    )
    assert parts == found.lost_volume_m3
    assert found.lost_volume_m3 <= 60.0 * found.downtime_h / 24.0 * (1.0 + 1e-12)
    assert found.before_test_h <= found.downtime_h * (1.0 + 1e-12)


def made(**more):
    asked = {"installations": [run(1, -5)], "activities": STOPS, "tests": [TEST], "window": MAY}
    asked |= {"maintenance": []}
    return downtime_impact_of("P1", **(asked | more), **ASKED)


def test_a_run_keeps_only_what_was_asked():
    _, plain = made()
    assert set(json.loads(plain.parameters)) == {"start", "end", "oil_price_per_m3", "currency"}
    _, full = made(decline=HYPERBOLIC, flush_share=0.1)
    kept = json.loads(full.parameters)
    assert (kept["decline_kind"], kept["decline_per_d"], kept["decline_exponent"]) == (
        "hyperbolic",
        0.02,
        0.5,
    )
    assert kept["flush_share"] == 0.1
    runs = {made(**more)[1].run_id for more in ({}, {"decline": HYPERBOLIC}, {"flush_share": 0.1})}
    assert len(runs | {full.run_id}) == 4


@pytest.mark.parametrize("decline", [None, EXPONENTIAL, HYPERBOLIC])
@pytest.mark.parametrize("flush_share", [None, 0.0, 1 / 3])
def test_a_run_is_made_again_from_its_own_parameters(decline, flush_share):
    first, record = made(decline=decline, flush_share=flush_share)
    rows = [run(1, -5), *STOPS, TEST]
    since_withdrawn = [attrs.evolve(row, active_ind=False) for row in rows]
    again, same = recomputed(record, since_withdrawn, assumptions=PUMPPERF_2026)
    assert same.run_id == record.run_id
    unsigned = {"row_created_by": None, "row_created_date": None}
    assert attrs.evolve(again, **unsigned) == attrs.evolve(first, **unsigned)


def test_the_service_keeps_and_reproduces_a_decline():
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: WHEN + 10 * DAY)
    service.record(run(1, -1), *STOPS, user_id="ana")
    service.record_test(TEST, user_id="ana")
    window = Window(WHEN, WHEN + 10 * DAY)
    plain = service.assess_downtime("P1", window, user_id="ana")
    found = service.assess_downtime(
        "P1", window, user_id="ana", decline=HYPERBOLIC, flush_share=1 / 7
    )
    assert found.lost_volume_m3 < plain.lost_volume_m3
    assert found.net_lost_volume_m3 == pytest.approx(found.lost_volume_m3 * 6 / 7)
    assert service.reproduce(found.run_id) == found
    assert service.reproduce(plain.run_id).lost_volume_m3 == plain.lost_volume_m3


def test_one_decline_in_two_forms_is_one_run():
    whole = Decline(kind="hyperbolic", nominal_per_d=1, exponent=1)
    assert whole == Decline(kind="hyperbolic", nominal_per_d=1.0, exponent=1.0)
    assert made(decline=whole, flush_share=1)[1] == made(decline=whole, flush_share=1.0)[1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "linear"}, "kind = 'linear': expected exponential or hyperbolic"),
        ({"nominal_per_d": 0.0}, "nominal_per_d = 0.0: expected above 0"),
        ({"nominal_per_d": float("nan")}, "nominal_per_d = nan"),
        ({"nominal_per_d": 1001.0}, "nominal_per_d = 1001.0"),
        ({"exponent": 0.5}, "exponent = 0.5: expected 0 if exponential"),
        ({"kind": "hyperbolic"}, "exponent = 0.0: expected above 0, to 2, if hyperbolic"),
        ({"kind": "hyperbolic", "exponent": 2.1}, "exponent = 2.1"),
        ({"kind": "hyperbolic", "exponent": float("nan")}, "exponent = nan"),
    ],
)
def test_what_is_no_decline_is_refused(wrong, message):
    with pytest.raises(ArgumentError, match=message):
        Decline(**{"kind": "exponential", "nominal_per_d": 0.01} | wrong)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
@pytest.mark.parametrize("tests", [[], [TEST]])
def test_a_share_is_from_0_to_1(share, tests):
    with pytest.raises(ArgumentError, match="flush_share"):
        impact(flush_share=share, tests=tests)


def test_dates_of_tests_enter_the_decline_in_utc():
    plus_3 = dt.timezone(dt.timedelta(hours=3))
    elsewhere = attrs.evolve(TEST, test_date=(WHEN - DAY).astimezone(plus_3))
    found = impact(activities=STOPS, tests=[elsewhere], decline=EXPONENTIAL)
    assert found.lost_planned_volume_m3 == pytest.approx(exponential(1.0, 2.0), rel=1e-12)
