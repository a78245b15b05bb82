"""Every way in which a bearer token can lie, and the few in which one is believed."""

import datetime as dt
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from web_tokens import (
    AUDIENCE,
    ISSUER,
    b64,
    ec_key,
    es,
    hs,
    jwk,
    private_pem,
    ps,
    public_pem,
    rs,
    rsa_key,
    token,
)

from pumpperf.adapters.web.access import Unauthenticated
from pumpperf.adapters.web.tokens import LONGEST_TOKEN, JwtAuthenticator
from pumpperf.errors import ArgumentError

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NOW_S = 1_772_366_400
SKEW_S = 60
CLAIMS = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ana", "exp": NOW_S + 600, "scope": "read record"}
HEADER = {"alg": "RS256", "typ": "JWT"}


def claims(**changed):
    return {name: value for name, value in (CLAIMS | changed).items() if value is not ...}


def believer(keys=None, **changed):
    given = {"audience": AUDIENCE, "issuer": ISSUER, "clock_skew_s": SKEW_S, "clock": lambda: NOW}
    return JwtAuthenticator(keys=public_pem(rsa_key()) if keys is None else keys, **given | changed)


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def by_rsa(header=HEADER, said=CLAIMS, key="one"):
    return token(header, said, lambda message: rs(message, rsa_key(key)))


def by_ec(header, said=CLAIMS, key="one"):
    return token(header, said, lambda message: es(message, ec_key(key)))


def test_the_test_s_clock_is_right():
    assert NOW.timestamp() == NOW_S


def jwks(*keys):
    return {"keys": list(keys)}


TWO = jwks(jwk(rsa_key(), kid="r", alg="RS256", use="sig"), jwk(ec_key(), kid="e"))
BELIEVED = {
    "RSA, PEM as bytes": (public_pem(rsa_key()), by_rsa()),
    "RSA, PEM as text": (public_pem(rsa_key()).decode(), by_rsa()),
    "EC, PEM": (public_pem(ec_key()), by_ec({"alg": "ES256"})),
    "a PEM fits any kid": (public_pem(rsa_key()), by_rsa(HEADER | {"kid": "any"})),
    "one key of a set, no kid asked": (jwks(jwk(rsa_key(), kid="r")), by_rsa()),
    "one key of a set, its kid": (jwks(jwk(rsa_key(), kid="r")), by_rsa(HEADER | {"kid": "r"})),
    "one key of a set, without kid": (jwks(jwk(rsa_key())), by_rsa(HEADER | {"kid": "x"})),
    "RSA of two": (TWO, by_rsa(HEADER | {"kid": "r"})),
    "EC of two": (TWO, by_ec({"alg": "ES256", "kid": "e"})),
    "a key for encryption is left aside": (
        jwks(jwk(rsa_key("two"), kid="x", use="enc", alg="RSA-OAEP"), jwk(rsa_key(), kid="r")),
        by_rsa(),
    ),
    "key_ops": (jwks(jwk(rsa_key(), key_ops=["verify"])), by_rsa()),
    "audience in a list": (None, by_rsa(said=claims(aud=["account", AUDIENCE]))),
    "type of an access token": (None, by_rsa({"alg": "RS256", "typ": "at+jwt"})),
    "just not expired": (None, by_rsa(said=claims(exp=NOW_S - SKEW_S + 1))),
    "expiry as a fraction": (None, by_rsa(said=claims(exp=NOW_S - SKEW_S + 0.5))),
    "expiry far away": (None, by_rsa(said=claims(exp=10**30))),
    "just begun": (None, by_rsa(said=claims(nbf=NOW_S + SKEW_S, iat=NOW_S + SKEW_S))),
}


@pytest.mark.parametrize("case", BELIEVED)
def test_a_token_is_believed(case):
    keys, text = BELIEVED[case]
    principal = believer(keys)(bearer(text))
    assert principal.user_id == "ana"
    assert principal.scopes == {"read", "record"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"scope": "read  other"}, {"read", "other"}),
        ({"scope": ["read"]}, {"read"}),
        ({"scope": ..., "scp": ["read", "record", 1]}, {"read", "record"}),
        ({"scope": ..., "scp": "read"}, {"read"}),
        ({"scope": "", "scp": ["record"]}, set()),
        ({"scope": ...}, set()),
        ({"scope": None}, set()),
        ({"scope": {"read": True}}, set()),
        ({"scope": 1}, set()),
    ],
)
def test_scopes_are_those_of_the_token_and_no_more(said, expected):
    assert believer()(bearer(by_rsa(said=claims(**said)))).scopes == expected


@pytest.mark.parametrize("user", ["a", "é" * 64, "Ana Maria", "auth0|12", "x" * 64])
def test_the_subject_is_the_user(user):
    assert believer()(bearer(by_rsa(said=claims(sub=user)))).user_id == user


