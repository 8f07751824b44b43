"""The encryption between a phone and a Flow's data endpoint, from the phone's side.

Source: WhatsApp Cloud API reference, 8.12 "Data endpoint": RSA-OAEP with SHA-256 for the key,
AES-128-GCM with a 16-byte IV, every bit of the IV inverted in the reply.
"""

import os
from base64 import b64decode, b64encode

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from metasim.shapes import Json, as_object

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
BITS = 2048
IV_BYTES = 16
KEY_BYTES = 16


class Garbled(Exception):
    """The reply cannot be decrypted, or is no JSON object; says which."""


class Sealed(msgspec.Struct):
    """A request, and what is needed to read its reply."""

    body: bytes
    key: bytes
    iv: bytes


def public_key(pem: str) -> RSAPublicKey | None:
    """The key, if this is the PEM of an RSA public key of 2048 bits."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except ValueError:
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size == BITS else None


def seal(request: Json, key: RSAPublicKey) -> Sealed:
    """Encrypt for the endpoint, with a fresh key and IV."""
    aes, iv = os.urandom(KEY_BYTES), os.urandom(IV_BYTES)
    body = {
        "encrypted_flow_data": _text(AESGCM(aes).encrypt(iv, msgspec.json.encode(request), None)),
        "encrypted_aes_key": _text(key.encrypt(aes, OAEP)),
        "initial_vector": _text(iv),
    }
    return Sealed(msgspec.json.encode(body), aes, iv)


def unseal(reply: bytes, sealed: Sealed) -> Json:
    """The decrypted reply. Raises Garbled."""
    flipped = bytes(byte ^ 0xFF for byte in sealed.iv)
    try:
        plain = AESGCM(sealed.key).decrypt(flipped, b64decode(reply, validate=True), None)
    except (ValueError, InvalidTag) as error:
        raise Garbled("The reply is not encrypted with the key of the request.") from error
    try:
        read = as_object(msgspec.json.decode(plain))
    except msgspec.DecodeError as error:
        raise Garbled("The decrypted reply is not JSON.") from error
    if read is None:
        raise Garbled("The decrypted reply is no object.")
    return read


def _text(data: bytes) -> str:
    return b64encode(data).decode()
