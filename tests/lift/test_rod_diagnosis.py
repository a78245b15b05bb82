"""The diagnosis of rod pumps, held to an independent simulator, and the evidence behind it."""

from dataclasses import fields, replace

import numpy as np
import pytest
from confusion import CODES, NAMED, confusion, named_faults, taken_down
from forward import Strokes, random_wells, simulate
from hypothesis import given
from hypothesis import strategies as st
from pumps_forward import FAULTS, Pumps, random_pumps

from pumpperf import Severity
from pumpperf.checks import fault_findings
from pumpperf.errors import ArgumentError
from pumpperf.lift.evidence import (
    UNDETERMINED,
    Fault,
    Sign,
    leading_fault,
    strengths,
    suspected_faults,
)
from pumpperf.lift.rod import FAULTS as ROD_FAULTS
from pumpperf.lift.rod import DownholeCard, card_features

NAN = float("nan")


def test_faults_are_named_and_healthy_pumps_are_not_accused(searching):
    wells = 60 if searching else 12
    counts = confusion(wells_a_fault=wells, seed=4, cells=24, strokes=8)
    right = np.array([counts[row, CODES.index(NAMED[fault])] for row, fault in enumerate(FAULTS)])
    assert counts.sum() > 0.88 * wells * len(FAULTS)
    assert right.sum() / counts.sum() >= 0.95
    assert np.all(right / counts.sum(axis=-1) >= 0.85)
    assert right[0] / counts[0].sum() >= 0.96


@pytest.fixture(scope="module")
def wells():
    return random_wells(np.random.default_rng(21), 40)


LEFT = np.tile([0.5, 0.99], 20)  # of the string, that still hangs


def one_after_the_other(columns):
    """Those of several wells in one."""
    kind = type(columns[0])
    names = [field.name for field in fields(kind)]
    return kind(**{name: np.concatenate([getattr(c, name) for c in columns]) for name in names})


@pytest.fixture(scope="module")
def strokes(wells):
    """How these wells stroke with each kind of pump; one march of many takes as long as of few."""
    pumps = {
        "sound": Pumps(),
        "wrong datum": random_pumps(np.random.default_rng(22), wells, "wrong_datum"),
        "pounding": Pumps(fillage=0.55),
        "parted": Pumps(parted_share=LEFT),
    }
    ill = one_after_the_other([one.over(40) for one in pumps.values()])
    marched = vars(simulate(one_after_the_other([wells] * len(pumps)), ill, cells=24))
    parts = {name: np.split(column, len(pumps)) for name, column in marched.items()}
    return {
        kind: Strokes(**{name: part[place] for name, part in parts.items()})
        for place, kind in enumerate(pumps)
    }


@pytest.fixture(scope="module")
def sound(strokes):
    return strokes["sound"]


def test_without_an_expected_load_only_shapes_are_named(wells, strokes):
    card = taken_down(wells, strokes["wrong datum"], np.random.default_rng(22))
    named = named_faults(card, NAN)
    assert "WRONG_LOAD_DATUM" not in named
    assert np.mean(named == "FULL_PUMP") > 0.9


def test_a_load_that_leads_its_position_is_not_believed(wells, sound):
    rng = np.random.default_rng(23)
    late = replace(sound, load_kn=np.roll(sound.load_kn, -8, axis=-1))
    named = [
        named_faults(card, wells.fluid_load_kn)
        for card in (taken_down(wells, one, rng) for one in (sound, late))
    ]
    assert "PHASE_SHIFTED" not in named[0]
    assert np.mean(named[1] == "PHASE_SHIFTED") >= 0.9


def test_one_card_has_its_evidence(wells, strokes):
    card = taken_down(wells, strokes["pounding"], np.random.default_rng(24))
    shown = card_features(
        position_m=card.position_m[0],
        load_kn=card.load_kn[0],
        expected_fluid_load_kn=wells.fluid_load_kn[0],
    )
    first, *_ = suspected_faults(ROD_FAULTS, shown)
    assert first.code == "FLUID_POUND"
    fillage = next(one for one in first.evidence_for if one.feature == "fillage")
    assert fillage.value == pytest.approx(0.55, abs=0.04)
    assert str(fillage).startswith("fillage is 0.5")
    assert "fluid level" in first.look_at
    finding = fault_findings([first])[0]
    assert (finding.code, finding.severity) == ("FLUID_POUND", Severity.WARNING)


@pytest.mark.parametrize("factor", [0.05, 0.5, 3.0, 5.0])
def test_a_pump_with_a_load_that_cannot_be_is_not_called_full(factor, wells, sound):
    card = DownholeCard(position_m=sound.pump_position_m, load_kn=sound.pump_load_kn * factor)
    named = named_faults(card, wells.fluid_load_kn)
    assert "FULL_PUMP" not in named


