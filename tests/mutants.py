"""Small changes of the code, drawn by a seed: does a test notice each of them?

python tests/mutants.py --seed 1 --count 200     as `nox -s mutants -- --seed 1 --count 200` runs it

Which tests execute a line is asked once for each state of the code and kept in a temporary folder.
Each change is then made in memory, in a process of its own, and only those tests run against it,
the quickest first. Strings, annotations, decorators and the words of errors are left alone.
"""

import argparse
import hashlib
import importlib.machinery
import importlib.util
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import coverage
import pytest
from hypothesis import HealthCheck, Phase, settings

from mutations import changed, places

ROOT = Path(__file__).parents[1]
ROOMS = ("calc", "checks", "evaluate", "history", "lift", "reliability")
SOURCES = tuple(f"src/pumpperf/{room}" for room in ROOMS)
TESTS = (
    *(f"tests/{room}" for room in (*ROOMS, "model")),
    *("tests/interchange/test_frames.py", "tests/interchange/test_frames_columns.py"),
    *("tests/interchange/test_frames_fleet.py", "tests/test_golden.py", "tests/test_service.py"),
)
ENOUGH = 0.95
WORKERS = 2
LOADED = ("attrs", "cattrs", "hypothesis", "numpy", "pandas", "pytest", "scipy.special")
AT_ONCE = 12  # tests that are tried before all others are even loaded
PATIENCE_S = 30
PYTEST = ("-q", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin")
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
LIMIT_BYTES = 8 << 30

# As a plugin of pytest under coverage: each line is booked to the test that executes it.

_contexts = [""]
_seconds = {}


def _booked_to(name):
    _contexts.append(name)
    coverage.Coverage.current().switch_context(name)
    try:
        return (yield)
    finally:
        _contexts.pop()
        coverage.Coverage.current().switch_context(_contexts[-1])


def pytest_sessionstart():
    """What is executed at import is nobody's: a change of it is every test's of its module."""
    for path in sorted(Path("src").rglob("*.py")):
        importlib.import_module(module_of(path.as_posix()))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """What a file of tests computes while it is loaded belongs to all of its tests."""
    file = collector.nodeid if isinstance(collector, pytest.Module) else _contexts[-1]
    return (yield from _booked_to(file))


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    wide = fixturedef.scope != "function"
    return (yield from _booked_to(request.node.nodeid if wide else _contexts[-1]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    return (yield from _booked_to(item.nodeid.partition("[")[0]))


def pytest_runtest_logreport(report):
    test = report.nodeid.partition("[")[0]
    _seconds[test] = _seconds.get(test, 0.0) + report.duration


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["MUTANTS_SECONDS"]).write_text(json.dumps(_seconds), encoding="utf-8")


# Which tests execute which line.


def module_of(path):
    parts = Path(path).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def seen(root, tests):
    """The folder with what was seen of this state of the code; where there is none, tests run."""
    state = hashlib.sha256(str(root).encode())
    for file in sorted(path for part in ("src", "tests") for path in (root / part).rglob("*.*")):
        if file.suffix in {".py", ".json"}:
            state.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    kept = Path(tempfile.gettempdir()) / f"mutants-{state.hexdigest()[:16]}"
    if kept.exists():
        return kept
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
        env |= {"COVERAGE_FILE": f"{folder}/coverage", "MUTANTS_SECONDS": f"{folder}/seconds.json"}
        env |= {"COVERAGE_CORE": "ctrace"}  # the one that knows contexts on every Python
        env |= ALONE
        env["PYTHONPATH"] = os.pathsep.join([str(root / "src"), str(Path(__file__).parent)])
        run = [sys.executable, "-m", "coverage"]
        words = [*PYTEST, "-p", "xdist.plugin", "-n", str(WORKERS), "-p", "mutants", *tests]
        subprocess.run([*run, "run", "-m", "pytest", *words], cwd=root, env=env, check=True)
        subprocess.run([*run, "combine", "--quiet"], cwd=root, env=env, check=True)
        shutil.copytree(folder, kept)
    return kept


class Seen:
    """Which tests execute which lines, and how long each takes."""

    def __init__(self, root, folder):
        self.root = root
        self.seconds = json.loads((folder / "seconds.json").read_text(encoding="utf-8"))
        self.data = coverage.CoverageData(str(folder / "coverage"))
        self.data.read()

    def stages(self, path, lines):
        """Tests that execute one of the lines of a file, the quickest first.

        What is executed at import (None) is looked at by all that execute the file, and by all of
        its room: a table of bounds may be read where no line of its file runs.
        """
        by_line = self.data.contexts_by_lineno(str((self.root / path).resolve()))
        found = {
            test
            for line, tests in by_line.items()
            if lines is None or line in lines
            for test in tests
        }
        if lines is None:
            room = f"tests/{Path(path).parts[2]}/"
            found |= {test for test in self.seconds if test.startswith(room)}
        found = sorted(found - {""}, key=lambda test: (self.lasts(test), test))
        some = filter(None, (found[:AT_ONCE], found[AT_ONCE:]))
        return [(tests, sum(map(self.lasts, tests))) for tests in some]

    def lasts(self, test):
        """Seconds of a test, or of a whole file of tests."""
        if test in self.seconds:
            return self.seconds[test]
        return sum(took for name, took in self.seconds.items() if name.startswith(f"{test}::"))


# One change, in a process of its own.


class Changed(importlib.machinery.SourceFileLoader):
    """Loads one module as it is not, and leaves all others to the finders that follow."""

    def __init__(self, root, path, number, choice):
        super().__init__(module_of(path), str(root / path))
        self.number, self.choice = number, choice

    def find_spec(self, name, path=None, target=None):
        if name == self.name:
            return importlib.util.spec_from_file_location(name, self.path, loader=self)
        return None

    def get_code(self, fullname):
        tree, _, _ = changed(Path(self.path).read_text(encoding="utf-8"), self.number, self.choice)
        return compile(tree, self.path, "exec", dont_inherit=True)


def attempt(root, change, stages):
    """Leave with 0 if all tests pass with the change, or without any if it is None.

    Tests that take much longer than they did are ended by the alarm's signal.
    """
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    os.chdir(root)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    sys.path.insert(0, str(root / "src"))
    sys.dont_write_bytecode = True
    settings.register_profile(  # as in conftest, but what fails is not made smaller
        "mutants",
        max_examples=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.generate],
    )
    signal.alarm(PATIENCE_S)
    if change:
        sys.meta_path.insert(0, Changed(root, *change))
        importlib.import_module(module_of(change[0]))
    os.environ |= ALONE
    words = [*PYTEST, "-x", "--hypothesis-profile=mutants"]
    for tests, seconds in stages:
        signal.alarm(PATIENCE_S + round(3.0 * seconds))
        if failed := pytest.main([*words, *tests]):
            os._exit(failed)
    os._exit(0)


def outcome(root, change, stages):
    """Killed by a failure or by time, or survived."""
    if not stages:
        return "no test"
    process = multiprocessing.get_context("forkserver").Process(
        target=attempt, args=(root, change, stages)
    )
    process.start()
    process.join()
    if process.exitcode == -signal.SIGALRM:
        return "too slow"
    return "killed" if process.exitcode else "SURVIVED"


def draw(root, sources, *, seed, count):
    """The same for the same seed and code: places in the order of their digests, one change each.

    A change of one file leaves what is drawn in the others as it was.
    """
    drawn = []
    for path in sorted({file for source in sources for file in (root / source).rglob("*.py")}):
        name = path.relative_to(root).as_posix()
        for number, place in enumerate(places(path.read_text(encoding="utf-8"))):
            digest = hashlib.sha256(f"{seed} {name} {number}".encode()).digest()
            choice = int.from_bytes(digest[-4:], "big") % len(place.instead)
            drawn.append((digest, (name, number, choice), place))
    return [(change, place) for _, change, place in sorted(drawn, key=lambda one: one[0])[:count]]


def tried(root, sources, tests, *, seed, count):
    """Each change of a draw, with its place, what became of it and after how many seconds."""
    known = Seen(root, seen(root, (*tests, *sources)))
    drawn = [
        (*one, known.stages(one[0][0], one[1].lines))
        for one in draw(root, sources, seed=seed, count=count)
    ]
    multiprocessing.get_context("forkserver").set_forkserver_preload([*LOADED])
    _, _, first = max(drawn, key=lambda one: bool(one[2]))
    if outcome(root, None, first) == "killed":
        raise SystemExit(f"the tests do not pass without any change: {first}")

    def one(job):
        change, place, stages = job
        begin = time.monotonic()
        became = outcome(root, change, stages)
        return change, place, became, time.monotonic() - begin

    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(one, drawn)


def main():
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--count", type=int, default=200)
    asked = words.parse_args()
    lived, took = [], []
    for n, (change, place, became, seconds) in enumerate(
        tried(ROOT, SOURCES, TESTS, seed=asked.seed, count=asked.count), 1
    ):
        before, after = place.words(change[2])
        said = f"{change[0].removeprefix('src/pumpperf/')}:{place.line}  {before}  ->  {after}"
        print(f"{n:4} {became:8} {seconds:5.1f} s  {said}", flush=True)
        took.append(seconds)
        if became in {"SURVIVED", "no test"}:
            lived.append(f"{became:8} {said}")
    share = 1.0 - len(lived) / len(took)
    print(
        f"\n{share:.1%} of {len(took)} killed, {sum(took) / len(took):.1f} s each; these were not:"
    )
    print(*lived, sep="\n")
    sys.exit(share < ENOUGH)


if __name__ == "__main__":
    main()