def test_headers_are_read_in_any_case_and_the_scheme_too():
    assert believer()({"AUTHORIZATION": f"bEARER  {by_rsa()}", "x": "y"}).user_id == "ana"


LIES = {
    "another key": by_rsa(key="two"),
    "alg none, no signature": token({"alg": "none"}, CLAIMS, lambda _: b"") + "AA",
    "alg none, signed": by_rsa({"alg": "none"}),
    "alg None in capitals": by_rsa({"alg": "NONE"}),
    "no alg": by_rsa({"typ": "JWT"}),
    "alg null": by_rsa({"alg": None}),
    "alg a list": by_rsa({"alg": ["RS256"]}),
    "HS256 by the public PEM": token(
        {"alg": "HS256"}, CLAIMS, lambda message: hs(message, public_pem(rsa_key()))
    ),
    "HS256 by the public PEM, stripped": token(
        {"alg": "HS256"}, CLAIMS, lambda message: hs(message, public_pem(rsa_key()).strip())
    ),
    "HS256 by nothing": token({"alg": "HS256"}, CLAIMS, lambda message: hs(message, b"")),
    "RS256 said, HMAC done": token(
        HEADER, CLAIMS, lambda message: hs(message, public_pem(rsa_key()))
    ),
    "RS384": token({"alg": "RS384"}, CLAIMS, lambda message: rs(message, rsa_key(), hashes.SHA384)),
    "RS512 digest under RS256": token(
        HEADER, CLAIMS, lambda message: rs(message, rsa_key(), hashes.SHA512)
    ),
    "PS256": token({"alg": "PS256"}, CLAIMS, lambda message: ps(message, rsa_key())),
    "ES256 by an own EC key": by_ec({"alg": "ES256"}),
    "an own key in the header": by_rsa(HEADER | {"jwk": jwk(rsa_key("two"))}, key="two"),
    "an own key by address": by_rsa(HEADER | {"jku": "https://evil.example/jwks"}, key="two"),
    "a certificate in the header": by_rsa(HEADER | {"x5c": ["MIIB"]}, key="two"),
    "a critical extension": by_rsa(HEADER | {"crit": ["exp"], "exp": 1}),
    "a payload that is not encoded": by_rsa(HEADER | {"b64": False}),
    "an extension that PyJWT knows": by_rsa(HEADER | {"crit": ["b64"], "b64": True}),
    "kid a number": by_rsa(HEADER | {"kid": 1}),
    "header a list": by_rsa([]),
    "header no JSON": by_rsa(b"\xff"),
    "header of 1500 brackets": by_rsa(b"[" * 1500),
    "claims a list": by_rsa(said=[CLAIMS]),
    "claims no JSON": by_rsa(said=b"{"),
    "claims not UTF-8": by_rsa(said=b'{"sub": "\xff"}'),
    "claims of 1500 brackets": by_rsa(said=b"[" * 1500),
    "a number of 5000 digits": by_rsa(said=b'{"exp": ' + b"9" * 5000 + b"}"),
    "wrong audience": by_rsa(said=claims(aud="other")),
    "part of the audience": by_rsa(said=claims(aud=AUDIENCE[:-1])),
    "more than the audience": by_rsa(said=claims(aud=AUDIENCE + "-2")),
    "audiences without ours": by_rsa(said=claims(aud=["other"])),
    "audience as a name": by_rsa(said=claims(aud={AUDIENCE: 1})),
    "no audience": by_rsa(said=claims(aud=...)),
    "audience null": by_rsa(said=claims(aud=None)),
    "wrong issuer": by_rsa(said=claims(iss="https://evil.example/")),
    "part of the issuer": by_rsa(said=claims(iss=ISSUER[:-1])),
    "issuer in capitals": by_rsa(said=claims(iss=ISSUER.upper())),
    "issuer in a list": by_rsa(said=claims(iss=[ISSUER])),
    "no issuer": by_rsa(said=claims(iss=...)),
    "no expiry": by_rsa(said=claims(exp=...)),
    "expiry null": by_rsa(said=claims(exp=None)),
    "expiry a text": by_rsa(said=claims(exp=str(NOW_S + 600))),
    "expiry true": by_rsa(said=claims(exp=True)),
    "expiry beyond any float": by_rsa(
        said=json.dumps(CLAIMS).replace(str(NOW_S + 600), "1e400").encode()
    ),
    "expiry NaN": by_rsa(said=claims(exp=float("nan"))),
    "not yet valid": by_rsa(said=claims(nbf=NOW_S + SKEW_S + 1)),
    "issued tomorrow": by_rsa(said=claims(iat=NOW_S + 86_400)),
    "begin a text": by_rsa(said=claims(nbf="0")),
    "begin null": by_rsa(said=claims(nbf=None)),
    "issued NaN": by_rsa(said=claims(iat=float("nan"))),
    "no user": by_rsa(said=claims(sub=...)),
    "user null": by_rsa(said=claims(sub=None)),
    "user a number": by_rsa(said=claims(sub=7)),
    "user a list": by_rsa(said=claims(sub=["ana"])),
    "user empty": by_rsa(said=claims(sub="")),
    "user blank": by_rsa(said=claims(sub="  ")),
    "user of 65": by_rsa(said=claims(sub="x" * 65)),
    "user with NUL": by_rsa(said=claims(sub="ana\0")),
    "user with a line": by_rsa(said=claims(sub="ana\nroot")),
    "user with half a character": by_rsa(said=claims(sub="ana\ud800")),
    "too long": by_rsa(said=claims(more="x" * LONGEST_TOKEN)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused_in_few_words(lie):
    with pytest.raises(Unauthenticated) as refused:
        believer()(bearer(LIES[lie]))
    assert str(refused.value) == "the bearer token is not valid"
    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("seconds", [0, 1, 10**9])
def test_an_expired_token_is_refused_as_such(seconds):
    expired = claims(exp=NOW_S - SKEW_S - seconds)
    with pytest.raises(Unauthenticated, match="^the bearer token has expired$"):
        believer()(bearer(by_rsa(said=expired)))


def test_an_expired_lie_is_only_a_lie():
    with pytest.raises(Unauthenticated, match="^the bearer token is not valid$"):
        believer()(bearer(by_rsa(said=claims(exp=1), key="two")))


def test_any_changed_character_is_refused():
    text = by_rsa()
    for i in range(0, len(text) - 1, 7):
        other = "A" if text[i] != "A" else "B"
        with pytest.raises(Unauthenticated):
            believer()(bearer(text[:i] + other + text[i + 1 :]))


def test_the_parts_of_two_tokens_make_no_third():
    ana, bo = by_rsa().split("."), by_rsa(said=claims(sub="bo")).split(".")
    for parts in ((ana[0], bo[1], ana[2]), (ana[0], ana[1], bo[2])):
        with pytest.raises(Unauthenticated):
            believer()(bearer(".".join(parts)))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer a.b"},
        {"Authorization": "Bearer a.b.c.d"},
        {"Authorization": "Bearer a.b."},
        {"Authorization": "Bearer ä.b.c"},
        {"Authorization": f"Basic {by_rsa()}"},
        {"Authorization": by_rsa()},
        {"Authorization": f"Bearer\t{by_rsa()}"},
        {"Authorization": f"Bearer {by_rsa()}, Bearer {by_rsa()}"},
        {"Authorization": f"Bearer {by_rsa()} "},
        {"Authorization": f"Bearer {by_rsa()}\n"},
        {"Authorization": f"Bearer {by_rsa()}", "authorization": f"Bearer {by_rsa()}"},
        {"X-Authorization": f"Bearer {by_rsa()}"},
        {"Cookie": f"Authorization=Bearer {by_rsa()}"},
    ],
    ids=range(17),
)
def test_one_bearer_token_is_asked_for(headers):
    with pytest.raises(Unauthenticated, match=r"^expected one header Authorization: Bearer <tok"):
        believer()(headers)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (TWO, by_rsa()),
        (TWO, by_rsa(HEADER | {"kid": "x"})),
        (TWO, by_rsa(HEADER | {"kid": "e"})),
        (TWO, by_rsa(HEADER | {"kid": "../../dev/null"})),
        (TWO, by_ec({"alg": "ES256", "kid": "r"})),
        (TWO, by_ec({"alg": "RS256", "kid": "e"})),
        (TWO, by_ec({"alg": "ES256", "kid": "e"}, key="two")),
        (jwks(jwk(rsa_key(), kid="r")), by_rsa(HEADER | {"kid": "x"})),
        (
            TWO,
            token({"alg": "ES384", "kid": "e"}, CLAIMS, lambda m: es(m, ec_key(), hashes.SHA384)),
        ),
        (
            public_pem(ec_key()),
            token({"alg": "ES256"}, CLAIMS, lambda m: es(m, ec_key("k", ec.SECP256K1))),
        ),
        (public_pem(ec_key()), token({"alg": "ES256"}, CLAIMS, lambda _: bytes(64))),
        (public_pem(ec_key()), token({"alg": "ES256"}, CLAIMS, lambda _: b"short")),
        (public_pem(ec_key()), token({"alg": "ES256"}, CLAIMS, lambda m: hs(m, b"") * 2)),
    ],
    ids=range(13),
)
def test_the_key_that_is_named_must_have_signed(keys, text):
    with pytest.raises(Unauthenticated, match="not valid"):
        believer(keys)(bearer(text))


