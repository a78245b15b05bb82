"""Answers that say what is wrong, as application/problem+json (RFC 9457), and leak nothing."""

import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from pumpperf.adapters.web.access import Unauthenticated
from pumpperf.errors import (
    ArgumentError,
    ConflictError,
    IrreproducibleError,
    NotFoundError,
    PumpTestError,
    RowError,
    StorageError,
    UnitError,
)

JSON, MEDIA_TYPE = "application/json", "application/problem+json"
Headers = Mapping[str, str] | None
HEADERS: Mapping[str, str] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer."""
CHALLENGE = 'Bearer realm="pumpperf"'
REFUSALS: Mapping[type[Exception], int] = {
    Unauthenticated: 401,
    NotFoundError: 404,
    ConflictError: 409,
    IrreproducibleError: 409,
    ArgumentError: 422,
    PumpTestError: 422,
    RowError: 422,
    UnitError: 422,
}
"""The errors of the library that are a caller's to mend, and what they are to him."""

WRITER = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":"))
"""Of everything that leaves; records are trees."""

_TITLES: Mapping[int, str] = {  # as RFC 9110 has them; older Pythons do not
    413: "Content Too Large",
    422: "Unprocessable Content",
}
_PATH = re.compile(r"\$(\.[^\s.:\[]+|\[\d+\])*")


def problem(
    status: int, detail: str | None = None, *, faults: Iterable[str] = (), headers: Headers = None
) -> Response:
    """The answer to a request that is refused.

    Args:
        status: of HTTP.
        detail: what is wrong, for the caller.
        faults: each of the body, with its path first.
        headers: more of them.
    """
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    if detail is not None:
        told["detail"] = detail
    listed = [{"path": _path(fault), "detail": fault} for fault in faults]
    if listed:
        told["errors"] = listed
    return answer(told, status=status, media_type=MEDIA_TYPE, headers=headers)


def answer(
    content: object, *, status: int = 200, media_type: str = JSON, headers: Headers = None
) -> Response:
    """An answer as JSON.

    Args:
        content: what JSON can hold; a text is JSON already.
        status: of HTTP.
        media_type: of the answer.
        headers: more of them.
    """
    text = content if isinstance(content, str) else WRITER.encode(content)
    return Response(text, status, {**HEADERS, **(headers or {})}, media_type)


def problem_of(error: Exception) -> Response:
    """The answer to an error; one that is no caller's to mend says nothing of itself."""
    if isinstance(error, HTTPException):
        no_more = error.detail == HTTPStatus(error.status_code).phrase
        detail = None if no_more else error.detail
        return problem(error.status_code, detail, headers=error.headers)
    if isinstance(error, StorageError):
        return problem(503, "the store could not be read or written: ask again later")
    status = next((status for kind, status in REFUSALS.items() if isinstance(error, kind)), 500)
    if isinstance(error, RowError):
        count = len(error.faults)
        more = f" and {error.more} more, not listed" if error.more else ""
        detail = f"{error.row}: {count} fault{'s' * (count > 1)}{more}"
        return problem(status, detail, faults=error.faults)
    headers = {"WWW-Authenticate": CHALLENGE} if status == 401 else None
    return problem(status, None if status == 500 else str(error), headers=headers)


def _path(fault: str) -> str:
    found = _PATH.match(fault)
    return found[0] if found else "$"
