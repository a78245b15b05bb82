"""Whatever is added and asked in whatever order: databases and memory say the same."""

import datetime as dt
from contextlib import suppress

import attrs
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pumpperf import (
    ArgumentError,
    EnergyConsumption,
    Equipment,
    Finding,
    MeanTimeBetweenFailure,
    MemoryRepository,
    PcpReading,
    PumpPerformanceError,
    PumpTest,
    WellActivity,
)
from pumpperf.adapters.sql import SqlRepository, metadata
from pumpperf.adapters.sql.store import FEW
from pumpperf.model import key
from pumpperf.repository import Answer
from sample import HOUR, WHEN, a_test, an_interval

TEXTS = ["P", "p", "é", "𝛀", "\uffff", "a b"]
DATES = [WHEN, WHEN + HOUR, WHEN.replace(microsecond=1), WHEN.astimezone(dt.timezone(5 * HOUR))]
DOUBT = Finding(code="GAP", severity="WARNING", words="a gap", inputs=("power_kw",), look_at="it")

who = {
    "active_ind": st.booleans(),
    "row_changed_by": st.none() | st.sampled_from(["ana", "bo"]),
    "row_created_by": st.none() | st.sampled_from(["ana", "bo", "cy"]),
    "row_created_date": st.none() | st.sampled_from(DATES),
}
rows = {
    Equipment: st.builds(
        Equipment,
        equipment_id=st.sampled_from(TEXTS),
        lift_type=st.sampled_from(["ESP", "PCP"]),
        effective_date=st.none() | st.sampled_from(DATES),
        **who,
    ),
    WellActivity: st.builds(
        WellActivity,
        uwi=st.sampled_from(TEXTS[:2]),
        source=st.just("x"),
        activity_obs_no=st.integers(1, 2),
        equipment_id=st.sampled_from(TEXTS[:2]),
        downtime_type=st.just("PLANNED"),
        start_time=st.sampled_from(DATES[:2]),
        **who,
    ),
    PumpTest: st.builds(
        PumpTest,
        pump_test_id=st.sampled_from(["T1", "T2", "T3"]),
        equipment_id=st.just("P"),
        test_type=st.just("BENCH"),
        test_date=st.sampled_from(DATES),
        duration_h=st.just(24.0),
        original_units=st.sampled_from([{}, {"duration_h": "d"}]),
        readings=st.lists(
            st.sampled_from([PcpReading(rate_m3d=number) for number in (1, 2)]),
            min_size=1,
            max_size=2,
        ),
        **who,
    ),
    EnergyConsumption: st.builds(
        EnergyConsumption,
        energy_consumption_id=st.sampled_from(["E1", "E2", "E3", "E4"]),
        run_id=st.just("R"),
        equipment_id=st.sampled_from(["P", "p"]),
        start_date=st.just(WHEN),
        end_date=st.sampled_from([WHEN + HOUR] * 3 + [WHEN + 2 * HOUR]),
        covered_h=st.just(0.0),
        gap_h=st.just(0.0),
        result_status=st.just("SUSPECT"),
        findings=st.lists(st.just(DOUBT), max_size=1),
        **who,
    ),
    MeanTimeBetweenFailure: st.builds(
        MeanTimeBetweenFailure,
        mtbf_id=st.sampled_from(["M1", "M2", "M3", "M4"]),
        run_id=st.just("R"),
        equipment_id=st.sampled_from(["P"] * 3 + ["p"]),
        as_of_date=st.sampled_from(DATES),
        operating_h=st.just(0.0),
        failures=st.just(0),
        confidence_level=st.just(0.9),
        method=st.just("-"),
        terminated=st.just("time"),
        estimate_status=st.just("no_failures"),
        trend_test=st.just("-"),
        trend_failures=st.just(0),
        trend_status=st.just("-"),
        **who,
    ),
}
RESULTS = st.one_of(rows[EnergyConsumption], rows[MeanTimeBetweenFailure])
ASKED = {
    Equipment: {
        "lift_type": ["ESP", "PCP", "ROD", "", 1],
        "equipment_id": [*TEXTS, "\0", "\ud800"],
    },
    WellActivity: {
        "uwi": TEXTS,
        "activity_obs_no": [1, 2.0, 2**70, True, "1"],
        "start_time": DATES,
    },
    PumpTest: {"test_date": DATES, "duration_h": [24, 24.0, float("nan")], "active_ind": [True, 1]},
    EnergyConsumption: {"equipment_id": TEXTS, "active_ind": [True, False, "Y", None]},
    MeanTimeBetweenFailure: {"equipment_id": TEXTS, "active_ind": [True], "as_of_date": DATES},
}
DATED = {
    Equipment: "effective_date",
    WellActivity: "start_time",
    PumpTest: "test_date",
    EnergyConsumption: "row_created_date",
    MeanTimeBetweenFailure: "as_of_date",
}


def said(repository, name, *arguments, **equal):
    """What a call returns, or which error it raises in which words."""
    try:
        answer = getattr(repository, name)(*arguments, **equal)
    except PumpPerformanceError as error:
        return type(error), str(error)
    found = answer if isinstance(answer, tuple) else (answer,)
    return [(row, getattr(row, "original_units", ())) for row in found]


