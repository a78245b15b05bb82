"""Lost production and recommendations for ProductionOperations; each number by hand."""

import pytest
from beep_rows import DAY, MARCH, a_consumption, a_finding, a_reliability, an_impact, note_of

from pumpperf import ArgumentError, Severity
from pumpperf.interchange.beep.deferment import EXTERNAL_TYPES, deferment_entries, deferment_totals
from pumpperf.interchange.beep.recommendation import recommendations

UNKNOWN = {
    "lost_volume_m3": None,
    "lost_planned_volume_m3": None,
    "lost_unplanned_volume_m3": None,
    "lost_external_volume_m3": None,
    "lost_oil_volume_m3": None,
    "lost_revenue": None,
}


def entries(impact=None, uwi="W1", external_as="WEATHER"):
    return deferment_entries(impact or an_impact(), uwi=uwi, external_as=external_as)


def test_oil_is_deferred_by_class_as_a_daily_mean():
    planned, unplanned, external = entries().records
    # a fifth of 10, 25 and 5 bbl in 10 days
    assert planned == {
        "Uwi": "W1",
        "DefermentType": "PLANNED",
        "DeferredVolumeBoepd": pytest.approx(0.2),
        "FluidType": "OIL",
        "StartDate": MARCH,
        "EndDate": MARCH + 10 * DAY,
        "Reason": "10 h of planned downtime of pump P1",
    }
    assert (unplanned["DefermentType"], external["DefermentType"]) == ("UNPLANNED", "WEATHER")
    assert unplanned["DeferredVolumeBoepd"] == pytest.approx(0.5)
    assert external["DeferredVolumeBoepd"] == pytest.approx(0.1)


def test_rate_times_days_of_the_entries_gives_all_oil_back():
    """Also if an event goes on at the window's end: its entry has an end."""
    boe = sum(
        entry["DeferredVolumeBoepd"] * ((entry["EndDate"] - entry["StartDate"]) / DAY)
        for entry in entries().records
    )
    assert boe == pytest.approx(8.0)


def test_what_a_deferment_loses_is_noted():
    found = entries(an_impact(flush_share=0.25, net_lost_volume_m3=1.0))
    note_of(found, "CHANGED: DeferredVolumeBoepd: the mean", "10 days")
    note_of(found, "CHANGED: DeferredVolumeBoepd: 8 bbl of oil, 1 bbl as 1 BOE")
    note_of(found, "LOST: 40 bbl of liquid")
    note_of(found, "CHANGED: DefermentType", "WEATHER")
    note_of(found, "LOST: DOWNTIME_IMPACT 'D1': the net loss", "0.25")
    note_of(found, "LOST: DOWNTIME_IMPACT 'D1': its run", "PLAUSIBLE", "none")


def test_every_field_of_the_row_that_no_entry_holds_is_named():
    line = note_of(entries(an_impact(daily_decline=0.001, decline_exponent=0.0)), "its run")
    assert set(line.split(", ")) >= {
        "uptime_share",
        "events",
        "daily_decline",
        "decline_exponent",
        "oil_price_per_m3",
        "currency",
        "lost_revenue",
    }
    for known in ("planned_h", "lost_volume_m3", "equipment_id", "remark", "active_ind"):
        assert known not in line


def test_only_oil_is_barrels_of_oil_equivalent():
    found = entries(an_impact(lost_oil_volume_m3=None, lost_revenue=None))
    assert [entry["DeferredVolumeBoepd"] for entry in found.records] == [None] * 3
    note_of(found, "ABSENT: DeferredVolumeBoepd: 40 bbl of liquid")
    note_of(entries(an_impact(**UNKNOWN)), "ABSENT: DeferredVolumeBoepd: what was lost")


