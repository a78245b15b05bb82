"""Windows that count neither up nor down in the availability of an account, by hand."""

import json

import pytest
from test_evaluate import ASKED, TEST, run

from pumpperf import ArgumentError, MemoryRepository, PumpPerformanceService, Window
from pumpperf.adapters.web.bodies import DowntimeRequest
from pumpperf.evaluate import downtime_impact_of, recomputed
from sample import DAY, HOUR, WHEN
from sample import stop as stop_of

DAYS = Window(WHEN, WHEN + 10 * DAY)
SET = run(1, 0)
SHUT_IN = Window(WHEN + 2 * DAY, WHEN + 4 * DAY)


def stop(number, start, end):
    return stop_of(number, "PLANNED", start, end, unit=DAY)


def made(*stops, excused=(), runs=(SET,), window=DAYS):
    return downtime_impact_of(
        "P1",
        installations=runs,
        maintenance=[],
        activities=stops,
        tests=[TEST],
        window=window,
        excused=excused,
        **ASKED,
    )


def test_without_an_excuse_availability_is_the_share_of_uptime():
    found, record = made(stop(1, 3, 5))
    assert found.uptime_share == found.operational_availability == 0.8
    assert found.excused_h is None
    assert "excused" not in json.loads(record.parameters)


@pytest.mark.parametrize(
    ("stops", "excused", "hours", "availability"),
    [
        # down on the days 3 and 4, of which 3 is excused: up 7 of the 8 days that count
        ([(3, 5)], [SHUT_IN], 48.0, 7 / 8),
        # told twice, in parts, in any order
        ([(3, 5)], [Window(WHEN + 3 * DAY, WHEN + 4 * DAY), SHUT_IN], 48.0, 7 / 8),
        # beyond the account
        ([(3, 5)], [Window(WHEN - DAY, WHEN + 4 * DAY)], 96.0, 5 / 6),
        # the whole account
        ([(3, 5)], [DAYS], 240.0, None),
        # up all the while
        ([(8, 9)], [SHUT_IN], 48.0, 7 / 8),
    ],
)
def test_excused_windows_count_neither_up_nor_down(stops, excused, hours, availability):
    found, _ = made(*(stop(n, *days) for n, days in enumerate(stops)), excused=excused)
    assert found.excused_h == hours
    assert found.operational_availability == availability
    plain, _ = made(*(stop(n, *days) for n, days in enumerate(stops)))
    for name in ("uptime_h", "uptime_share", "downtime_h", "lost_volume_m3", "findings"):
        assert getattr(found, name) == getattr(plain, name)


def test_only_time_in_a_well_can_be_excused():
    """Set on day 3: of the excused days 2 and 3 it was there for one; down on day 5 of seven."""
    found, _ = made(stop(1, 5, 6), runs=[run(1, 3)], excused=[SHUT_IN])
    assert (found.installed_h, found.excused_h) == (168.0, 24.0)
    assert found.operational_availability == 5 / 6
    nowhere, _ = made(runs=[run(1, 20)], excused=[SHUT_IN])
    assert (nowhere.excused_h, nowhere.operational_availability) == (0.0, None)


def test_a_run_with_excused_windows_is_made_again():
    early = Window(WHEN, WHEN + HOUR)
    first, record = made(stop(1, 3, 5), excused=[SHUT_IN, early])
    assert json.loads(record.parameters)["excused"] == " ".join(
        f"{one.start.isoformat()}/{one.end.isoformat()}" for one in (early, SHUT_IN)
    )
    again, _ = recomputed(record, [SET, stop(1, 3, 5), TEST], assumptions=ASKED["assumptions"])
    assert again.operational_availability == first.operational_availability
    assert made(stop(1, 3, 5), excused=iter([early, SHUT_IN]))[1] == record
    service = PumpPerformanceService(MemoryRepository(), clock=lambda: WHEN + 90 * DAY)
    service.record(SET, stop(1, 3, 5), TEST, user_id="ana")
    kept = service.assess_downtime("P1", DAYS, user_id="ana", excused=iter([SHUT_IN]))
    assert kept.operational_availability == 7 / 8
    assert service.reproduce(kept.run_id).operational_availability == 7 / 8


def test_what_is_no_window_is_refused():
    with pytest.raises(ArgumentError, match=r"excused\[0\]"):
        made(excused=[(WHEN, WHEN + DAY)])
    with pytest.raises(ArgumentError, match="excused"):
        made(excused=5)


def test_a_body_brings_its_excused_windows():
    given = {"start_date": DAYS.start, "end_date": DAYS.end}
    asked = DowntimeRequest(
        **given, excused_start_date=[SHUT_IN.start], excused_end_date=[SHUT_IN.end]
    )
    assert asked.arguments()["excused"] == [SHUT_IN]
    assert DowntimeRequest(**given).arguments()["excused"] == []
