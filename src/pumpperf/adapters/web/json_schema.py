"""JSON Schema (2020-12) of bodies and answers, from the one description of every field.

A body's schema accepts what `from_record` accepts, field by field: every quantity under every name
of a unit, each at most once, within its bounds. What fields say of each other (order, company,
length) and dates that no calendar has, a schema cannot say; construction checks them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import combinations
from typing import Any

from pumpperf.checked import Checked
from pumpperf.fields import Field, MoreThan, Text, describe, limited
from pumpperf.interchange.door import LIFT_TYPE, uncertain_in, uncertainty_out, wanted_unit
from pumpperf.interchange.records import INSTANT
from pumpperf.lift import READINGS, SharedReading, quantities
from pumpperf.model import AUDIT, Row

Schema = dict[str, Any]  # JSON

COMPONENTS = "#/components/schemas/"
_DATE: Mapping[str, str] = {"format": "date-time", "pattern": f"^{INSTANT.pattern}$"}
_LIMITS = {False: "minimum", True: "maximum"}

_TEXT: Schema = {"type": "string", "minLength": 1, "pattern": "^[^\\u0000]*$"}
IDENTIFIER: Schema = {**_TEXT, "maxLength": 40}


def schemas(bodies: Iterable[type[Checked]], rows: Iterable[type[Checked]]) -> dict[str, Schema]:
    """Every schema of a document by its name, with those that they refer to.

    Args:
        bodies: the classes that come in.
        rows: the classes that go out.
    """
    found: dict[str, Schema] = {"Date": {"type": "string", **_DATE}}
    found["DateOrNull"] = {"type": ["string", "null"], **_DATE}
    for row in _with_parts(bodies):
        found[body_name(row)] = body_schema(row)
        if issubclass(row, SharedReading):
            found[body_name(SharedReading)] = _shared_schema()
    for row in _with_parts(rows):
        for units in ("metric", "field"):
            found[row_name(row, units)] = row_schema(row, units)
    return found


def _with_parts(rows: Iterable[type[Checked]]) -> Iterable[type[Checked]]:
    for row in rows:
        yield row
        for field in describe(row):
            yield from (kind for kind in field.types if issubclass(kind, Checked))


def reference(name: str) -> Schema:
    """A reference to a schema of the document."""
    return {"$ref": f"{COMPONENTS}{name}"}


def an_object(properties: Schema, required: Iterable[str] | None = None) -> Schema:
    """An object of these properties alone; all must be there, or those that are named."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def body_name(row: type[Checked]) -> str:
    """The name of the schema of a body."""
    return f"{row.__name__}Body"


def row_name(row: type[Checked], units: str) -> str:
    """The name of the schema of an answer, in `metric` or `field` units."""
    same = units == "metric" or not _has_field_units(row)
    return row.__name__ if same else f"{row.__name__}InFieldUnits"


def _has_field_units(row: type[Checked]) -> bool:
    return any(
        field.kind is not None and field.kind.suffix != field.kind.field_suffix
        for kind in _with_parts([row])
        for field in describe(kind)
    )


def answer_of(row: type[Checked]) -> Schema:
    """A reference to the schema of an answer, in whichever units were asked for."""
    names = dict.fromkeys((row_name(row, "metric"), row_name(row, "field")))
    references = [reference(name) for name in names]
    return references[0] if len(references) == 1 else {"anyOf": references}


def body_schema(row: type[Checked]) -> Schema:
    """What `from_record` accepts of a class; of a row, without who and when.

    Args:
        row: the class; the schemas of what it holds are named by `body_name`.
    """
    shared = describe(SharedReading) if issubclass(row, SharedReading) else ()
    own = [field for field in describe(row) if field not in shared and field.name not in AUDIT]
    found = _accepted(row, own)
    if not issubclass(row, SharedReading):
        return {"type": "object", **found, "additionalProperties": False}
    found["properties"] = {LIFT_TYPE: {"const": row.LIFT_TYPE.value}, **found["properties"]}
    found["allOf"] = [reference(body_name(SharedReading)), *found.get("allOf", [])]
    return {"type": "object", **found, "required": [LIFT_TYPE], "unevaluatedProperties": False}


