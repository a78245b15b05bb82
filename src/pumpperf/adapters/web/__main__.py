"""`python -m pumpperf.adapters.web`: the HTTP API over one database, until a signal stops it.

It starts only with keys to verify tokens by, or, where that is said in so many words, without them
on the loopback interface. SIGTERM or SIGINT: no new requests, answers to those accepted, exit 0.
"""

import argparse
import json
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn

from pumpperf.adapters.sql import SqlRepository
from pumpperf.adapters.web.access import is_loopback
from pumpperf.adapters.web.app import create_app
from pumpperf.adapters.web.tokens import JwtAuthenticator
from pumpperf.errors import ArgumentError, PumpPerformanceError

STOP_S = 20
"""How long accepted requests have for their answers once a signal has come [s]."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        arguments: of the command line.

    Raises:
        SystemExit: with words, the program cannot start.
    """
    asked = _parser().parse_args(arguments)
    try:
        authenticate = _authenticator(asked)
        with _listener(asked) as listener, SqlRepository(asked.database) as repository:
            nobody = asked.insecure_loopback_only
            app = create_app(repository, authenticate=authenticate, insecure_loopback_only=nobody)
            _serve(app, listener)
    except PumpPerformanceError as error:
        sys.exit(f"pumpperf: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pumpperf.adapters.web", description="The HTTP API over one database."
    )
    add = parser.add_argument
    add("--database", required=True, help="path of an SQLite file, or postgresql://...")
    add("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    add("--port", type=port, default=8000, help="port to listen on (%(default)s); 0 finds one")
    add("--keys", type=Path, help="file of the keys that sign tokens: a JWKS or one public PEM")
    add("--audience", help="the claim aud of the tokens")
    add("--issuer", help="the claim iss of the tokens")
    unguarded = "serve without tokens, on the loopback interface alone"
    add("--insecure-loopback-only", action="store_true", help=unguarded)
    return parser


def port(text: str) -> int:
    """A port of the command line; argparse turns the error into words.

    Raises:
        ValueError: it is none.
    """
    number = int(text)
    if not 0 <= number <= 65_535:
        raise ValueError
    return number


def _authenticator(asked: argparse.Namespace) -> JwtAuthenticator | None:
    given = [asked.keys, asked.audience, asked.issuer]
    if asked.insecure_loopback_only:
        if any(value is not None for value in given):
            raise ArgumentError("expected keys or --insecure-loopback-only, not both")
        return None
    if any(value is None for value in given):
        raise ArgumentError(
            "expected --keys, --audience and --issuer, without which no token can be verified"
        )
    return JwtAuthenticator(keys=_keys(asked.keys), audience=asked.audience, issuer=asked.issuer)


def _keys(path: Path) -> Any:  # JSON: it may be anything
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if text.lstrip().startswith("{") else text
    except (OSError, RecursionError, ValueError) as error:
        raise ArgumentError(f"{path}: expected a JWKS or one public key as PEM: {error}") from error


def _listener(asked: argparse.Namespace) -> socket.socket:
    host, at = asked.host, (asked.host, asked.port)
    if asked.insecure_loopback_only and not is_loopback(host):
        raise ArgumentError(f"--host {host}: expected a loopback address, such as 127.0.0.1")
    try:
        found = socket.create_server(at, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise ArgumentError(f"cannot listen on {host} port {asked.port}: {error}") from error
    # connections inherit it; without it the second half of an answer waits 40 ms for the first
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def _serve(app: Any, listener: socket.socket) -> None:  # uvicorn takes any application
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=STOP_S,
        )
    )

    def stop(*_: object) -> None:
        server.should_exit = True

    for each in (signal.SIGINT, signal.SIGTERM):  # uvicorn hands a signal on when it has stopped
        signal.signal(each, stop)
    host, number = listener.getsockname()[:2]
    address = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"pumpperf listens on http://{address}:{number}\n")
    sys.stdout.flush()
    server.run(sockets=[listener])


if __name__ == "__main__":
    main()
