"""Keys and tokens made by hand, so that no library can refuse to forge one."""

import base64
import hashlib
import hmac
import json
from functools import cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

AUDIENCE = "beep-api"
ISSUER = "https://login.example.com/"


def rsa_key(name: str = "one", bits: int = 2048) -> rsa.RSAPrivateKey:
    return _rsa_key(name, bits)


@cache
def _rsa_key(name: str, bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def ec_key(name: str = "one", curve: type[ec.EllipticCurve] = ec.SECP256R1):
    return _ec_key(name, curve)


@cache
def _ec_key(name: str, curve: type[ec.EllipticCurve]) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve())


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int, size: int = 0) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def public_pem(key) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def private_pem(key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def jwk(key, **more) -> dict[str, str]:
    public = key.public_key().public_numbers()
    if isinstance(key, rsa.RSAPrivateKey):
        return {"kty": "RSA", "n": number(public.n), "e": number(public.e), **more}
    size = (key.curve.key_size + 7) // 8
    names = {"secp256r1": "P-256", "secp384r1": "P-384", "secp256k1": "secp256k1"}
    place = {"x": number(public.x, size), "y": number(public.y, size)}
    return {"kty": "EC", "crv": names[key.curve.name], **place, **more}


def rs(message: bytes, key, digest: type[hashes.HashAlgorithm] = hashes.SHA256) -> bytes:
    return key.sign(message, padding.PKCS1v15(), digest())


def ps(message: bytes, key) -> bytes:
    return key.sign(message, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())


def es(message: bytes, key, digest: type[hashes.HashAlgorithm] = hashes.SHA256) -> bytes:
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(digest())))
    size = (key.curve.key_size + 7) // 8
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def hs(message: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, message, hashlib.sha256)


def token(header: object, claims: object, sign) -> str:
    """`sign` is given the message; header and claims are JSON, or bytes as they are."""
    parts = [
        b64(part if isinstance(part, bytes) else json.dumps(part).encode())
        for part in (header, claims)
    ]
    message = ".".join(parts)
    return f"{message}.{b64(sign(message.encode()))}"
