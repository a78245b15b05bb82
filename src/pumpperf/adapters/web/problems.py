"""Answers that say what is wrong, as application/problem+json (RFC 9457), and leak nothing."""

import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from pumpperf.adapters.web.access import Unauthenticated
from pumpperf.errors import (
    ArgumentError,
    ConflictError,
    IrreproducibleError,
    NotFoundError,
    PumpTestError,
    RowError,
    UnitError,
)

MEDIA_TYPE = "application/problem+json"
HEADERS: Mapping[str, str] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer."""
CHALLENGE = 'Bearer realm="pumpperf"'
MOST_ERRORS = 1000
"""How many faults of a body are listed; if there are more, the answer says how many."""

_STATUS: Mapping[type[Exception], int] = {
    Unauthenticated: 401,
    NotFoundError: 404,
    ConflictError: 409,
    IrreproducibleError: 409,
    ArgumentError: 422,
    PumpTestError: 422,
    RowError: 422,
    UnitError: 422,
}
"""What the errors of the library are to a caller."""

_TITLES: Mapping[int, str] = {  # as RFC 9110 has them; older Pythons do not
    413: "Content Too Large",
    422: "Unprocessable Content",
}
_PATH = re.compile(r"\$(\.[^\s.:\[]+|\[\d+\])*")


class Problem(Exception):  # noqa: N818  # it is answered, not failed with
    """A request that is refused before the library sees it."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """Keep what is to be answered.

        Args:
            status: of HTTP.
            detail: what is wrong and what was expected, for the caller.
            headers: more of them.
        """
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}


REFUSALS: tuple[type[Exception], ...] = (Problem, *_STATUS)
"""Every error that is a caller's to mend."""


def problem(
    status: int,
    detail: str | None = None,
    *,
    faults: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request that is refused.

    Args:
        status: of HTTP.
        detail: what is wrong, for the caller.
        faults: each of the body, with its path first.
        headers: more of them.
    """
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status, HTTPStatus(status).phrase),
        "status": status,
    }
    if detail is not None:
        told["detail"] = detail
    listed = list(faults)
    if listed:
        told["errors"] = [{"path": _path(each), "detail": each} for each in listed[:MOST_ERRORS]]
    return answer(told, status=status, media_type=MEDIA_TYPE, headers=headers)


def answer(
    content: object,
    *,
    status: int = 200,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer as JSON.

    Args:
        content: what JSON can hold.
        status: of HTTP.
        media_type: of the answer.
        headers: more of them.
    """
    text = json.dumps(content, allow_nan=False, separators=(",", ":"))
    return Response(text, status, {**HEADERS, **(headers or {})}, media_type)


def problem_of(error: Exception) -> Response:
    """The answer to an error that is a caller's to mend."""
    if isinstance(error, Problem):
        return problem(error.status, error.detail, headers=error.headers)
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    if isinstance(error, RowError):
        count = len(error.faults) + error.more
        few = "" if count <= MOST_ERRORS else f", of which the first {MOST_ERRORS} are listed"
        detail = f"{error.row}: {count} fault{'s' * (count > 1)}{few}"
        return problem(status, detail, faults=error.faults)
    headers = {"WWW-Authenticate": CHALLENGE} if status == HTTPStatus.UNAUTHORIZED else None
    return problem(status, str(error), headers=headers)


def _path(fault: str) -> str:
    found = _PATH.match(fault)
    return found[0] if found else "$"
