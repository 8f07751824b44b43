"""Reading an ID token of OpenID Connect: its signature, and whether it was made for us, now, by whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, cast

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from serai.features.accounts.decide.vouching import LEEWAY_SECONDS, Vouched, is_twofold

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "Ed25519", "EdDSA"),
)
"""Signatures by a key that only the provider has: never `none`, and nothing that a client secret signs."""
KEY_TYPES = {"RSA", "EC", "OKP"}


class BadToken(Exception):
    """The token is not one to believe; the message names the fault and holds nothing of the token."""


class KeyUnknown(Exception):
    """The token names a key that is not in the set: the provider may have new ones."""


class Expected(Struct, frozen=True, kw_only=True):
    """What must stand in a token."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None


class _Claims(Protocol):
    def validate(self, now: int, leeway: int) -> None: ...


def keys_of(text: str) -> KeySet:
    """A provider's published keys; those of kinds that we do not know are left out. Raises BadToken."""
    try:
        listed = msgspec.json.decode(text, type=dict[str, Any])["keys"]
        usable = [
            key for key in listed if key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"
        ]
        return KeySet.import_key_set({"keys": usable})
    except (
        msgspec.DecodeError,
        JoseError,
        KeyError,
        TypeError,
        AttributeError,
        ValueError,
    ) as error:
        raise BadToken("keys_unreadable") from error


def read(token: str, keys: KeySet, expected: Expected, now: datetime) -> Vouched:
    """Who the token is about. Raises BadToken, KeyUnknown."""
    try:
        read = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": expected.issuer},
                "sub": {"essential": True},
                "aud": {"essential": True, "value": expected.client_id},
                "exp": {"essential": True},
                "iat": {"essential": True},
                "nonce": {"essential": True, "value": expected.nonce},
            },
            {
                "client_id": expected.client_id,
                "nonce": expected.nonce,
                "access_token": expected.access_token,
            },
        )
        cast("_Claims", claims).validate(int(now.timestamp()), LEEWAY_SECONDS)
    except InvalidKeyIdError as error:
        raise KeyUnknown from error
    except (JoseError, ValueError, TypeError) as error:
        raise BadToken(getattr(error, "error", None) or type(error).__name__) from error
    return told_by(read.claims)


def told_by(claims: Mapping[str, Any]) -> Vouched:
    """What is said of a person in claims that were checked. Raises BadToken."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise BadToken("no_subject")
    email, verified, methods = claims.get("email"), claims.get("email_verified"), claims.get("amr")
    return Vouched(
        issuer=str(claims.get("iss", "")),
        subject=subject,
        email=email if isinstance(email, str) else None,
        is_email_verified=_flag(verified),
        name=_name(claims),
        is_twofold=is_twofold(cast("list[object]", methods))
        if isinstance(methods, list)
        else False,
    )


def _flag(value: object) -> bool | None:
    """Some providers write the word; whatever is neither is no."""
    return None if value is None else value is True or value == "true"


def _name(claims: Mapping[str, Any]) -> str:
    for claim in ("name", "preferred_username", "email"):
        found = claims.get(claim)
        if isinstance(found, str) and found.strip():
            return found.strip()[:120].strip()
    return "Colleague"
