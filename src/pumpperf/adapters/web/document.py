"""The OpenAPI 3.1 document: every operation with its bodies, answers and refusals."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from pumpperf.adapters.web.access import SCOPES
from pumpperf.adapters.web.asked import LONGEST_PAGE, PAGE
from pumpperf.adapters.web.endpoint import Operation
from pumpperf.adapters.web.endpoints import LISTED, RECORDED
from pumpperf.adapters.web.json_schema import (
    IDENTIFIER,
    Schema,
    body_name,
    reference,
    row_schema,
    schemas,
)
from pumpperf.adapters.web.pages import RESULTS
from pumpperf.adapters.web.problems import MEDIA_TYPE
from pumpperf.model import Finding, PumpPerformanceRun, table

BEARER = "bearer"
QUERY: dict[str, Schema] = {
    "units": {"enum": ["metric", "field"], "default": "metric"},
    "limit": {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE, "default": PAGE},
    "after": {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9_-]+$"},
}
_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"path": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["path", "detail"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}


def document(
    operations: Iterable[Operation], *, root: str, version: str, guarded: bool
) -> dict[str, Any]:  # JSON
    """The description of the whole API.

    Args:
        operations: what it can be asked.
        root: before every path.
        version: of the library.
        guarded: whether requests need a token.
    """
    found = list(operations)
    paths: dict[str, dict[str, Any]] = {}
    for one in found:
        paths.setdefault(f"{root}{one.path}", {})[one.method.lower()] = _described(one, guarded)
    bodies = [one.takes for one in found if one.takes is not None]
    rows = {*RECORDED.values(), *LISTED.values(), PumpPerformanceRun}
    components: dict[str, Any] = {
        "schemas": {
            "Problem": _PROBLEM,
            "FindingOfResult": _finding(),
            **schemas(bodies, sorted(rows, key=lambda kind: kind.__name__)),
        }
    }
    if guarded:
        components["securitySchemes"] = {
            BEARER: {
                "type": "http",
                "scheme": "bearer",
                "description": f"its scopes are {', '.join(SCOPES)}",
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "pumpperf", "version": version},
        "paths": paths,
        "components": components,
    }


def _described(one: Operation, guarded: bool) -> dict[str, Any]:  # noqa: FBT001  # JSON
    names = [part.strip("{}") for part in one.path.split("/") if part.startswith("{")]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": IDENTIFIER} for name in names
    ]
    parameters += [{"name": name, "in": "query", "schema": QUERY[name]} for name in one.knows]
    found: dict[str, Any] = {
        "operationId": "_".join([one.method.lower(), *_words(one.path)]),
        "tags": _words(one.path)[:1],
        "summary": one.summary,
        "parameters": parameters,
        "responses": {
            str(one.status): _response(one.status, "application/json", one.answers),
            **{
                str(status): _response(status, MEDIA_TYPE, reference("Problem"))
                for status in sorted(_refusals(one, guarded))
            },
        },
    }
    if one.takes is not None:
        content = {"application/json": {"schema": reference(body_name(one.takes))}}
        found["requestBody"] = {"required": one.needs_body, "content": content}
    if guarded and one.scope is not None:
        found["security"] = [{BEARER: [one.scope]}]
    return found


def _words(path: str) -> list[str]:
    return [part.strip("{}").replace("-", "_") for part in path.split("/") if part]


def _refusals(one: Operation, guarded: bool) -> set[int]:  # noqa: FBT001  # of the server
    found = {422, 500, *one.can_answer}
    if one.asks_store:
        found |= {503}
    if one.method == "POST":
        found |= {400, 413}
    if not guarded:
        found |= {403}
    elif one.scope is not None:
        found |= {401, 403}
    return found


def _response(status: int, media_type: str, schema: Schema) -> dict[str, Any]:  # JSON
    return {
        "description": HTTPStatus(status).phrase,
        "content": {media_type: {"schema": schema}},
    }


def _finding() -> Schema:
    found = row_schema(Finding)
    beside: Schema = {
        "table": {"enum": [table(kind) for kind in RESULTS]},
        "row_id": IDENTIFIER,
        "run_id": IDENTIFIER,
        "date": reference("Date"),
    }
    return {
        **found,
        "properties": {**beside, **found["properties"]},
        "required": [*beside, *found["required"]],
    }
