"""The sealed talk between WhatsApp and our answers to a Flow's screens.

Source: WhatsApp Cloud API, Flows: "Implementing endpoints": the AES key comes wrapped by RSA-OAEP
(SHA-256), the body by AES-128-GCM with a 16-byte IV; the answer goes back under the same key with
every bit of the IV flipped.
"""

import base64
import binascii
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BITS = 2048
"""Source: WhatsApp Cloud API, business encryption: a 2048-bit RSA key."""
WRAPPING = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class CannotRead(Exception):
    """Not sealed with our public key: the phone has to fetch it again (HTTP 421)."""


class Envelope(msgspec.Struct, frozen=True):
    encrypted_flow_data: str
    encrypted_aes_key: str
    initial_vector: str


class FlowRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the phone asks."""

    action: str
    """ping, INIT, BACK or data_exchange."""
    version: str = "3.0"
    screen: str | None = None
    data: dict[str, Any] = {}
    flow_token: str | None = None


class Opened(msgspec.Struct, frozen=True):
    """A request with what its answer is sealed with."""

    request: FlowRequest
    key: bytes
    iv: bytes

    def seal(self, answer: object) -> str:
        """The answer as text that only that phone can read."""
        flipped = bytes(byte ^ 0xFF for byte in self.iv)
        sealed = AESGCM(self.key).encrypt(flipped, msgspec.json.encode(answer), None)
        return base64.b64encode(sealed).decode()


def new_private_key() -> str:
    """A fresh key in PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def public_key_of(private_pem: str) -> str:
    """What Meta is given, in PEM."""
    public = _private(private_pem).public_key()
    return public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def opened(private_pem: str, body: bytes) -> Opened:
    """Raises CannotRead."""
    try:
        envelope = msgspec.json.decode(body, type=Envelope)
        wrapped, iv, sealed = (
            base64.b64decode(part, validate=True)
            for part in (
                envelope.encrypted_aes_key,
                envelope.initial_vector,
                envelope.encrypted_flow_data,
            )
        )
        key = _private(private_pem).decrypt(wrapped, WRAPPING)
        plain = AESGCM(key).decrypt(iv, sealed, None)
        return Opened(msgspec.json.decode(plain, type=FlowRequest), key, iv)
    except (msgspec.DecodeError, binascii.Error, ValueError, InvalidTag) as error:
        raise CannotRead(type(error).__name__) from error


def _private(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("a Flow key is an RSA key")
    return key
