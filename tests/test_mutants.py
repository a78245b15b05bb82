"""The drawn changes of the code are what they say, and what tests miss comes out as missed."""

import ast

import pytest

from mutants import ROOT, draw, tried
from mutations import changed, places

SOURCE = '''"""A page of 3 words."""

import typing

__all__ = ("scaled", "spread")
if typing.TYPE_CHECKING:
    SHOWN = 1 + 1
LIMIT = 2.5


def scaled(x: "tuple[int, 3]", *, by: float = 2.0) -> "1 + 1":
    """Return 2 times x.

    >>> scaled(1.0) > 1
    True
    """
    if x < 0 or not by:
        raise ValueError(f"x = {x + 0}", 3 + 3)
    return x * by + 0.0


def spread(values):
    low, high = min(values), max(values)
    values[0] = 0
    return [value - low if value > 1 else high for value in sorted(values, key=abs, reverse=True)]
'''
WORDS = {"A page of 3 words.", "x = ", "scaled", "spread", "tuple[int, 3]", "1 + 1"}


def every_change():
    return [(n, k) for n, place in enumerate(places(SOURCE)) for k in range(len(place.instead))]


def nodes(tree):
    return [type(node).__name__ for node in ast.walk(tree)]


@pytest.mark.parametrize("number", range(len(places(SOURCE))))
def test_a_change_compiles_and_is_one(number):
    whole = ast.unparse(ast.parse(SOURCE))
    place = places(SOURCE)[number]
    for choice in range(len(place.instead)):
        tree, before, after = changed(SOURCE, number, choice)
        compile(tree, "changed", "exec")
        assert ast.unparse(tree) != whole
        assert (ast.unparse(before), ast.unparse(after)) == tuple(
            ast.unparse(node) for node in (place.node, place.instead[choice])
        )
        # Put back, nothing else is other than it was.
        there = next(node for node in ast.walk(tree) if node is after)
        assert ast.unparse(ast.parse(whole)) == whole
        assert ast.unparse(swapped(tree, there, before)) == whole


def swapped(tree, old, new):
    class Swap(ast.NodeTransformer):
        def generic_visit(self, node):
            return new if node is old else super().generic_visit(node)

    return Swap().visit(tree)


def test_words_annotations_and_what_only_checkers_read_are_left_alone():
    for number, choice in every_change():
        tree, _, _ = changed(SOURCE, number, choice)
        text = ast.unparse(tree)
        kept = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert "SHOWN = 1 + 1" in text
        assert "__all__ = ('scaled', 'spread')" in text
        assert WORDS - {"x = "} <= kept
        assert ast.get_docstring(tree.body[-2]).startswith("Return 2 times x.")
        assert "raise ValueError(f'x = {x + 0}', 3 + 3)" in text or "pass" in text


def test_each_kind_of_change_is_made():
    made = {
        (ast.unparse(before), ast.unparse(after))
        for _, before, after in (changed(SOURCE, *one) for one in every_change())
    }
    assert {
        ("x * by", "x / by"),
        ("x < 0", "x <= 0"),
        ("x < 0", "x > 0"),
        ("x < 0 or not by", "x < 0 and (not by)"),
        ("not by", "by"),
        ("2.5", "-2.5"),
        ("0.0", "1.0"),
        ("0", "1"),
        ("0", "-1"),
        ("min(values)", "max(values)"),
        ("values[0] = 0", "pass"),
        ("value - low if value > 1 else high", "high if value > 1 else value - low"),
        ("return x * by + 0.0", "return -(x * by + 0.0)"),
        ("sorted(values, key=abs, reverse=True)", "sorted(values, key=True, reverse=abs)"),
        ("True", "False"),
    } <= made


def test_a_draw_is_repeatable_and_touches_many_files():
    rooms = ("src/pumpperf/checks", "src/pumpperf/evaluate", "src/pumpperf/history")
    first = [change for change, _ in draw(ROOT, rooms, seed=1, count=60)]
    again = [change for change, _ in draw(ROOT, rooms[::-1], seed=1, count=60)]
    other = [change for change, _ in draw(ROOT, rooms, seed=2, count=60)]
    fewer = [change for change, _ in draw(ROOT, rooms[:1], seed=1, count=1000)]
    assert first == again
    assert len({path for path, _, _ in first}) > 15
    assert len({*first} & {*other}) < 15
    # What is drawn in one room does not depend on what stands in another.
    assert [one for one in first if "/checks/" in one[0]] == fewer[
        : sum("/checks/" in one[0] for one in first)
    ]


TESTED = """
import pytest
from toy.sums import first, second

@pytest.mark.parametrize("x", [1, 2])
def test_first(x):
    assert first(x) == x + 1

def test_second():
    assert second(0) is True
"""


def test_what_no_test_notices_survives(tmp_path):
    (tmp_path / "src" / "toy").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = ["--doctest-modules", "--import-mode=importlib"]\n'
        '[tool.coverage.run]\nsource = ["toy"]\nparallel = true\npatch = ["subprocess"]\n'
    )
    (tmp_path / "src" / "toy" / "__init__.py").touch()
    (tmp_path / "src" / "toy" / "sums.py").write_text(
        "def first(x):\n    return x + 1\n\n\ndef second(x):\n    return x < 5\n\n\n"
        "def third(x):\n    '''\n    >>> third(2)\n    -2\n    '''\n    return -x\n\n\n"
        "def fourth(x):\n    return not x\n"
    )
    (tmp_path / "tests" / "test_toy.py").write_text(TESTED)
    found = tried(tmp_path, ["src/toy"], ["tests"], seed=1, count=100)
    became = {place.words(change[2])[0]: outcome for change, place, outcome, _ in found}
    assert became == {
        "x + 1": "killed",
        "return x + 1": "killed",
        "1": "killed",
        "x < 5": "SURVIVED",
        "5": "SURVIVED",
        "-x": "killed",
        "not x": "no test",
    }
