"""Ids in the forms that Meta uses.

Source: WhatsApp Cloud API reference, 1.8 "Ids worth generating realistically".
"""

import hashlib
import secrets
from base64 import b64encode, urlsafe_b64encode

OUTBOUND = b"\x11"
INBOUND = b"\x12"


def wamid(digits: str, direction: bytes) -> str:
    """A new message id for a chat with these phone digits (or this BSUID)."""
    who = digits.encode()
    nonce = secrets.token_hex(9).upper().encode()
    raw = b"\x1c\x18%c%b\x15\x02\x00%b\x18%c%b\x00" % (len(who), who, direction, len(nonce), nonce)
    return "wamid." + b64encode(raw).decode()


def trace() -> str:
    """A `fbtrace_id`: 23 url-safe characters."""
    return "A" + urlsafe_b64encode(secrets.token_bytes(17)).decode()[:22]


COUNTRIES = {
    "1": "US", "7": "RU", "20": "EG", "27": "ZA", "31": "NL", "33": "FR", "34": "ES", "39": "IT",
    "44": "GB", "49": "DE", "52": "MX", "54": "AR", "55": "BR", "62": "ID", "81": "JP", "90": "TR",
    "91": "IN", "92": "PK", "234": "NG", "351": "PT", "965": "KW", "966": "SA", "968": "OM",
    "971": "AE", "973": "BH", "974": "QA",
}  # fmt: skip
"""Calling codes to country codes, for made BSUIDs; others become ZZ."""


def bsuid(digits: str) -> str:
    """A business-scoped user id, always the same for the same phone.

    Source: WhatsApp Cloud API reference, 1.8: `CC.` and up to 128 alphanumerics.
    """
    country = next((COUNTRIES[digits[:n]] for n in (3, 2, 1) if digits[:n] in COUNTRIES), "ZZ")
    number = int.from_bytes(hashlib.sha256(b"bsuid" + digits.encode()).digest()[:8], "big")
    return f"{country}.{10**19 + number % 10**19}"


def key_hash(seed: str) -> str:
    """An `identity_key_hash`, always the same for the same text. Source: 4.4."""
    return b64encode(hashlib.sha256(b"key" + seed.encode()).digest()[:8]).decode()


def conversation_id(seed: str) -> str:
    """32 hexadecimal signs, as `conversation.id` has. Source: 4.6."""
    return hashlib.sha256(b"conversation" + seed.encode()).hexdigest()[:32]


def wacid(digits: str) -> str:
    """A new call id. Source: 1.8."""
    return "wacid." + wamid(digits, INBOUND).removeprefix("wamid.")


def media_like(seed: str) -> str:
    """A stable 15-digit decimal id made from any text."""
    return str(10**14 + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big") % 10**14)