def test_a_class_without_downtime_has_no_entry():
    quiet = an_impact(planned_h=0.0, external_h=0.0)
    found = entries(quiet, external_as=None)
    assert [entry["DefermentType"] for entry in found.records] == ["UNPLANNED"]
    assert not [line for line in found.notes if "DefermentType" in line]
    asked = entries(quiet, external_as="WEATHER")
    assert not [line for line in asked.notes if "DefermentType" in line]
    assert entries(an_impact(planned_h=0, unplanned_h=0, external_h=0)).records == ()


def test_downtime_that_lost_nothing_is_deferred_by_nothing():
    zero = dict.fromkeys(UNKNOWN, 0.0)
    assert {entry["DeferredVolumeBoepd"] for entry in entries(an_impact(**zero)).records} == {0.0}


@pytest.mark.parametrize("external_as", [None, "EXTERNAL", "PLANNED"])
def test_downtime_from_outside_needs_one_of_their_types(external_as):
    with pytest.raises(ArgumentError, match=f"5 h .*: expected one of {EXTERNAL_TYPES[0]}, "):
        entries(external_as=external_as)


def test_an_unknown_type_is_refused_also_where_it_is_not_needed():
    with pytest.raises(ArgumentError, match="external_as = 'RAIN'"):
        entries(an_impact(external_h=0.0), external_as="RAIN")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"impact": an_impact(active_ind=False)}, "'D1' is retired"),
        ({"uwi": ""}, "uwi = ''"),
        ({"impact": an_impact(window_h=0.0)}, "'D1' has window_h = 0"),
    ],
)
def test_what_cannot_be_deferred_is_refused(given, words):
    with pytest.raises(ArgumentError, match=words):
        entries(**given)


APRIL = an_impact(
    downtime_impact_id="D2", start_date=MARCH + 10 * DAY, end_date=MARCH + 20 * DAY, flush_share=0.1
)


def test_totals_are_barrels_of_liquid_by_class_and_oil():
    found = deferment_totals([APRIL, an_impact()])
    assert found.record == {
        "StartDate": MARCH,
        "EndDate": MARCH + 20 * DAY,
        "PlannedDeferredBbl": pytest.approx(20.0),
        "UnplannedDeferredBbl": pytest.approx(50.0),
        "ExternalDeferredBbl": pytest.approx(10.0),
        "TotalDeferredBbl": pytest.approx(80.0),
        "TotalDeferredBoe": pytest.approx(16.0),
    }
    note_of(found, "CHANGED: volumes in Bbl: liquid, not BOE")
    note_of(found, "CHANGED: TotalDeferredBoe: oil")
    note_of(found, "LOST: DOWNTIME_IMPACT 'D2': the net loss")
    note_of(found, "CHANGED: StartDate, EndDate: of 2 windows")
    (alone,) = [line for line in deferment_totals([APRIL]).notes if "its run" in line]
    assert "planned_h" in alone
    assert len([line for line in found.notes if "its run" in line]) == 2


def test_a_total_of_which_a_part_is_unknown_is_absent():
    found = deferment_totals([APRIL, an_impact(lost_oil_volume_m3=None, lost_revenue=None)])
    assert found.record["TotalDeferredBoe"] is None
    assert found.record["TotalDeferredBbl"] == pytest.approx(80.0)
    note_of(found, "ABSENT: TotalDeferredBoe: no lost_oil_volume_m3 in DOWNTIME_IMPACT 'D1'")


@pytest.mark.parametrize(
    ("impacts", "words"),
    [
        ([], "impacts is empty"),
        ([an_impact(active_ind=False)], "retired"),
        ([an_impact(downtime_impact_id="D3"), an_impact()], "expected windows apart"),
    ],
)
def test_what_cannot_be_added_is_refused(impacts, words):
    with pytest.raises(ArgumentError, match=words):
        deferment_totals(impacts)


