"""The HTTP API as an ASGI application: who asks is known, what is asked is read strictly.

Who and when come from the token and the clock alone. Every refusal says in words what was
expected; a fault of ours says nothing at all, and the server is told to write it down.
"""

import datetime as dt
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import pumpperf
from pumpperf.adapters.web.access import LOOPBACK, Authenticator, Principal, is_from_loopback
from pumpperf.adapters.web.api import OPERATIONS
from pumpperf.adapters.web.bodies import body_of
from pumpperf.adapters.web.document import document
from pumpperf.adapters.web.limits import content_of, json_object
from pumpperf.adapters.web.operation import Call, Operation
from pumpperf.adapters.web.problems import CHALLENGE, REFUSALS, answer, problem, problem_of
from pumpperf.adapters.web.queries import identifier, query
from pumpperf.assumptions import PUMPPERF_2026, Assumptions
from pumpperf.errors import ArgumentError
from pumpperf.repository import Repository
from pumpperf.service import PumpPerformanceService, utc_now

Endpoint = Callable[[Request], Awaitable[Response]]

ROOT = "/api/pump-performance"
TURNS = 4
"""How many requests are worked on at a time: more only take the interpreter from each other."""


def create_app(
    repository: Repository,
    *,
    authenticate: Authenticator | None = None,
    insecure_loopback_only: bool = False,
    clock: Callable[[], dt.datetime] = utc_now,
    assumptions: Assumptions = PUMPPERF_2026,
    largest_body_bytes: int = 1_000_000,
) -> Starlette:
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
    service = PumpPerformanceService(repository, clock=clock, assumptions=assumptions)
    turns = ThreadPoolExecutor(TURNS, "pumpperf")
    routes = [
        Route(
            f"{ROOT}{one.path}",
            _endpoint(one, service, authenticate, largest_body_bytes, turns),
            methods=[one.method],
        )
        for one in OPERATIONS
    ]
    guarded = authenticate is not None
    described = document(OPERATIONS, root=ROOT, version=pumpperf.__version__, guarded=guarded)
    app = Starlette(
        routes=[*routes, Route(f"{ROOT}/openapi.json", answer(described), methods=["GET"])],
        middleware=[Middleware(_Gate, loopback_only=insecure_loopback_only)],
        exception_handlers=dict.fromkeys((HTTPException, *REFUSALS, Exception), _told),
    )
    app.router.redirect_slashes = False
    return app


def _endpoint(
    operation: Operation,
    service: PumpPerformanceService,
    authenticate: Authenticator | None,
    largest_body_bytes: int,
    turns: ThreadPoolExecutor,
) -> Endpoint:
    def answered(user_id: str, request: Request, content: bytes) -> Response:
        if content and operation.takes is None:
            raise HTTPException(400, "expected no body")
        body = None
        if operation.takes is not None:
            kind = request.headers.get("content-type")
            given = json_object(content, kind) if content or operation.needs_body else {}
            body = body_of(operation.takes, given)
        asked = query(request.scope["query_string"], operation.knows)
        call = Call(service, user_id, identifier(request.path_params), body, asked)
        return answer(operation.run(call), status=operation.status)

    async def endpoint(request: Request) -> Response:
        in_turn = get_running_loop().run_in_executor
        principal = LOOPBACK
        if operation.scope is not None and authenticate is not None:
            principal = await in_turn(turns, authenticate, request.headers)
            _refuse_without(operation.scope, principal)
        content = b""
        if operation.method == "POST":
            content = await content_of(request, largest_body_bytes)
        if not operation.asks_store:  # so it is answered though every thread waits for the store
            return answered(principal.user_id, request, content)
        return await in_turn(turns, answered, principal.user_id, request, content)

    return endpoint


def _refuse_without(scope: str, principal: Principal) -> None:
    if scope not in principal.scopes:
        challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
        raise HTTPException(403, f"expected the scope {scope}", {"WWW-Authenticate": challenge})


async def _told(_: Request, error: Exception) -> Response:
    return problem_of(error)


class _Gate:
    """What every request meets first; it goes on by its path as it was written.

    So an identifier may hold a %2F, no length is believed that chunks contradict (RFC 9112, 6.1),
    and without tokens only this machine is served.
    """

    def __init__(self, app: ASGIApp, *, loopback_only: bool) -> None:
        self._app = app
        self._loopback_only = loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            app = self._refusal(Request(scope)) or app
            raw = scope.get("raw_path") or scope["path"].encode("latin-1")
            scope = {**scope, "path": raw.partition(b"?")[0].decode("latin-1")}
        await app(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        names = request.headers.keys()
        if "content-length" in names and "transfer-encoding" in names:
            words = "expected Content-Length or Transfer-Encoding, not both"
            return problem(400, words, headers={"Connection": "close"})
        client = request.client.host if request.client else None
        if self._loopback_only and not is_from_loopback(client, request.headers.items()):
            return problem(403, "expected a request from this machine, for this machine")
        return None
