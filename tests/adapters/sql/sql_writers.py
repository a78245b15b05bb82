"""A small process that has loaded everything and forks writers, so that killing one costs little.

    python sql_writers.py

Each line on its input is a call, `["killed", {"database": "...", ...}]`; each line of its output is
the answer, `[true, ...]`, or `[false, "traceback"]`.
"""

import gc
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import attrs
import psycopg  # noqa: F401  # loaded before forking, not in each writer

from pumpperf import PUMPPERF_2026, Finding, MemoryRepository, PumpPerformanceService, PumpTest
from pumpperf.adapters.sql import SqlRepository
from pumpperf.evaluate import efficiency_of, result_of
from pumpperf.model import ROWS, ResultStatus, Severity
from sample import DAY, HOUR, PUMPING, WHEN, a_test, an_interval, failure, log

ASKED = {"assumptions": PUMPPERF_2026, "user_id": "writer", "at": WHEN}
WATCHED = ("T0", "P1")
"""The test and the pump that everybody evaluates at once."""
DATES = 2
"""Up to how many dates each of them does."""


def a_reading(number):
    return attrs.evolve(PUMPING, rate_m3d=60.0 + number / 7, uncertainty={"rate_m3d": 0.5})


def unit(writer, number):
    """A unit of work: rows of seven classes, of which one retires that of the unit before."""
    test = attrs.evolve(
        a_test(*map(a_reading, range(number, number + 3)), pump_test_id=f"{writer}-{number}"),
        equipment_id=writer,
    )
    result, run = result_of(test, **ASKED)
    chains, chains_run = efficiency_of(test, **ASKED)
    repair = failure(number, number, pump=writer, unit=HOUR)
    samples = log(number, [0, 1], [20.0, 20.0 + number / 3], writer)
    doubt = Finding(
        code="GAP", severity=Severity.WARNING, words="a gap", inputs=("power_kw",), look_at="it"
    )
    energy = an_interval(
        f"{writer}-{number}",
        run_id=run.run_id,
        equipment_id=writer,
        end_date=WHEN + DAY,
        covered_h=1.0,
        gap_h=23.0,
        result_status=ResultStatus.SUSPECT,
        findings=(doubt, doubt),
        row_created_by=writer,
        row_created_date=WHEN + number * HOUR,
    )
    return test, run, result, chains_run, chains, repair, samples, energy


def assert_holds(repository, rows):
    """The repository holds these rows, as a repository in memory would, and no others."""
    memory = MemoryRepository()
    memory.add(*rows)
    for row in ROWS:
        assert repository.find(row) == memory.find(row)


def write(database, writer, acknowledge):
    """Keep one unit after the other, and acknowledge each."""
    with SqlRepository(database) as repository:
        for number in itertools.count():
            repository.add(*unit(writer, number))
            acknowledge(b".")


def evaluate(database, writer, ready):
    """Record and evaluate as one of many who do so at once; the tests recorded and runs made."""
    test_id, pump = WATCHED
    ours = attrs.evolve(
        PUMPPERF_2026, name=writer, mtbf_level=0.5 + 0.4 / (2 + int(writer[1:])), disagreement=0.01
    )
    recorded, runs = [], []
    with SqlRepository(database) as repository:
        service = PumpPerformanceService(repository, clock=lambda: WHEN + 9 * DAY, assumptions=ours)
        ready()
        for number in range(DATES):
            test, *_, repair, _, _ = unit(writer, number)
            test = attrs.evolve(test, equipment_id=pump)
            repair = attrs.evolve(repair, equipment_id=pump, equip_maint_id=f"{writer}-{number}")
            recorded.append(service.record_test(test, user_id=writer).pump_test_id)
            service.record(repair, user_id=writer)
            made = (
                service.calculate_result(test_id, user_id=writer),
                service.evaluate_efficiency(test_id, user_id=writer),
                service.update_reliability(pump, user_id=writer, as_of=WHEN + number * DAY),
            )
            runs += [service.reproduce(row.run_id).run_id for row in made]
        return {"recorded": recorded, "runs": runs}


def open_one(database, writer, ready):
    """Open a database as one of many who do so at once."""
    ready()
    with SqlRepository(database) as repository:
        return len(repository.find(PumpTest))


