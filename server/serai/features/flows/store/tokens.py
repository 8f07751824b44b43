"""Flow tokens: which form was sent through which number, until when; not to be forged.

They need no row: the token carries its end and a mark that only we can make.
"""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from serai.kit.secrets import Vault

LIFE = timedelta(days=7)
"""How long after it was sent a form may still be filled in; ours."""


def mint(vault: Vault, channel: UUID, key: str, nonce: str, now: datetime) -> str:
    """`nonce` tells one sending of the form from another."""
    ends = int((now + LIFE).timestamp())
    return f"{key}.{nonce}.{ends}.{_mark(vault, channel, key, nonce, ends)}"


def flow_of(vault: Vault, channel: UUID, token: str | None, now: datetime) -> str | None:
    """Which form the token stands for; None if it is not ours, not this number's, or over."""
    parts = (token or "").split(".")
    if len(parts) != 4 or not parts[2].isascii() or not parts[2].isdecimal():
        return None
    key, nonce, ends, mark = parts[0], parts[1], int(parts[2]), parts[3]
    is_ours = hmac.compare_digest(mark.encode(), _mark(vault, channel, key, nonce, ends).encode())
    return key if is_ours and ends > now.timestamp() else None


def _mark(vault: Vault, channel: UUID, key: str, nonce: str, ends: int) -> str:
    return vault.index.of(f"{channel}|{key}|{nonce}|{ends}", "flow-token").hex()[:32]
