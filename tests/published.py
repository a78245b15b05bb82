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


def published_tests(cases, computed, agrees=assert_published):
    """The two tests of a room: no case of it is left out, and each comes out as published.

    Args:
        cases: by their id.
        computed: by the id of its case, the function from a case's inputs to its numbers.
        agrees: holds what was computed against its case.
    """

    def every_case_is_tested():
        assert set(computed) == set(cases)

    @pytest.mark.parametrize("name", computed)
    def published_number(name):
        agrees(computed[name](cases[name]["inputs"]), cases[name])

    return every_case_is_tested, published_number
