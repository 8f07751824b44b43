"""One reading of a number: what was asked, and what Meta answered; pure."""

from msgspec import Struct

from serai.kit.errors import Upstream
from serai.meta.management.access import App, AppSubscription, Token, TokenFacts
from serai.meta.management.nodes import Account, Health, Number, Profile, Subscription


class Asked(Struct, frozen=True, kw_only=True):
    """What asking takes."""

    number: str
    account: str
    token: str
    app: App | None
    """None: what only the app may ask is left out."""


class Reading(Struct, frozen=True, kw_only=True):
    """Meta's answers; what was refused or not answered is None, and `errors` says why."""

    number: Number | None = None
    account: Account | None = None
    health: Health | None = None
    profile: Profile | None = None
    subscriptions: list[Subscription] | None = None
    app_subscription: AppSubscription | None = None
    token: TokenFacts | None = None
    renewed: Token | None = None
    errors: dict[str, Upstream] = {}
    """By section."""