def row_schema(row: type[Checked], units: str = "metric") -> Schema:
    """What `to_record` gives of a class.

    Args:
        row: the class; the schemas of what it holds are named by `row_name`.
        units: `metric` or `field`.
    """

    def inside(kind: type[Checked]) -> str:
        return row_name(kind, units)

    properties: Schema = {}
    beside: Schema = {}
    if issubclass(row, SharedReading):
        properties[LIFT_TYPE] = {"const": row.LIFT_TYPE.value}
    for field in describe(row):
        unit = wanted_unit(field.kind, units) if field.kind else ""
        properties[_name(field, unit)] = _field(field, unit, row, inside)
        if issubclass(row, SharedReading) and field in quantities(row):
            beside[uncertainty_out(field, unit)[0]] = {"type": "number", "minimum": 0}
    return an_object(properties | beside, properties)


def _shared_schema() -> Schema:
    return {"type": "object", **_accepted(SharedReading, describe(SharedReading))}


def _accepted(row: type[Checked], fields: Iterable[Field]) -> Schema:
    properties: Schema = {}
    required: list[str] = []
    some: list[Schema] = []
    pairs: list[Schema] = []
    for field in fields:
        units = list(field.kind.accepted) if field.kind else [""]
        values = {_name(field, unit): _field(field, unit, row, body_name) for unit in units}
        properties |= values
        pairs += _pairs(values)
        if _is_required(field, row) and len(values) == 1:
            required += values
        elif _is_required(field, row):
            some.append({"anyOf": [{"required": [name]} for name in values]})
        if issubclass(row, SharedReading) and field in quantities(row):
            beside = [uncertainty_out(field, unit)[0] for unit in uncertain_in(field)]
            properties |= {name: {"type": "number", "minimum": 0} for name in beside}
            pairs += _pairs(beside)
    found: Schema = {"properties": properties, "required": required, "allOf": some}
    found["not"] = {"anyOf": pairs} if pairs else {}
    return {keyword: said for keyword, said in found.items() if said}


def _pairs(names: Iterable[str]) -> list[Schema]:
    return [{"required": list(pair)} for pair in combinations(names, 2)]


def _name(field: Field, unit: str) -> str:
    return f"{field.base}_{unit}" if unit else field.base


def _is_required(field: Field, row: type[Checked]) -> bool:
    in_key = issubclass(row, Row) and field.name in row.KEY
    return in_key or (field.required and field.default is None)


def _field(
    field: Field, unit: str, row: type[Checked], inside: Callable[[type[Checked]], str]
) -> Schema:
    nullable = not (field.required or _is_required(field, row))
    if field.types == (dt.datetime,) and not field.sequence:
        return reference("DateOrNull" if nullable else "Date")
    one = _nested(field, inside) if field.nested else _one(field, unit)
    found: Schema = {"type": "array", "items": one} if field.sequence else one
    if len(field.types) > 1:
        kinds = [{"items": {"properties": {LIFT_TYPE: {"const": code}}}} for code in READINGS]
        found |= {"minItems": 1, "anyOf": kinds}
    if not nullable:
        return found
    if "enum" in found:
        return {"enum": [*found["enum"], None]}
    return found | {"type": [found["type"], "null"]}


def _nested(field: Field, inside: Callable[[type[Checked]], str]) -> Schema:
    kinds = [kind for kind in field.types if issubclass(kind, Checked)]
    if len(kinds) == 1:
        return reference(inside(kinds[0]))
    mapping = {code: f"{COMPONENTS}{inside(kind)}" for code, kind in READINGS.items()}
    return {
        "oneOf": [{"$ref": place} for place in mapping.values()],
        "discriminator": {"propertyName": LIFT_TYPE, "mapping": mapping},
    }


def _one(field: Field, unit: str) -> Schema:
    (first, *_) = field.types
    if issubclass(first, StrEnum):
        return {"enum": [code.value for code in first]}
    if first is bool:
        return {"type": "boolean"}
    if first is dt.datetime:
        return reference("Date")
    if first is str:
        longest = next(bound.longest for bound in field.bounds if isinstance(bound, Text))
        return {**_TEXT, "maxLength": longest}
    found: Schema = {"type": "integer" if first is int else "number"}
    scale = field.kind.accepted[unit] if field.kind else None
    limits = [bound for bound in field.bounds if not isinstance(bound, Text)]
    for bound in limits:
        highest, limit = limited(bound, scale)
        word = "exclusiveMinimum" if isinstance(bound, MoreThan) else _LIMITS[highest]
        found[word] = int(limit) if limit == int(limit) else limit
    return found
