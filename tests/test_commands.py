"""The commands do what they say, or fail."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import pumpperf

ROOT = Path(__file__).parents[1]
HERE = "{}.{}".format(*sys.version_info)


def nox(*words):
    asked = [sys.executable, "-m", "nox", "-f", ROOT / "noxfile.py", "--no-color", *words]
    return subprocess.run(asked, capture_output=True, check=False, text=True)


def test_sessions_are_named_by_version_and_can_be_asked_for_by_it():
    listed = nox("-l", "-s", "tests", "-p", HERE)
    assert listed.returncode == 0
    assert re.findall(r"^\* (\S+)", listed.stdout, re.MULTILINE) == [f"tests-{HERE}"]


@pytest.mark.parametrize("asked", ["testz", "tests-2.7", "tests -p 2.7"])
def test_what_is_not_there_is_an_error(asked):
    said = nox("-s", *asked.split())
    assert said.returncode == 3
    assert "Sessions not found" in said.stderr or "no sessions to be selected" in said.stderr


def test_the_citation_names_the_version():
    words = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {pumpperf.__version__}\n" in words


def test_the_first_page_s_commands_are_sessions():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / ".ci" / "run"]
    words = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    sessions = {line.split()[1] for line in nox("-l").stdout.splitlines() if line[:1] in {"*", "-"}}
    sessions |= {name.partition("-")[0] for name in sessions}
    assert {*re.findall(r"nox (?:-R )?-s ([a-z]+)", words)} <= sessions
