"""Web push, without the network: encrypts for one browser, and says who we are to its push service.

Sources: RFC 8291 (message encryption), RFC 8188 (aes128gcm), RFC 8292 (VAPID). Pure: keys, salt and
time are arguments.
"""

import base64
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_BYTES = 4096
"""Source: RFC 8030 7.2: push services take at least 4096 bytes."""
MOST_BYTES = 3000
"""Of a message before encryption; ours, well below what fits into one record."""
VALID_FOR = timedelta(hours=12)
"""Of what says who we are. Source: RFC 8292 2: at most 24 hours."""


class BadSubscription(Exception):
    """The keys of a subscription are not what RFC 8291 asks for."""


def encrypt(
    message: bytes,
    browser_key: str,
    browser_secret: str,
    ours: ec.EllipticCurvePrivateKey,
    salt: bytes,
) -> bytes:
    """The body of the request to the push service.

    `browser_key` (`p256dh`) and `browser_secret` (`auth`) are base64url as the browser gave them.
    `ours` and the 16 bytes of `salt` are new for each message. Raises BadSubscription, and
    ValueError for a message over MOST_BYTES.
    """
    if len(message) > MOST_BYTES:
        raise ValueError(f"A push message has at most {MOST_BYTES} bytes.")
    theirs, secret = read_keys(browser_key, browser_secret)
    us = public_bytes(ours)
    shared = ours.exchange(ec.ECDH(), theirs)
    key_info = b"WebPush: info\0" + _point(theirs) + us
    key_material = _hkdf(secret, shared, key_info, 32)
    content_key = _hkdf(salt, key_material, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, key_material, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(us)]) + us
    return head + AESGCM(content_key).encrypt(nonce, message + b"\x02", None)


def read_keys(browser_key: str, browser_secret: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """The browser's public key and its 16 bytes of secret. Raises BadSubscription."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_text(browser_key))
        secret = from_text(browser_secret)
    except (ValueError, InvalidTag) as error:
        raise BadSubscription("p256dh or auth cannot be read.") from error
    if len(secret) != 16:
        raise BadSubscription("auth has not 16 bytes.")
    return theirs, secret


def authorization(
    endpoint: str, ours: ec.EllipticCurvePrivateKey, contact: str | None, now: datetime
) -> str:
    """The value of the header `Authorization`: that the server of this key asks.

    `contact`: a mailto: or https: address where the push service reaches who runs us.
    """
    parts = urlsplit(endpoint)
    claims: dict[str, str | int] = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID_FOR).timestamp()),
    }
    if contact:
        claims["sub"] = contact
    head = as_text(msgspec.json.encode({"typ": "JWT", "alg": "ES256"}))
    signed = f"{head}.{as_text(msgspec.json.encode(claims))}"
    r, s = decode_dss_signature(ours.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = as_text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={as_text(public_bytes(ours))}"


def private_key(number: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of 32 bytes that `private_bytes` gave."""
    return ec.derive_private_key(int.from_bytes(number, "big"), CURVE)


def private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_numbers().private_value.to_bytes(32, "big")


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """65 bytes; base64url of them is what a browser subscribes with."""
    return _point(key.public_key())


def as_text(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(
        text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), "-_", validate=True
    )


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=salt, info=info).derive(material)