@st.composite
def asked(draw):
    kind = draw(st.sampled_from(list(rows)))
    names = draw(st.lists(st.sampled_from(list(ASKED[kind])), unique=True))
    return kind, {name: draw(st.sampled_from(ASKED[kind][name])) for name in names}


class Alike(RuleBasedStateMachine):
    """A database and memory, side by side."""

    database: SqlRepository

    def __init__(self):
        super().__init__()
        with self.database._database.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
        self.memory = MemoryRepository()
        self.read = []

    def alike(self, *call, **equal):
        assert said(self.database, *call, **equal) == said(self.memory, *call, **equal)

    @rule(batch=st.lists(st.one_of(*rows.values()), max_size=6))
    def add(self, batch):
        self.alike("add", *batch)

    @rule(batch=st.lists(RESULTS, min_size=1, max_size=6))
    def add_results(self, batch):
        self.alike("add", *batch)

    @rule(question=asked())
    def read_rows(self, question):
        kind, equal = question
        with suppress(ArgumentError):
            found = self.memory.find(kind, **equal)
            self.read.append(Answer(kind, equal, frozenset(map(key, found))))

    @rule(batch=st.lists(RESULTS, min_size=1, max_size=2))
    def add_results_of_what_was_read(self, batch):
        self.alike("add", *batch, read=self.read)
        self.read = []

    @rule(
        values=st.lists(st.sampled_from([*TEXTS, "T1", "E1", "x", 1, 1.0, True, None]), max_size=3)
    )
    def get(self, values):
        for kind in rows:
            self.alike("get", kind, *values)

    @rule(question=asked())
    def find(self, question):
        kind, equal = question
        self.alike("find", kind, **equal)

    @rule(
        question=asked(),
        count=st.integers(-1, 3),
        date=st.none() | st.sampled_from(DATES),
        keys=st.sampled_from(TEXTS),
    )
    def newest(self, question, count, date, keys):
        kind, equal = question
        place = (keys, "x", 1) if kind is WellActivity else (keys,)
        before = None if date is None else (date, place)
        self.alike("newest", kind, DATED[kind], count, before, **equal)

    @invariant()
    def all_is_alike(self):
        for kind in rows:
            self.alike("find", kind)


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_databases_and_memory_say_the_same(name, request, tmp_path):
    sqlite = name == "sqlite"
    place = tmp_path / "alike.db" if sqlite else request.getfixturevalue("postgres").database()
    with SqlRepository(place) as repository:
        machine = type("Machine", (Alike,), {"database": repository})
        run_state_machine_as_test(
            machine, settings=settings(stateful_step_count=10, phases=[Phase.generate])
        )


def test_memory_may_grow_while_it_is_read():
    """As threads of the API do."""
    memory = MemoryRepository()
    memory.add(Equipment(equipment_id="P1", lift_type="ESP"))
    for row in memory:
        memory.add(Equipment(equipment_id=f"{row.equipment_id}-again", lift_type="ESP"))
    assert len(memory.find(Equipment)) == 2


def test_what_was_retired_before_is_not_retired_again():
    """Who retired it when stays."""
    by_ana, by_bo = an_interval("ana"), an_interval("bo")
    gone = attrs.evolve(by_ana, active_ind=False, row_changed_by="ana")
    memory = MemoryRepository()
    memory.add(by_ana)
    memory.add(gone)
    memory.add(by_bo)
    assert memory.find(EnergyConsumption) == (gone, by_bo)


PAGES = {
    "by =": {"by": "equipment_id"},
    "by = 'colour'": {"by": "colour"},
    "count = -1": {"count": -1},
    "a date with its UTC offset": {"before": (WHEN.replace(tzinfo=None), ("T",))},
    "a key, pump_test_id": {"before": (WHEN, ())},
    r"before = .*2026.*\(7,\)": {"before": (WHEN, (7,))},
    r"before = .*'\\x00'": {"before": (WHEN, ("\0",))},
}


@pytest.mark.parametrize("words", PAGES)
def test_what_rows_cannot_be_listed_by_is_refused(words, tmp_path):
    asked = {"by": "test_date", "count": 1} | PAGES[words]
    with SqlRepository(tmp_path / "pages.db") as repository:
        for one in (repository, MemoryRepository()):
            with pytest.raises(ArgumentError, match=words):
                one.newest(PumpTest, **asked)
            assert one.newest(PumpTest, by="test_date", count=2**63 - 1) == ()


def test_many_new_rows_with_their_parts_are_what_memory_holds(tmp_path):
    many = [a_test(PcpReading(rate_m3d=n), pump_test_id=f"T{n:03}") for n in range(FEW + 1)]
    memory = MemoryRepository()
    memory.add(*many)
    with SqlRepository(tmp_path / "many.db") as repository:
        repository.add(*reversed(many))
        assert repository.find(PumpTest) == memory.find(PumpTest) == tuple(many)
