"""What the management side of Meta keeps besides the world: reviews, PINs, profiles, codes, Flows.

Times are unix seconds of the simulator's clock.
"""

from typing import Any

import msgspec


class TemplateDesk(msgspec.Struct):
    """What Meta knows of one template besides its text."""

    created_at: float = 0.0
    reviewed_at: float | None = None
    round: int = 0
    """Grows with every review asked for; an older answer is dropped."""
    rejected_reason: str = "NONE"
    rejection_info: dict[str, str] | None = None
    quality: str = "UNKNOWN"
    quality_at: float | None = None
    pauses: int = 0
    paused_at: float = 0.0
    paused_until: float | None = None
    paused_by_pacing: bool = False
    edits: list[float] = []
    """Edits while approved."""
    previous_category: str | None = None
    correct_category: str | None = None
    ttl_seconds: int | None = None
    sub_category: str | None = None
    library_name: str | None = None
    tracking_opted_out: bool = False
    blocks: dict[str, float] = {}
    """People who blocked the business after this template, with the time."""


class QrCode(msgspec.Struct):
    """A short link that opens a chat with this text typed in."""

    code: str
    prefilled_message: str


class NumberDesk(msgspec.Struct):
    """What Meta keeps about one business number."""

    pin: str | None = None
    wrong_pins: list[float] = []
    registrations: list[float] = []
    """Tries to register or deregister."""
    code: str | None = None
    """Sent by SMS or voice, waiting to be typed in."""
    verified: bool = True
    name_status: str = "APPROVED"
    new_name: str | None = None
    new_name_status: str = "NONE"
    onboarded_at: float = 0.0
    on_biz_app: bool = False
    official: str = "NOT_STARTED"
    maintenance_until: float = 0.0
    country_code: str | None = None
    search_visibility: str = "VISIBLE"
    profile: dict[str, Any] = {}
    picture: str | None = None
    """The key of the uploaded picture."""
    cart_enabled: bool = True
    catalog_visible: bool = False
    qr_codes: dict[str, QrCode] = {}
    blocked: dict[str, float] = {}
    """User ids of people on the block list, with the time."""
    blocked_as: dict[str, str] = {}
    """How each of them was named: phone number or user id."""
    automation: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    blocks: dict[str, float] = {}
    """People who blocked this number, with the time."""
    compliance: dict[str, Any] | None = None
    public_key: str | None = None
    username: str | None = None
    username_status: str | None = None
    syncs: list[str] = []
    """Kinds of coexistence sync that were asked for already."""
    overrides: dict[str, str] = {}
    """Callbacks of this number's own, by app."""
    region: str | None = None
    """Where its data rests."""
    is_preverified: bool = False
    owned_threads: dict[str, str] = {}
    """Who answers a person when several apps share the number: control role by user id."""


class WabaDesk(msgspec.Struct):
    """What Meta keeps about one account."""

    country: str = "US"
    review: str = "APPROVED"
    ban_state: str | None = None
    ban_date: str | None = None
    violation: str | None = None
    restrictions: dict[str, float | None] = {}
    """Restriction type to its end; None: without end."""
    creations: list[float] = []
    """When templates were created in the last hour."""
    insights: bool = False
    marketing_on_cloud_api: bool = True
    users: dict[str, list[str]] = {}
    """Assigned users with their tasks."""
    overrides: dict[str, str] = {}
    """Callbacks of this account's own, by app."""
    overlooked: dict[str, Any] = {}
    """What was written and is only read back: degrees of freedom and the like."""


class TemplateGroup(msgspec.Struct):
    """Templates that are reported on together."""

    id: str
    waba_id: str
    name: str
    description: str = ""
    templates: list[str] = []


class Flow(msgspec.Struct):
    """A Flow: screens that a person fills in within the chat."""

    id: str
    waba_id: str
    name: str
    categories: list[str]
    status: str = "DRAFT"
    text: str = ""
    """The Flow JSON as it was uploaded; empty: none yet."""
    endpoint_uri: str | None = None
    application_id: str | None = None
    updated_at: float = 0.0


class Signup(msgspec.Struct):
    """A link by which people agree to marketing."""

    id: str
    waba_id: str
    content: dict[str, Any]
    status: str = "ACTIVE"


class LoginCode(msgspec.Struct):
    """A code that the login dialog gave out, good for 30 seconds."""

    code: str
    app_id: str
    waba_ids: list[str]
    until: float
    redirect_uri: str = ""


class Usage(msgspec.Struct):
    """Calls of the running hour, and a percentage set by hand."""

    since: float = 0.0
    calls: int = 0
    percent: int | None = None


class Desk(msgspec.Struct):
    """All of it, by id."""

    templates: dict[str, TemplateDesk] = {}
    numbers: dict[str, NumberDesk] = {}
    wabas: dict[str, WabaDesk] = {}
    groups: dict[str, TemplateGroup] = {}
    flows: dict[str, Flow] = {}
    signups: dict[str, Signup] = {}
    codes: dict[str, LoginCode] = {}
    blocked_names: dict[str, float] = {}
    """`account name` of deleted templates to the time the name is free again."""
    revoked: dict[str, str] = {}
    """Tokens that no longer count, with the subcode."""
    usage: dict[str, Usage] = {}
    """By `app account`."""
    cursor_round: int = 0
    """Cursors of template lists made in an earlier round no longer count."""
    growing: list[str] = []
    """Portfolios with their tier, whose messaging limit is about to be looked at."""
    made: int = 0
    """Counts the ids given out."""

    def template(self, key: str) -> TemplateDesk:
        return self.templates.setdefault(key, TemplateDesk())

    def number(self, key: str) -> NumberDesk:
        return self.numbers.setdefault(key, NumberDesk())

    def waba(self, key: str) -> WabaDesk:
        return self.wabas.setdefault(key, WabaDesk())

    def next_id(self, kind: int) -> str:
        """A fresh 16-digit id; `kind` is its first two digits."""
        self.made += 1
        return str(kind * 10**14 + self.made * 7_919)
