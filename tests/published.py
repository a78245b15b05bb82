"""Published numbers to be right about: a file a room, a case a source."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"


def cases(name):
    """The cases of a room by their id; one may take its inputs from another."""
    found = {case["id"]: case for case in json.loads((FOLDER / f"{name}.json").read_text("utf-8"))}
    for case in found.values():
        if (other := case["inputs"].get("ref")) in found:
            case["inputs"] = found[other]["inputs"] | case["inputs"]
    return found


def assert_published(computed, case):
    """Every number that the source gives is computed, within what its digits leave open."""
    assert set(computed) == set(case["expected"])
    for key, expected in case["expected"].items():
        absolute = case.get("tolerance_abs")
        if isinstance(absolute, dict):
            absolute = absolute[key]
        relative = case.get("tolerance_rel", case.get("rel_tol"))
        assert computed[key] == pytest.approx(expected, rel=relative, abs=absolute), key
