"""What asking Meta about a number takes, and what is kept of the answers."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.meta.management.access import App
from serai.meta.management.told import Asked


class Target(Struct, frozen=True, kw_only=True):
    """A channel of ours with all that asking Meta about it takes."""

    channel_id: ChannelId
    business_id: BusinessId
    kind: str = "whatsapp"
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
    restrictions: dict[str, datetime | None] = {}
    """Kinds of messages with the end of each; one that is over may still be there."""

    @property
    def asked(self) -> Asked:
        return Asked(number=self.meta_id, account=self.account_id, token=self.token, app=self.app)


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
    display_phone_number: str | None = None
    token_known: bool = False
    token_expires_at: datetime | None = None