def test_a_long_window_overlaps_all_that_lie_in_it():
    inside = [
        an_impact(
            downtime_impact_id=f"D{day}",
            start_date=MARCH + day * DAY,
            end_date=MARCH + (day + 1) * DAY,
        )
        for day in (2, 5)
    ]
    with pytest.raises(ArgumentError, match="'D2' begins .*; .*'D5' begins .*'D1' of the same"):
        deferment_totals([*inside, an_impact()])


def test_windows_of_two_pumps_may_overlap():
    other = an_impact(downtime_impact_id="D3", equipment_id="P2")
    assert deferment_totals([an_impact(), other]).record["TotalDeferredBbl"] == pytest.approx(80.0)


def test_every_finding_is_a_recommendation_with_its_evidence():
    low = dict.fromkeys((Severity.ASSUMPTION, Severity.INFO), "Low")
    severities = {Severity.ERROR: "High", Severity.WARNING: "Medium"} | low
    findings = [a_finding(f"F_{severity}", severity) for severity in severities]
    result = a_consumption(findings=findings)
    found = recommendations(result, uwi="W1")
    assert [one.record["Priority"] for one in found] == list(severities.values())
    assert found[1].record == {
        "RecommendationId": "E1/2",
        "WellUWI": "W1",
        "RecommendationType": "F_WARNING",
        "Description": "it is odd; look at the meter",
        "ExpectedImprovement": None,
        "Priority": "Medium",
    }
    assert found[1].evidence == {
        "CODE": "F_WARNING",
        "SEVERITY": "WARNING",
        "WORDS": "it is odd",
        "INPUTS": ["rate_m3d"],
        "LOOK_AT": "the meter",
        "READING_OBS_NO": None,
        "QUANTITY_NAMES": [],
        "QUANTITY_VALUES": [],
        "EQUIPMENT_ID": "P1",
        "RESULT_TABLE": "ENERGY_CONSUMPTION",
        "RESULT_KEY": ["E1"],
        "RESULT_STATUS": "SUSPECT",
        "RUN_ID": "E1",
    }
    note_of(found[1], "ABSENT: ExpectedImprovement")
    note_of(found[1], "CHANGED: Priority: severity WARNING")
    note_of(found[1], "LOST: ENERGY_CONSUMPTION 'E1'")


def test_without_evidence_nothing_is_recommended():
    assert recommendations(a_reliability(), uwi="W1") == ()
    assert recommendations(an_impact(unplanned_h=0.0), uwi="W1") == ()


def test_unplanned_downtime_states_what_it_cost_as_the_most_to_gain():
    downtime, other = recommendations(an_impact(findings=[a_finding()]), uwi="W1")
    # 25 of 40 bbl of liquid hold 5 of the 8 bbl of oil, lost in 10 days
    assert downtime.record["ExpectedImprovement"] == pytest.approx(0.5)
    assert downtime.record["RecommendationType"] == "UNPLANNED_DOWNTIME"
    assert downtime.record["Priority"] == "Medium"
    assert downtime.evidence["INPUTS"] == ["unplanned_h", "lost_unplanned_volume_m3"]
    assert downtime.evidence["WORDS"].endswith("lost 3.97468 m3 of liquid")
    note_of(downtime, "CHANGED: ExpectedImprovement: bbl/d of oil", "the most")
    assert other.record["ExpectedImprovement"] is None
    assert other.record["RecommendationId"] == "D1/2"


def test_a_gain_that_is_not_known_is_absent():
    (downtime,) = recommendations(an_impact(**UNKNOWN), uwi="W1")
    assert downtime.record["ExpectedImprovement"] is None
    assert "an unknown volume" in downtime.evidence["WORDS"]
    note_of(downtime, "ABSENT: ExpectedImprovement")


def test_recommendations_need_an_active_result_and_a_well():
    with pytest.raises(ArgumentError, match="'D1' is retired"):
        recommendations(an_impact(active_ind=False), uwi="W1")
    with pytest.raises(ArgumentError, match="uwi = ' '"):
        recommendations(an_impact(), uwi=" ")
