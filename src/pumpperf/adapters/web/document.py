"""The OpenAPI 3.1 document: every operation with its bodies, answers and refusals."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from pumpperf.adapters.web.access import SCOPES
from pumpperf.adapters.web.api import RECORDED
from pumpperf.adapters.web.json_schema import (
    IDENTIFIER,
    Schema,
    an_object,
    body_name,
    reference,
    row_schema,
    schemas,
)
from pumpperf.adapters.web.operation import Operation
from pumpperf.adapters.web.pages import LISTED, RESULTS
from pumpperf.adapters.web.problems import JSON, MEDIA_TYPE
from pumpperf.adapters.web.queries import LONGEST_PAGE, PAGE
from pumpperf.model import Finding, PumpPerformanceRun, table

BEARER = "bearer"
QUERY: dict[str, Schema] = {
    "units": {"enum": ["metric", "field"], "default": "metric"},
    "limit": {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE, "default": PAGE},
    "after": {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9_-]+$"},
}
_TEXT: Schema = {"type": "string"}
_PROBLEM = an_object(
    {
        "type": {"const": "about:blank"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {"type": "array", "items": an_object({"path": _TEXT, "detail": _TEXT})},
    },
    required=["type", "title", "status"],
)


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
    own = {"Problem": _PROBLEM, "FindingOfResult": _finding()}
    all_rows = sorted(rows, key=lambda kind: kind.__name__)
    components: dict[str, Any] = {"schemas": own | schemas(bodies, all_rows)}
    if guarded:
        scopes = f"its scopes are {', '.join(SCOPES)}"
        bearer = {"type": "http", "scheme": "bearer", "description": scopes}
        components["securitySchemes"] = {BEARER: bearer}
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
    responses = {one.status: _response(one.status, JSON, one.answers)}
    for status in sorted(_refusals(one, guarded)):
        responses[status] = _response(status, MEDIA_TYPE, reference("Problem"))
    found: dict[str, Any] = {
        "operationId": "_".join([one.method.lower(), *_words(one.path)]),
        "tags": _words(one.path)[:1],
        "summary": one.summary,
        "parameters": parameters,
        "responses": {str(status): response for status, response in responses.items()},
    }
    if one.takes is not None:
        content = {JSON: {"schema": reference(body_name(one.takes))}}
        found["requestBody"] = {"required": one.needs_body, "content": content}
    if guarded and one.scope is not None:
        found["security"] = [{BEARER: [one.scope]}]
    return found


def _words(path: str) -> list[str]:
    return [part.strip("{}").replace("-", "_") for part in path.split("/") if part]


def _refusals(one: Operation, guarded: bool) -> set[int]:  # noqa: FBT001  # of the server
    applies = {
        400: one.method == "POST",
        401: guarded and one.scope is not None,
        403: not guarded or one.scope is not None,
        404: "{pump_test_id}" in one.path or "{run_id}" in one.path,
        409: one.method == "POST",
        413: one.method == "POST",
        422: True,
        500: True,
        503: one.asks_store,
    }
    return {status for status, may_come in applies.items() if may_come}


def _response(status: int, media_type: str, schema: Schema) -> dict[str, Any]:  # JSON
    content = {media_type: {"schema": schema}}
    return {"description": HTTPStatus(status).phrase, "content": content}


def _finding() -> Schema:
    found = row_schema(Finding)
    beside: Schema = {
        "table": {"enum": [table(kind) for kind in RESULTS]},
        "row_id": IDENTIFIER,
        "run_id": IDENTIFIER,
        "date": reference("Date"),
    }
    return an_object(beside | found["properties"], [*beside, *found["required"]])
