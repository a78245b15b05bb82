"""Who asks and what he may do: a principal with its scopes, or the loopback interface alone."""

import ipaddress
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from attrs import frozen

from pumpperf.errors import PumpPerformanceError

Scope = Literal["read", "record", "evaluate"]
"""What a request needs: to see rows, to record them, to have them evaluated."""
SCOPES: tuple[Scope, ...] = ("read", "record", "evaluate")


class Unauthenticated(PumpPerformanceError):  # noqa: N818  # who asks is unknown: no fault of ours
    """A request does not prove who asks; the message tells the caller what was expected."""


@frozen
class Principal:
    """Who asks, and the scopes of what he may do: `read`, `record`, `evaluate`."""

    user_id: str
    scopes: frozenset[str]


Authenticator = Callable[[Mapping[str, str]], Principal]
"""Turns the headers of a request into its principal, or raises `Unauthenticated`.

It is called in a thread of its own; names in the headers are in lower case, repeated ones are
repeated by `items()`.
"""


LOOPBACK = Principal("loopback", frozenset(SCOPES))
"""The one principal of a server without tokens, who may do everything."""


def is_from_loopback(client: str | None, headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a request was made on this machine, for this machine, by no page of another site.

    Args:
        client: the address that it came from.
        headers: its headers, names in lower case. A `Host` that is not loopback is a name of
            somebody else's that leads here, an `Origin` a page of somebody else's, and `Forwarded`
            or `X-Forwarded-*` tell of a proxy and of a client behind it.
    """
    given = list(headers)
    hosts = [value for name, value in given if name == "host"]
    origins = [value.partition("://")[2] for name, value in given if name == "origin"]
    return (
        client is not None
        and _is_loopback(client)
        and len(hosts) == 1
        and all(_is_loopback(_without_port(place)) for place in (*hosts, *origins))
        and not any(name == "forwarded" or name.startswith("x-forwarded-") for name, _ in given)
    )


def _without_port(place: str) -> str:
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0]


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
