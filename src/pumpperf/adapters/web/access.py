"""Who asks and what he may do: a principal with its scopes, or the loopback interface alone."""

import ipaddress
import re
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


_PLACE = re.compile(r"(?:\[([^\]]*)\]|([^:@]*))(?::\d*)?", re.ASCII)
"""A host as a header names it, with its port: nothing may stand before it."""


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
        and is_loopback(client)
        and len(hosts) == 1
        and all(_leads_here(place) for place in (*hosts, *origins))
        and not any(name == "forwarded" or name.startswith("x-forwarded-") for name, _ in given)
    )


def is_loopback(address: str) -> bool:
    """Whether an address, not a name, is one of this machine alone."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _leads_here(place: str) -> bool:
    found = _PLACE.fullmatch(place)
    host = (found[1] or found[2] or "") if found else ""
    return host.lower() == "localhost" or is_loopback(host)
