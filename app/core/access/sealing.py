"""Sealed to the house: a secret that a device may carry and nobody but the house can read, offline included.

ECIES in parts that every browser has: an ephemeral P-256 key, HKDF-SHA256, AES-256-GCM. The house's private key is
derived from the installation's secret, so that no key is kept anywhere and a back-up holds none.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the group of P-256 has (FIPS 186-5)."""
_COORDINATE = 32
_IV = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseKey:
    """The public half of the house's key, as a browser imports it; `key_id` tells one from the next."""

    x: str
    y: str
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed text with what is needed to open it, base64url; `ephemeral` is the sender's point (x, y)."""

    text: str
    iv: str
    ephemeral: tuple[str, str]


def house_key(secret_key: bytes, purpose: bytes) -> HouseKey:
    """Return the public key that texts for `purpose` are sealed to."""
    numbers = _private_key(secret_key, purpose).public_key().public_numbers()
    x, y = numbers.x.to_bytes(_COORDINATE, "big"), numbers.y.to_bytes(_COORDINATE, "big")
    point = b"\x04" + x + y
    return HouseKey(x=_written(x), y=_written(y), key_id=hashlib.sha256(point).hexdigest()[:16])


def opened(secret_key: bytes, purpose: bytes, sealed: Sealed) -> str | None:
    """Return the text that was sealed for `purpose`; None where it was not sealed to this house, or is damaged."""
    try:
        ephemeral = ec.EllipticCurvePublicNumbers(
            x=int.from_bytes(_read(sealed.ephemeral[0]), "big"),
            y=int.from_bytes(_read(sealed.ephemeral[1]), "big"),
            curve=ec.SECP256R1(),
        ).public_key()
        shared = _private_key(secret_key, purpose).exchange(ec.ECDH(), ephemeral)
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(shared)
        iv = _read(sealed.iv)
        if len(iv) != _IV:
            return None
        return AESGCM(key).decrypt(iv, _read(sealed.text), None).decode()
    except (ValueError, InvalidTag):
        # Not a point of the curve, not base64, not ours, not text: it opens nothing, whichever it is.
        return None


@lru_cache(maxsize=4)
def _private_key(secret_key: bytes, purpose: bytes) -> ec.EllipticCurvePrivateKey:
    drawn = hmac.digest(secret_key, b"seal 1 " + purpose, "sha512")
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _read(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except binascii.Error as damaged:
        raise ValueError(f"{text[:20]!r} is no base64url.") from damaged