def forked(work):
    """The process that does the work, and the end of a pipe from which its words come."""
    read, written = os.pipe()
    process = os.fork()
    if process:
        os.close(written)
        return process, read
    try:
        os.close(read)
        work(lambda words: os.write(written, words))
    except BaseException:  # noqa: BLE001  # told, whatever it is
        os.write(written, traceback.format_exc().encode())
    finally:
        os._exit(1)


def killed(database, plans):
    """Let writers write at the same time and kill each at its moment.

    Args:
        database: into which they write.
        plans: of each its name, and how long after how many acknowledgements it dies [s].

    Returns:
        For each, when each of its acknowledgements came [s]: all that it gave.
    """
    begin = time.monotonic()
    ends, processes, times = {}, {}, {}
    for writer, after, delay in plans:
        process, read = forked(lambda say, writer=writer: write(database, writer, say))
        processes[read], times[read], ends[read] = process, [], (after, delay)
    moments = {}
    while ends:
        for read, (after, delay) in ends.items():
            if len(times[read]) >= after:
                moments.setdefault(read, time.monotonic() + delay)
        left = [max(0.0, moment - time.monotonic()) for moment in moments.values()]
        heard, _, _ = select.select(list(ends), [], [], min(left, default=None))
        for read in heard:
            times[read] += acknowledgements(os.read(read, 1 << 16), time.monotonic() - begin)
        due = [read for read, moment in moments.items() if moment <= time.monotonic()]
        for read in due:
            os.kill(processes[read], signal.SIGKILL)
            while rest := os.read(read, 1 << 16):
                times[read] += acknowledgements(rest, time.monotonic() - begin)
            os.close(read)
            os.waitpid(processes[read], 0)
            del ends[read], moments[read]
    return list(times.values())


def acknowledgements(words, moment):
    """The moment, as often as a writer said that a unit is kept.

    Raises:
        RuntimeError: it said something else, or its end.
    """
    if not words or words.strip(b"."):
        raise RuntimeError(f"a writer ended by itself: {words.decode()}")
    return [moment] * len(words)


def together(task, database, count):
    """What so many processes say that do the same at the same time."""
    waiting, go = os.pipe()

    def work(writer, say):
        def ready():
            say(b"\n")
            os.close(go)
            os.read(waiting, 1)

        say(json.dumps(TASKS[task](database, writer, ready)).encode())

    running = [
        forked(lambda say, writer=f"W{number}": work(writer, say)) for number in range(count)
    ]
    for _, read in running:
        os.read(read, 1)
    os.close(go)
    said = []
    for process, read in running:
        with os.fdopen(read, "rb") as words:
            said.append(words.read().decode())
        os.waitpid(process, 0)
    os.close(waiting)
    if failed := [words for words in said if "Traceback" in words]:
        raise RuntimeError("\n".join(failed))
    return [json.loads(words) for words in said]


class Writers:
    """This process as the tests see it, as a context.

    writers("together", task="open", database="pumps.db", count=8)
    """

    def __enter__(self):
        alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # so that it can fork
        alone |= {"COVERAGE_PROCESS_CONFIG": ""}  # who is killed tells no coverage
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", __file__],
            env=os.environ | alone | {"PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __call__(self, name, **arguments):
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        self.process.stdin.flush()
        answered, answer = json.loads(self.process.stdout.readline())
        assert answered, answer
        return answer

    def __exit__(self, *_):
        self.process.communicate()


TASKS = {"open": open_one, "evaluate": evaluate}
CALLS = {"killed": killed, "together": together}


def main():
    """Load what a writer will need, by writing once, and answer calls."""
    with tempfile.TemporaryDirectory() as folder, SqlRepository(f"{folder}/warm.db") as repository:
        repository.add(*unit("W", 0))
        repository.find(PumpTest)
    gc.collect()
    gc.freeze()  # what is loaded stays: writers need not look through it
    for line in sys.stdin:
        name, arguments = json.loads(line)
        try:
            answer = [True, CALLS[name](**arguments)]
        except Exception:  # noqa: BLE001  # told, whatever it is
            answer = [False, traceback.format_exc()]
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
