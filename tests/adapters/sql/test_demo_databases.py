"""The example says the same on every store, and says it again."""

import importlib.util
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "fleet_review.py"
UNITS = ("metric", "field")


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("fleet_review", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_review_is_the_same_on_every_store_and_again(example, postgres, tmp_path, capsys):
    in_memory = {}
    for units in UNITS:
        example.main(["--units", units])
        in_memory[units] = capsys.readouterr().out
        assert in_memory[units].endswith("runs reproduced from their inputs\n")
    file, server = str(tmp_path / "fleet.db"), postgres.database()
    for kind, units, name in (
        ("sqlite", "metric", file),
        ("sqlite", "field", f"sqlite:///{file}"),
        ("postgresql", "metric", server),
        ("postgresql", "metric", server),
    ):
        example.main(["--units", units, "--database", name])
        header, report = capsys.readouterr().out.split("\n", 1)
        assert header == f"Kept in: {kind}"
        assert report == in_memory[units]