def oct_key(**more):
    return {"kty": "oct", "k": b64(b"x" * 32), **more}


def ed25519_pem():
    return (
        ed25519.Ed25519PrivateKey.generate()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


UNFIT = {
    "private PEM": (private_pem(rsa_key()), "private key"),
    "private EC PEM as text": (private_pem(ec_key()).decode(), "private key"),
    "short RSA PEM": (public_pem(rsa_key("short", 1024)), "at least 2048 bits"),
    "P-384 PEM": (public_pem(ec_key("c", ec.SECP384R1)), "EC P-256"),
    "Ed25519 PEM": (ed25519_pem(), "EC P-256"),
    "two PEMs": (public_pem(rsa_key()) * 2, "one PEM"),
    "no PEM": (b"secret", "one PEM"),
    "empty": ("", "one PEM"),
    "broken PEM": (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "public key"),
    "certificate": (b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n", "public key"),
    "no set": ({}, "expected a JWKS"),
    "a single JWK": (jwk(rsa_key()), "expected a JWKS"),
    "empty set": (jwks(), "at least one"),
    "only for encryption": (jwks(jwk(rsa_key(), use="enc")), "at least one"),
    "no key": (jwks("secret"), r"keys\[0\]: expected a public key"),
    "private JWK": (jwks(jwk(rsa_key(), d="AQAB")), r"keys\[0\]: holds a private"),
    "private JWK beside a public": (jwks(jwk(ec_key()), jwk(ec_key(), d="A")), r"keys\[1\]: holds"),
    "symmetric": (jwks(oct_key()), "holds a private or symmetric"),
    "symmetric without value": (jwks({"kty": "oct"}), "expected a public key"),
    "symmetric as RS256": (jwks(oct_key(alg="RS256")), "holds a private or symmetric"),
    "HS256 for an RSA key": (jwks(jwk(rsa_key(), alg="HS256")), "expected a public key"),
    "RS384 for an RSA key": (jwks(jwk(rsa_key(), alg="RS384")), "expected a public key"),
    "no kind": (jwks({"n": "AQAB"}), "expected a public key"),
    "short RSA": (jwks(jwk(rsa_key("short", 1024))), "at least 2048 bits"),
    "P-384": (jwks(jwk(ec_key("c", ec.SECP384R1))), "EC P-256"),
    "secp256k1": (jwks(jwk(ec_key("k", ec.SECP256K1))), "EC P-256"),
    "P-384 called P-256": (jwks(jwk(ec_key("c", ec.SECP384R1), crv="P-256")), "EC P-256"),
    "a point off the curve": (jwks(jwk(ec_key(), y=jwk(ec_key())["x"])), "EC P-256"),
    "without modulus": (jwks({"kty": "RSA", "e": "AQAB"}), "expected a public key"),
    "modulus a number": (jwks({"kty": "RSA", "e": "AQAB", "n": 5}), "expected a public key"),
    "for signing": (jwks(jwk(rsa_key(), key_ops=["sign"])), "verifies signatures and does no more"),
    "for both": (jwks(jwk(rsa_key(), key_ops=["sign", "verify"])), "and does no more"),
    "for something else": (jwks(jwk(rsa_key(), use="tls")), "verifies signatures"),
    "kid a number": (jwks(jwk(rsa_key(), kid=1)), r"keys\[0\].kid = 1: expected a text"),
    "two without kid": (jwks(jwk(rsa_key()), jwk(ec_key(), kid="e")), "kid of its own"),
    "two of one kid": (jwks(jwk(rsa_key(), kid="e"), jwk(ec_key(), kid="e")), "kid of its own"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_an_unfit_key_is_refused_at_once(case):
    keys, words = UNFIT[case]
    with pytest.raises(ArgumentError, match=words):
        believer(keys)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"audience": " "}, "audience"),
        ({"issuer": ""}, "issuer"),
        ({"clock_skew_s": -1.0}, "clock_skew_s = -1.0: expected 0 to 600 s"),
        ({"clock_skew_s": 601}, "clock_skew_s = 601"),
        ({"clock_skew_s": float("nan")}, "clock_skew_s = nan"),
    ],
)
def test_what_a_token_must_say_is_asked_of_the_operator(changed, words):
    with pytest.raises(ArgumentError, match=words):
        believer(**changed)


def test_the_clock_of_the_library_is_the_default():
    authenticate = JwtAuthenticator(keys=public_pem(rsa_key()), audience=AUDIENCE, issuer=ISSUER)
    later = claims(exp=int(dt.datetime.now(dt.UTC).timestamp()) + 600)
    assert authenticate(bearer(by_rsa(said=later))).user_id == "ana"
    with pytest.raises(Unauthenticated, match="expired"):
        authenticate(bearer(by_rsa(said=claims(exp=1))))
