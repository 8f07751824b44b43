"""What is asked of Meta about a number, and what came back."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.kit.errors import Upstream
from serai.meta.management.accounts import Account, Health, Subscription
from serai.meta.management.numbers import Number
from serai.meta.management.profile import Profile
from serai.meta.management.tokens import App, Facts, Token
from serai.meta.management.webhooks import Subscription as AppSubscription


class Target(Struct, frozen=True, kw_only=True):
    """A number of ours with all that asking Meta about it takes."""

    channel_id: ChannelId
    business_id: BusinessId
    meta_id: str
    account_id: str
    state: str
    paused_by: str | None
    messages_per_second: int
    token: str
    token_expires_at: datetime | None
    app: App | None
    """None while the app has no secret."""
    verify_token: str | None = None
    open_codes: frozenset[str] = frozenset()
    """Of notices that hold now."""
    silent_since: datetime | None = None


class Reading(Struct, frozen=True, kw_only=True):
    """Meta's answers; what was refused or not answered is None, and `errors` says why."""

    number: Number | None = None
    account: Account | None = None
    health: Health | None = None
    profile: Profile | None = None
    subscriptions: list[Subscription] | None = None
    app_subscription: AppSubscription | None = None
    token: Facts | None = None
    renewed: Token | None = None
    errors: dict[str, Upstream] = {}
    """By section."""


class Kept(Struct, frozen=True, kw_only=True):
    """What is kept of one reading; sections that were not read are None and stay as they were."""

    channel_id: ChannelId
    business_id: BusinessId
    number: dict[str, Any] | None = None
    account: dict[str, Any] | None = None
    health: dict[str, Any] | None = None
    profile: dict[str, Any] | None = None
    webhooks: dict[str, Any] | None = None
    token: dict[str, Any] | None = None
    read_at: datetime | None = None
    portfolio_id: str | None = None
    token_known: bool = False
    token_expires_at: datetime | None = None
