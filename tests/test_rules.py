"""What holds everywhere in the house."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import pumpperf
from pumpperf.errors import extra
from pumpperf.fields import Field, describe
from pumpperf.lift import READINGS, Duty, EfficiencyChain
from pumpperf.model import ROWS, TABLES, Finding, Row, table

SOURCE = Path(pumpperf.__file__).parent
MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(pumpperf.__path__, "pumpperf.")
]
CLASSES = [*ROWS, *READINGS.values(), Duty, EfficiencyChain, Finding]
LONGEST_NAME = 30


def fields(row) -> tuple[Field, ...]:
    return describe(row)


@pytest.mark.parametrize("row", CLASSES)
def test_name_and_type_of_a_field_name_the_same_unit(row):
    for field in fields(row):
        if field.kind and field.kind.suffix:
            assert field.name == f"{field.base}_{field.kind.suffix}"
        else:
            assert field.name == field.base


@pytest.mark.parametrize("row", CLASSES)
def test_a_number_without_a_unit_is_a_share_and_ends_in_no_unit(row):
    suffixes = {unit for kind in pumpperf.units.KINDS for unit in kind.scales if unit}
    for field in fields(row):
        if field.types == (float,) and not field.unit:
            assert field.name.rpartition("_")[2] not in suffixes


@pytest.mark.parametrize("row", CLASSES)
def test_columns_fit_into_thirty_characters_with_their_unit(row):
    for field in fields(row):
        longest = f"{field.column}_OUOM" if field.unit else field.column
        assert len(longest) <= LONGEST_NAME


def test_tables_and_classes_name_each_other():
    for name, row in TABLES.items():
        assert name == table(row)
        assert row.__name__ == name.title().replace("_", "")
        assert len(name) <= LONGEST_NAME


def test_the_plan_s_entities_are_all_there():
    planned = {
        "PUMP_TEST",
        "PUMP_TEST_RESULT",
        "PUMP_EFFICIENCY",
        "PUMP_RELIABILITY",
        "PUMP_PERFORMANCE_RUN",
        "MEAN_TIME_BETWEEN_FAILURE",
        "DOWNTIME_IMPACT",
        "ENERGY_CONSUMPTION",
        "EQUIPMENT",
        "WELL_EQUIPMENT",
        "EQUIPMENT_MAINTAIN",
        "WELL_ACTIVITY",
    }
    assert planned < set(TABLES)


def test_every_row_has_the_standard_columns():
    standard = {
        "ACTIVE_IND",
        "EFFECTIVE_DATE",
        "EXPIRY_DATE",
        "PPDM_GUID",
        "REMARK",
        "SOURCE",
        "ROW_CHANGED_BY",
        "ROW_CHANGED_DATE",
        "ROW_CREATED_BY",
        "ROW_CREATED_DATE",
        "ROW_EFFECTIVE_DATE",
        "ROW_EXPIRY_DATE",
        "ROW_QUALITY",
    }
    for row in ROWS:
        assert standard <= {field.column for field in describe(row)}


@pytest.mark.parametrize("row", CLASSES)
def test_rows_are_frozen_keyword_only_and_describe_each_field(row):
    assert all(attribute.kw_only for attribute in attrs.fields(row))
    documented = re.findall(r"^    (\w+): \S", inspect.getdoc(row) or "", re.MULTILINE)
    assert sorted(documented) == sorted(attribute.name for attribute in attrs.fields(row))


@pytest.mark.parametrize("row", CLASSES)
def test_a_signature_shows_what_a_constructor_takes(row):
    shown = inspect.signature(row).parameters
    for field in fields(row):
        (first, *_) = field.types
        taken = str(shown[field.name].annotation)
        assert "Annotated" not in taken
        assert ("Iterable[" in taken) is field.sequence, field.name
        assert first.__name__ in taken, field.name
        assert issubclass(first, str) is ("str" in taken), field.name
        assert ("None" in taken) is not field.required, field.name


def public_functions(module):
    return [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


CALCULATORS = [
    function
    for module in MODULES
    if module.__name__.startswith(("pumpperf.calc.", "pumpperf.reliability.", "pumpperf.history."))
    for function in public_functions(module)
]


@pytest.mark.parametrize("function", CALCULATORS, ids=lambda function: function.__qualname__)
def test_a_calculator_is_documented_as_the_house_asks(function):
    doc = inspect.getdoc(function) or ""
    signature = inspect.signature(function)
    for name, parameter in signature.parameters.items():
        assert parameter.kind in {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
        assert re.search(rf"^    {name}: \S", doc, re.MULTILINE), name
    assert "Source: " in doc
    assert ">>> " in doc


@pytest.mark.parametrize("function", CALCULATORS, ids=lambda function: function.__qualname__)
def test_help_shows_a_signature_that_a_person_can_read(function):
    """Numpy's `ArrayLike` prints as 300 characters where annotations are not texts."""
    assert not re.search(r"_typing|dtype\[|typing\.", str(inspect.signature(function)))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_a_room_says_what_it_promises(module):
    assert module.__doc__
    for function in public_functions(module):
        assert function.__doc__, function.__qualname__
        assert "return" in function.__annotations__


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.name)
def test_no_file_outgrows_its_subject(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_only_the_service_looks_at_a_clock():
    clocks = [
        path.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
    ]
    assert clocks == ["service.py"]


ROOMS = [module.name for module in pkgutil.iter_modules(pumpperf.__path__)]


def test_every_public_name_and_room_is_there_and_no_other():
    for name in [*pumpperf.__all__, *ROOMS]:
        assert getattr(pumpperf, name) is not None
    assert dir(pumpperf) == sorted([*pumpperf.__all__, *ROOMS])
    with pytest.raises(AttributeError, match="no attribute 'sold'"):
        _ = pumpperf.sold


@pytest.mark.parametrize("room", ["adapters", "calc", "interchange", "reliability"])
def test_a_room_that_exports_nothing_leads_to_its_rooms(room):
    package = importlib.import_module(f"pumpperf.{room}")
    names = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert set(dir(package)) == names
    for name in names:
        assert getattr(package, name) is importlib.import_module(f"pumpperf.{room}.{name}")
    with pytest.raises(AttributeError, match=rf"'pumpperf.{room}' has no attribute 'sold'"):
        _ = package.sold


@pytest.mark.parametrize("room", [room for room in MODULES if hasattr(room, "__path__")])
def test_a_public_name_is_not_hidden_by_a_module_of_its_name(room):
    """A module that is loaded takes the place of a function of its package with the same name."""
    names = [module.name for module in pkgutil.iter_modules(room.__path__)]
    assert [name for name in names if name in getattr(room, "__all__", ())] == []


def test_an_extra_that_is_not_there_is_named():
    words = "^x needs no_such_driver: .*`sql`$"
    with pytest.raises(ModuleNotFoundError, match=words), extra("sql", "x"):
        importlib.import_module("no_such_driver")


def test_public_names_are_typed_as_they_are_loaded():
    tree = ast.parse((SOURCE / "__init__.py").read_text())
    typed = {
        alias.name: (node.module or "").removeprefix("pumpperf.")
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for name, home in typed.items():
        assert getattr(pumpperf, name) is getattr(importlib.import_module(f"pumpperf.{home}"), name)
    assert {*typed, "__version__"} == {*pumpperf.__all__}
    assert {*typed.values()} == {*pumpperf._HOMES}


@pytest.mark.parametrize(
    ("asked", "not_loaded"),
    [
        ("pumpperf", {"attrs", "numpy", "pandas", "scipy"}),
        ("pumpperf.calc, pumpperf.reliability, pumpperf.interchange", {"attrs", "numpy", "pandas"}),
        ("pumpperf.calc.hydraulics, pumpperf.units", {"cattrs", "pandas", "scipy"}),
        ("pumpperf.PumpTest, pumpperf.checks", {"cattrs", "pandas", "pumpperf.service"}),
    ],
)
def test_nothing_is_loaded_before_it_is_used(asked, not_loaded):
    code = f"import sys, pumpperf; {asked}; sys.exit(str({not_loaded} & {{*sys.modules}}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert said.stderr == "set()\n"


def test_scipy_stats_is_never_loaded():
    everything = "; ".join(f"import {module.__name__}" for module in MODULES)
    code = f"import sys; {everything}; sys.exit('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_key_fields_are_fields():
    for row in ROWS:
        assert issubclass(row, Row)
        assert set(row.KEY) <= {field.name for field in describe(row)}
