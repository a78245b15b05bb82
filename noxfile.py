"""Everything that holds the project to its word.

nox -s demo tests       the main job, and the tests on every Python at hand
nox -s rules types      style, layers and types
nox -s lowest           the tests on the oldest dependencies that are promised
nox -s bench            ratios against bare numpy, measured in one run
nox -s confusion        how often the diagnosis names what a simulator put into a card
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["demo", "tests", "rules", "types", "lowest"]

PEERS = ("lifelines", "reliability", "surpyval")
SUPPORTED = ("3.11", "3.12", "3.13")
WHOLE = ("-e", ".[sql,web]")
TESTING = ("coverage>=7.6", "httpx>=0.27", "hypothesis>=6.100", "pytest>=8.2", "schemathesis>=4")
LOWEST_EVERYWHERE = (
    *("attrs==23.2.0", "cattrs==24.1.0", "alembic==1.14.0", "sqlalchemy==2.0.37"),
    *("cryptography==42.0.0", "fastapi==0.115.0", "pyjwt[crypto]==2.9.0", "uvicorn==0.30.0"),
)
LOWEST = {  # the oldest that were built for each Python
    "3.11": ("numpy==1.26.0", "pandas==2.2.0", "psycopg[binary]==3.2.1", "scipy==1.12.0"),
    "3.12": ("numpy==1.26.0", "pandas==2.2.0", "psycopg[binary]==3.2.1", "scipy==1.12.0"),
    "3.13": ("numpy==2.1.0", "pandas==2.2.3", "psycopg[binary]==3.2.2", "scipy==1.14.1"),
}


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


@nox.session(python=list(AT_HAND.values()))
def tests(session: nox.Session) -> None:
    """The tests, on every supported Python at hand; on the first under complete branch coverage."""
    session.install(*TESTING, *WHOLE)
    if session.posargs or session.python != next(iter(AT_HAND.values())):
        session.run("python", "-m", "pytest", *session.posargs)
        return
    session.env["COVERAGE_FILE"] = str(Path(session.create_tmp()) / "coverage")
    session.run("coverage", "run", "-m", "pytest")
    session.run("coverage", "report")


@nox.session(python=next(iter(AT_HAND.values())))
def lowest(session: nox.Session) -> None:
    """The tests, on the lowest direct dependencies."""
    version = next(iter(AT_HAND))
    session.install(*TESTING, *LOWEST_EVERYWHERE, *LOWEST[version])
    session.install(*WHOLE)
    session.run("python", "-m", "pip", "list")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def demo(session: nox.Session) -> None:
    """The main job: review a fleet of all five lift systems, in memory or in `--database`."""
    asks_for_one = any(word.startswith("--database") for word in session.posargs)
    session.install("-e", ".[sql]" if asks_for_one else ".")
    session.run("python", "examples/fleet_review.py", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Mypy and pyright, both strict, on the source and on the names as a caller sees them."""
    session.install(
        *TESTING, *WHOLE, "mypy>=2.4", "pyright[nodejs]>=1.1.400", "pandas-stubs", "scipy-stubs"
    )
    session.run("mypy")
    session.run("pyright")


@nox.session
def rules(session: nox.Session) -> None:
    """Style, and imports that point down."""
    session.install(*TESTING, *WHOLE, "import-linter>=2.9", "ruff>=0.15")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios and times, each against its floor or its peers in the same run."""
    session.install(*WHOLE, *PEERS)
    for script in ("ratios", "wells", "fleet", "databases", "web"):
        session.run("python", f"bench/{script}.py")


@nox.session
def confusion(session: nox.Session) -> None:
    """The confusion matrix of the rod pump's diagnosis, as docs/rod.md keeps it."""
    session.install("-e", ".")
    session.run("python", "tests/lift/confusion.py", *session.posargs)
