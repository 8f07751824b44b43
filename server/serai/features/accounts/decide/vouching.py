"""What the company's own provider says of somebody, and how far it is believed."""

from collections.abc import Iterable

from msgspec import Struct

LEEWAY_SECONDS = 60
"""By so much the provider's clock may differ from ours."""
KNOWN = frozenset({"pwd", "pin", "kba"})
HELD = frozenset({"otp", "hwk", "swk", "pop", "sc", "sms", "tel"})
BORN = frozenset({"face", "fpt", "iris", "retina", "vbm"})
"""Ways to prove oneself, by kind. Source: RFC 8176, section 2."""


class Vouched(Struct, frozen=True, kw_only=True):
    """Somebody, as the provider knows them."""

    issuer: str
    subject: str
    """Theirs for good; addresses change hands."""
    email: str | None
    is_email_verified: bool | None
    """None: the provider does not say."""
    name: str
    is_twofold: bool
    """Whether the provider says that it saw two factors."""


class Trust(Struct, frozen=True):
    """How far whoever runs the installation trusts the provider."""

    domains: frozenset[str]
    """Of the addresses that it may vouch for; empty: all."""
    vouches_for_mail: bool
    """Whether addresses count of which it does not say that they are verified."""
    has_second_factor: bool
    """Whether it asks everybody for one, said or not."""


def is_twofold(methods: Iterable[object]) -> bool:
    """Whether these ways (`amr`) are two factors: said so, or two of different kinds."""
    told = {each for each in methods if isinstance(each, str)}
    kinds = [kind for kind in (KNOWN, HELD, BORN) if told & kind]
    return "mfa" in told or len(kinds) > 1


def domains(text: str) -> frozenset[str]:
    """As they are written in the settings."""
    parts = (part.strip().lower().removeprefix("@") for part in text.split(","))
    return frozenset(part for part in parts if part)


def address(vouched: Vouched, trust: Trust) -> str | None:
    """The address that is theirs beyond doubt; None if there is none."""
    is_verified = vouched.is_email_verified
    if is_verified is None:
        is_verified = trust.vouches_for_mail
    if not is_verified or not vouched.email or vouched.email.count("@") != 1:
        return None
    domain = vouched.email.rsplit("@", 1)[1].strip().lower()
    return vouched.email if not trust.domains or domain in trust.domains else None
