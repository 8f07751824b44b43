"""Which accounts have signed in from a browser before.

Whoever guesses at an account makes all who knock there wait, but not the browsers that its owner came in
by: those carry a sealed note of it and are counted apart. The note opens nothing by itself.
Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.
"""

import base64
import binascii
from uuid import UUID

import msgspec
from fastapi import Request, Response
from msgspec import Struct

from serai.features.accounts.api import cookies
from serai.kit.secrets import CannotOpen, Vault

CONTEXT = b"known-device"
LIFE_SECONDS = 365 * 86_400
MOST_USERS = 10
"""Colleagues who share a browser; the one who came longest ago is forgotten first."""


class Known(Struct, frozen=True):
    """A browser that people have signed in from."""

    id: str
    """By chance: what its guesses are counted under."""
    users: tuple[UUID, ...] = ()


def known(request: Request, vault: Vault) -> Known | None:
    """What the browser's note says; None without one, or with one that is not ours."""
    note = request.cookies.get(_name(request), "")
    try:
        sealed = base64.urlsafe_b64decode(note)
        return msgspec.json.decode(vault.ring.open(sealed, CONTEXT), type=Known)
    except (CannotOpen, binascii.Error, ValueError, msgspec.DecodeError):
        return None


def remember(
    request: Request, response: Response, vault: Vault, user_id: UUID, new_id: str
) -> None:
    """Note that they came in by this browser. Raises Forbidden where nobody signs in."""
    before = known(request, vault) or Known(new_id)
    others = tuple(each for each in before.users if each != user_id)
    now = Known(before.id, (*others, user_id)[-MOST_USERS:])
    sealed = vault.ring.seal(msgspec.json.encode(now), CONTEXT)
    note = base64.urlsafe_b64encode(sealed).decode()
    cookies.put(request, response, note, LIFE_SECONDS, name=_name(request))


def _name(request: Request) -> str:
    return f"{cookies.plain_name(request)}-device"
