"""The HTTP API as an ASGI application: who asks is known, what is asked is read strictly.

Who and when come from the token and the clock alone. Every refusal says in words what was
expected; a fault of ours says nothing at all, and the server is told to write it down.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from threading import Semaphore
from typing import Any, cast

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

import pumpperf
from pumpperf.adapters.web.access import (
    LOOPBACK,
    Authenticator,
    Principal,
    is_from_loopback,
)
from pumpperf.adapters.web.asked import body_of, identifier, query
from pumpperf.adapters.web.document import document
from pumpperf.adapters.web.endpoint import Asked, Operation
from pumpperf.adapters.web.endpoints import OPERATIONS
from pumpperf.adapters.web.limits import content_of, json_object
from pumpperf.adapters.web.problems import CHALLENGE, REFUSALS, Problem, answer, problem, problem_of
from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.errors import ArgumentError, StorageError
from pumpperf.repository import Repository
from pumpperf.service import PumpPerformanceService, utc_now

ROOT = "/api/pump-performance"
NOBODY = Principal("nobody", frozenset())
TURNS = 8
"""How many requests are worked on at a time: more only take the interpreter from each other."""


def create_app(
    repository: Repository,
    *,
    authenticate: Authenticator | None = None,
    insecure_loopback_only: bool = False,
    clock: Callable[[], dt.datetime] = utc_now,
    assumptions: Assumptions = PUMPPERF_2026,
    largest_body_bytes: int = 1_000_000,
) -> FastAPI:
    """The API over a repository.

    Args:
        repository: where rows are kept; it is called from several threads at once.
        authenticate: who asks; called in a thread for every request but those for health,
            readiness and the description of the API.
        insecure_loopback_only: serve without knowing who asks, but only requests made on this
            machine; the user is then `loopback`.
        clock: what time it is.
        assumptions: by which to judge.
        largest_body_bytes: how long a body may be.

    Raises:
        ArgumentError: there is neither a way to know who asks nor the consent to do without, or
            there are both.
    """
    if (authenticate is None) != insecure_loopback_only:
        raise ArgumentError(
            "expected authenticate, or insecure_loopback_only=True and no other callers, not both"
        )
    app = FastAPI(
        title="pumpperf",
        version=pumpperf.__version__,
        openapi_url=None,
        redirect_slashes=False,
    )
    service = PumpPerformanceService(repository, clock=clock, assumptions=assumptions)
    turns = Semaphore(TURNS)
    for operation in OPERATIONS:
        app.add_api_route(
            f"{ROOT}{operation.path}",
            _endpoint(operation, service, authenticate, largest_body_bytes, turns),
            methods=[operation.method],
        )
    described = document(
        OPERATIONS,
        root=ROOT,
        version=pumpperf.__version__,
        guarded=authenticate is not None,
    )
    app.openapi = lambda: described  # type: ignore[method-assign]  # as FastAPI wants it replaced
    app.add_api_route(f"{ROOT}/openapi.json", _describing(described), methods=["GET"])
    for error in REFUSALS:
        app.add_exception_handler(error, _refused)
    app.add_exception_handler(HTTPException, _misdirected)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(_AsWritten)
    if insecure_loopback_only:
        app.add_middleware(_LoopbackOnly)
    return app


def _endpoint(
    operation: Operation,
    service: PumpPerformanceService,
    authenticate: Authenticator | None,
    largest_body_bytes: int,
    turns: Semaphore,
) -> Callable[[Request], Awaitable[Response]]:
    def in_turn(principal: Principal, request: Request, content: bytes) -> Response:
        with turns:
            return _answer(operation, service, principal, request, content)

    async def endpoint(request: Request) -> Response:
        principal = NOBODY
        if operation.scope is not None:
            principal = (
                await run_in_threadpool(authenticate, request.headers) if authenticate else LOOPBACK
            )
            _refuse_without(operation.scope, principal)
        content = b""
        if operation.method == "POST":
            content = await content_of(request, largest_body_bytes)
        if not operation.asks_store:  # so it is answered though every thread waits for the store
            return _answer(operation, service, principal, request, content)
        return await run_in_threadpool(in_turn, principal, request, content)

    return endpoint


def _refuse_without(scope: str, principal: Principal) -> None:
    if scope not in principal.scopes:
        challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
        raise Problem(403, f"expected the scope {scope}", {"WWW-Authenticate": challenge})


def _answer(
    operation: Operation,
    service: PumpPerformanceService,
    principal: Principal,
    request: Request,
    content: bytes,
) -> Response:
    body = None
    if content and operation.takes is None:
        raise Problem(400, "expected no body")
    if operation.takes is not None:
        kind = request.headers.get("content-type")
        given = json_object(content, kind) if content or operation.needs_body else {}
        body = body_of(operation.takes, given)
    asked = Asked(
        service=service,
        user_id=principal.user_id,
        identifier=identifier(request.path_params),
        body=body,
        query=query(request.scope["query_string"], operation.knows),
    )
    return answer(operation.run(asked), status=operation.status)


def _describing(described: dict[str, Any]) -> Callable[[Request], Awaitable[Response]]:  # JSON
    written = answer(described)

    async def describing(_: Request) -> Response:
        return written

    return describing


async def _refused(_: Request, error: Exception) -> Response:
    return problem_of(error)


async def _misdirected(_: Request, error: Exception) -> Response:
    found = cast("HTTPException", error)
    return problem(found.status_code, headers=found.headers)


async def _failed(_: Request, error: Exception) -> Response:
    if isinstance(error, StorageError):
        return problem(503, "the store could not be read or written: ask again later")
    return problem(500)


class _AsWritten:
    """Routes by the path as it was written, so that an identifier may hold a %2F."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = scope.get("raw_path")
        if raw is not None:
            scope = {**scope, "path": raw.partition(b"?")[0].decode("latin-1")}
        await self._app(scope, receive, send)


class _LoopbackOnly:
    """Refuses every request that was not made on this machine for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            client = request.client.host if request.client else None
            if not is_from_loopback(client, request.headers.items()):
                refused = problem(403, "expected a request from this machine, for this machine")
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)
