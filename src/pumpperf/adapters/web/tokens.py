"""Bearer tokens: who asks, proved by a signature under a public key that the operator gave.

The key alone decides by which algorithm a token is verified, whatever the token says of itself;
there is no network, and no refusal holds a token or says more than the caller needs.
"""

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from attrs import frozen
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt import PyJWK, PyJWS, PyJWTError

from pumpperf.adapters.web.access import Principal, Unauthenticated
from pumpperf.errors import ArgumentError
from pumpperf.service import utc_now

Claims = Mapping[str, Any]  # JSON: its values may be anything

LONGEST_TOKEN = 8192
"""Characters of the longest token that is looked at."""

_JWS = PyJWS()
_BEARER = re.compile(r"bearer +([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII | re.IGNORECASE)
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_EXPECTED = "expected a public key, RSA of at least 2048 bits (RS256) or EC P-256 (ES256)"


@frozen
class _Key:
    """A public key and the one algorithm it verifies; a key without an id fits any token."""

    kid: str | None
    algorithm: str
    public: RSAPublicKey | EllipticCurvePublicKey


class JwtAuthenticator:
    """Turns the headers of a request into its principal; a callable, safe in many threads.

    The user is the claim `sub`. Scopes are those of `scope`, or else of `scp`, as a list or a text
    with spaces; a token without either has none.
    """

    def __init__(
        self,
        *,
        keys: Mapping[str, Any] | str | bytes,  # JSON: its values may be anything
        audience: str,
        issuer: str,
        clock_skew_s: float = 120.0,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        """Take the keys that may sign, and what a token must say.

        Args:
            keys: a JWKS (`{"keys": [...]}`), or one public key as PEM. Keys of a JWKS marked for
                encryption (`"use": "enc"`) are left aside.
            audience: the claim `aud` must be this or a list with it.
            issuer: the claim `iss` must be this.
            clock_skew_s: how far the clocks of issuer and server may differ [s], 0 to 600.
            clock: what time it is.

        Raises:
            ArgumentError: a key is private, symmetric, too short or of another kind; audience or
                issuer is blank; the skew is out of its range.
        """
        for name, value in (("audience", audience), ("issuer", issuer)):
            if not value.strip():
                raise ArgumentError(f"{name} = {value!r}: expected a claim that tokens must have")
        if not 0.0 <= clock_skew_s <= 600.0:
            raise ArgumentError(f"clock_skew_s = {clock_skew_s!r}: expected 0 to 600 s")
        self._keys = _key_set(keys) if isinstance(keys, Mapping) else (_pem_key(keys),)
        self._audience = audience
        self._issuer = issuer
        self._skew_s = clock_skew_s
        self._clock = clock

    def __call__(self, headers: Mapping[str, str]) -> Principal:
        """The principal of a request.

        Args:
            headers: of the request; names in any case, repeated ones repeated by `items()`.

        Raises:
            Unauthenticated: there is not exactly one bearer token, or it is not to be believed.
        """
        given = [value for name, value in headers.items() if name.lower() == "authorization"]
        token = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
        if token is None:
            raise Unauthenticated("expected one header Authorization: Bearer <token>")
        claims = self._claims(token[1]) if len(token[1]) <= LONGEST_TOKEN else None
        if claims is None or not self._is_for_us(claims) or not self._has_begun(claims):
            raise Unauthenticated("the bearer token is not valid")
        if not claims["exp"] > self._now_s() - self._skew_s:
            raise Unauthenticated("the bearer token has expired")
        return Principal(user_id=claims["sub"], scopes=_scopes(claims))

    def _claims(self, token: str) -> Claims | None:
        try:
            header = _JWS.get_unverified_header(token)
            key = self._key(header)
            if key is None:
                return None
            claims = json.loads(_JWS.decode(token, key.public, [key.algorithm]))
        except (PyJWTError, RecursionError, ValueError):
            return None
        return cast("Claims", claims) if isinstance(claims, dict) else None

    def _key(self, header: Mapping[str, object]) -> _Key | None:
        if "crit" in header:  # extensions that must be understood: none is
            return None
        kid = header.get("kid")
        if len(self._keys) == 1 and (kid is None or self._keys[0].kid is None):
            return self._keys[0]
        return next((key for key in self._keys if key.kid == kid), None)

    def _is_for_us(self, claims: Claims) -> bool:
        audience, user = claims.get("aud"), claims.get("sub")
        meant = cast("list[object]", audience) if isinstance(audience, list) else [audience]
        return (
            claims.get("iss") == self._issuer
            and self._audience in meant
            and isinstance(user, str)
            and len(user) <= 64
            and bool(user.strip())
            and user.isprintable()
        )

    def _has_begun(self, claims: Claims) -> bool:
        latest = self._now_s() + self._skew_s
        begins = [claims[name] for name in ("nbf", "iat") if name in claims]
        return _is_instant(claims.get("exp")) and all(
            _is_instant(begin) and begin <= latest for begin in begins
        )

    def _now_s(self) -> float:
        return self._clock().timestamp()


def _is_instant(value: object) -> bool:
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def _scopes(claims: Claims) -> frozenset[str]:
    said = claims.get("scope", claims.get("scp"))
    items = said.split() if isinstance(said, str) else said
    listed = cast("list[object]", items) if isinstance(items, list) else []
    return frozenset(item for item in listed if isinstance(item, str))


def _key_set(jwks: Mapping[str, Any]) -> tuple[_Key, ...]:  # JSON: its values may be anything
    given = jwks.get("keys")
    if not isinstance(given, list):
        raise ArgumentError('keys: expected a JWKS, {"keys": [...]}')
    found = enumerate(cast("list[object]", given))
    keys = tuple(_jwk_key(jwk, f"keys[{i}]") for i, jwk in found if not _only_encrypts(jwk))
    if not keys:
        raise ArgumentError("keys: expected at least one that verifies signatures")
    kids = {key.kid for key in keys}
    if len(keys) > 1 and (None in kids or len(kids) < len(keys)):
        raise ArgumentError("keys: expected a kid of its own for each of several")
    return keys


def _only_encrypts(jwk: object) -> bool:
    return isinstance(jwk, dict) and cast("Claims", jwk).get("use") == "enc"


def _jwk_key(jwk: object, place: str) -> _Key:
    if not isinstance(jwk, dict):
        raise ArgumentError(f"{place}: {_EXPECTED}")
    found = cast("dict[str, Any]", jwk)
    if _PRIVATE & set(found):
        raise ArgumentError(f"{place}: holds a private or symmetric key; {_EXPECTED}")
    algorithm = {"RSA": "RS256", "EC": "ES256"}.get(str(found.get("kty")))
    operations, kid = found.get("key_ops", ["verify"]), found.get("kid")
    if algorithm is None or found.get("alg", algorithm) != algorithm:
        raise ArgumentError(f"{place}: {_EXPECTED}")
    if found.get("use", "sig") != "sig" or operations != ["verify"]:
        raise ArgumentError(f"{place}: expected a key that verifies signatures and does no more")
    if kid is not None and not isinstance(kid, str):
        raise ArgumentError(f"{place}.kid = {kid!r}: expected a text")
    try:
        public: object = PyJWK(found, algorithm).key
    except (PyJWTError, KeyError, TypeError, ValueError):
        public = None
    return _bound(public, kid, place)


def _pem_key(pem: str | bytes) -> _Key:
    text = pem.encode() if isinstance(pem, str) else pem
    if b"PRIVATE KEY" in text:
        raise ArgumentError(f"keys: holds a private key; {_EXPECTED}")
    if text.count(b"-----BEGIN") != 1:
        raise ArgumentError(f"keys: expected one PEM, which is to hold {_EXPECTED[9:]}")
    try:
        public: object = load_pem_public_key(text)
    except (ValueError, UnsupportedAlgorithm):
        public = None
    return _bound(public, None, "keys")


def _bound(public: object, kid: str | None, place: str) -> _Key:
    if isinstance(public, RSAPublicKey) and public.key_size >= 2048:
        return _Key(kid, "RS256", public)
    if isinstance(public, EllipticCurvePublicKey) and isinstance(public.curve, SECP256R1):
        return _Key(kid, "ES256", public)
    raise ArgumentError(f"{place}: {_EXPECTED}")