def test_rods_parted_anywhere_are_named(wells, strokes):
    card = taken_down(wells, strokes["parted"], np.random.default_rng(25))
    named = named_faults(card, wells.fluid_load_kn)
    for part in (0.5, 0.99):
        assert np.mean(named[part == LEFT] == "PARTED_RODS") >= 0.9


def test_evidence_is_of_one_pump():
    with pytest.raises(ArgumentError, match="leading_fault takes a column"):
        suspected_faults([WORN], {"head": np.array([0.8, 0.9])})


def test_suspected_faults_become_findings_in_their_order():
    features = {"head": 0.8, "power": 1.0, "rate": 0.9, "gas": 0.3}
    gassy, worn = fault_findings(suspected_faults([WORN, GASSY], features), reading_obs_no=2)
    assert (gassy.code, worn.code) == ("GASSY", "WORN")
    assert worn.severity is Severity.WARNING
    assert worn.inputs == ("head", "power", "rate")
    assert (worn.look_at, worn.reading_obs_no) == ("the stages", 2)
    (nothing,) = fault_findings(suspected_faults([WORN], {}))
    assert (nothing.code, nothing.severity) == (UNDETERMINED, Severity.INFO)


def test_a_card_that_shows_nothing_is_undetermined():
    shown = card_features(
        position_m=np.zeros(20), load_kn=np.zeros(20), expected_fluid_load_kn=10.0
    )
    (nothing,) = suspected_faults(ROD_FAULTS, shown)
    assert nothing.code == UNDETERMINED
    assert nothing.look_at.startswith("what was not measured: ")


WORN = Fault(
    code="WORN",
    needs=(Sign("head", high=0.9), Sign("power", 0.9, 1.1)),
    supports=(Sign("rate", high=0.8),),
    look_at="the stages",
)
GASSY = Fault(code="GASSY", needs=(Sign("gas", low=0.2),), look_at="the intake")


def test_strength_is_the_share_of_known_signs_that_hold():
    features = {"head": [0.8, 0.8, 0.8, 1.0, NAN], "power": 1.0, "rate": [0.7, 0.9, NAN, 0.7, 0.7]}
    shown = strengths([WORN, GASSY], features)
    np.testing.assert_allclose(shown["WORN"], [1.0, 2 / 3, 1.0, 0.0, NAN])
    assert np.isnan(shown["GASSY"]).all()
    assert leading_fault([WORN, GASSY], features).tolist() == ["WORN"] * 3 + [UNDETERMINED] * 2


def test_the_stronger_fault_leads_and_of_two_equal_ones_the_first():
    features = {"head": 0.8, "power": 1.0, "rate": 0.9, "gas": 0.3}
    assert [one.code for one in suspected_faults([WORN, GASSY], features)] == ["GASSY", "WORN"]
    assert leading_fault([WORN, GASSY], features).tolist() == "GASSY"
    equal = features | {"rate": 0.5}
    assert [one.code for one in suspected_faults([WORN, GASSY], equal)] == ["WORN", "GASSY"]


def test_evidence_stands_for_and_against():
    worn = suspected_faults([WORN], {"head": 0.8, "power": 1.0, "rate": 0.9})[0]
    assert str(worn) == (
        "WORN, 2 of 3 known signs: head is 0.8, the fault shows at most 0.9; "
        "power is 1, the fault shows 0.9 to 1.1; but rate is 0.9, the fault shows at most 0.8"
    )
    assert [one.feature for one in worn.evidence_against] == ["rate"]


def test_nothing_that_stands_out_is_said():
    unknown = suspected_faults([WORN, GASSY], {"head": 0.8, "gas": NAN})[0]
    assert (unknown.code, unknown.look_at) == (UNDETERMINED, "what was not measured: power, gas")
    sound = suspected_faults([WORN, GASSY], {"head": 1.0, "power": 1.0, "gas": 0.0})[0]
    assert sound.look_at == "nothing stands out: a later test, or another instrument"
    assert str(sound) == "UNDETERMINED: no sign is seen"


@given(
    values=st.lists(
        st.sampled_from([NAN, float("inf"), -1e8, 0.0, 0.85, 1e8]), min_size=4, max_size=4
    )
)
def test_any_features_are_judged_alike_alone_and_in_a_column(values):
    features = dict(zip(("head", "power", "rate", "gas"), values, strict=True))
    column = {name: np.array([value, 1.0]) for name, value in features.items()}
    best = suspected_faults([WORN, GASSY], features)[0]
    assert leading_fault([WORN, GASSY], column)[0] == best.code
