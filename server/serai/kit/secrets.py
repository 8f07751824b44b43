"""Sealing what must not be readable in a dump: AES-256-GCM with a ring of named keys.

A sealed value is: version (1 byte), length of the key's name (1 byte), the name, nonce (12 bytes),
ciphertext with tag. The context (what the value is and whose) is authenticated, so a value copied
to another row does not open. Looking up by a sealed value goes through a blind index.
"""

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
NONCE_BYTES = 12
KEY_BYTES = 32
KEY_NAME = re.compile(r"[a-z0-9_-]{1,32}", re.IGNORECASE)
"""Shorter than any key in base64, so that a key in the place of a name is never taken for one."""


class CannotOpen(Exception):
    """The value was sealed with a key that is not on the ring, for something else, or changed."""


class BadKey(Exception):
    """A key in the settings cannot be read; the message never holds the key."""


class KeyRing:
    """Seals with the first key, opens with any."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise BadKey("At least one key is needed.")
        self._keys = {name.encode(): AESGCM(key) for name, key in keys.items()}
        self._current = next(iter(self._keys))
        self._head = bytes([VERSION, len(self._current)]) + self._current

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `name:base64,older:base64`; each key has 32 bytes. Raises BadKey."""
        keys: dict[str, bytes] = {}
        for number, part in enumerate(text.split(","), start=1):
            name, _, encoded = part.strip().partition(":")
            if not KEY_NAME.fullmatch(name) or not encoded:
                raise BadKey(f"Key {number} is not written as name:base64.")
            if name in keys:
                raise BadKey(f"There are two keys with the name {name!r}.")
            keys[name] = decode_key(name, encoded)
        return cls(keys)

    def seal(
        self, plain: bytes, context: bytes, chance: Callable[[int], bytes] = os.urandom
    ) -> bytes:
        """Encrypt `plain` so that it opens only with the same `context`."""
        nonce = chance(NONCE_BYTES)
        return self._head + nonce + self._keys[self._current].encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed. Raises CannotOpen."""
        end = 2 + sealed[1] if len(sealed) > 2 and sealed[0] == VERSION else 0
        key = self._keys.get(sealed[2:end])
        if key is None:
            raise CannotOpen("The value is sealed with a key that is not on the ring.")
        try:
            return key.decrypt(
                sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], context
            )
        except (InvalidTag, ValueError) as error:
            raise CannotOpen("The value was changed, or sealed for something else.") from error

    def has_key_of(self, sealed: bytes) -> bool:
        """Whether its key is on the ring; so it is for what is not sealed at all."""
        if len(sealed) < 3 or sealed[0] != VERSION:
            return True
        name = sealed[2 : 2 + sealed[1]]
        return name in self._keys or not KEY_NAME.fullmatch(name.decode("latin-1"))

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first key of the ring sealed it."""
        return sealed.startswith(self._head)


class BlindIndex:
    """A keyed hash for looking up a sealed value: equal values give equal bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._by_purpose: dict[str, bytes] = {}

    @classmethod
    def parse(cls, text: str) -> "BlindIndex":
        return cls(decode_key("index key", text))

    def of(self, value: str, purpose: str) -> bytes:
        """HMAC-SHA-256 of the value; another purpose gives other bytes."""
        key = self._by_purpose.get(purpose)
        if key is None:
            hkdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose.encode())
            key = self._by_purpose[purpose] = hkdf.derive(self._key)
        return hmac.digest(key, value.encode(), hashlib.sha256)


def decode_key(name: str, encoded: str) -> bytes:
    """The 32 bytes of a base64 key. Raises BadKey."""
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise BadKey(f"Key {name!r} is not base64.") from error
    if len(key) != KEY_BYTES:
        raise BadKey(f"Key {name!r} has {len(key)} bytes; it needs {KEY_BYTES}.")
    return key


@dataclass(frozen=True)
class Vault:
    """Everything needed to seal, open and look up."""

    ring: KeyRing
    index: BlindIndex
