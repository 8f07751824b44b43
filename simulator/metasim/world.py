"""What exists in the pretend Meta: apps, accounts, numbers, tokens, templates, people."""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from metasim.ids import bsuid, key_hash
from metasim.shapes import digits_of

Category: TypeAlias = Literal["AUTHENTICATION", "MARKETING", "UTILITY"]
Milliseconds: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=31 * 86_400_000)]


class Thing(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=False):
    """A record of the world; a field that it does not know is refused."""


class Portfolio(Thing):
    id: str
    name: str = "Portfolio"
    messaging_limit: Literal["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"] = (
        "TIER_250"
    )
    """Unique people in 24 hours outside the service window, over all numbers of the portfolio."""
    verification_status: Literal["verified", "not_verified", "pending", "rejected"] = "not_verified"


class App(Thing):
    id: str
    name: str = "App"
    secrets: list[str] = msgspec.field(default_factory=list[str])
    """The first one signs webhooks."""
    verify_token: str = ""
    callback_url: str | None = None
    webhook_version: str = "v25.0"
    fields: list[str] = msgspec.field(default_factory=lambda: ["messages"])
    require_appsecret_proof: bool = False
    """Every call needs `appsecret_proof`. Source: 1.2."""


class Waba(Thing):
    id: str
    portfolio_id: str | None = None
    name: str = "Account"
    currency: str = "USD"
    timezone_id: str = "0"
    subscribed_apps: list[str] = msgspec.field(default_factory=list[str])


class Number(Thing):
    id: str
    waba_id: str
    display_phone_number: str
    verified_name: str = "Business"
    quality_rating: str = "GREEN"
    status: str = "CONNECTED"
    messages_per_second: Annotated[int, msgspec.Meta(ge=1)] = 80
    username: str | None = None
    identity_check: bool = False
    """Webhooks carry the person's identity key hash. Source: 8.9."""
    allowed_recipients: list[str] | None = None
    """Of a test number: the phones it may write to; others are 131030. Source: 5.3."""

    @property
    def digits(self) -> str:
        return digits_of(self.display_phone_number)


class Token(Thing):
    token: str
    app_id: str
    waba_ids: list[str] = msgspec.field(default_factory=list[str])
    scopes: list[str] = msgspec.field(
        default_factory=lambda: ["whatsapp_business_messaging", "whatsapp_business_management"]
    )
    expires_at: str | None = None
    """ISO time; None: never."""
    issued_at: str | None = None
    """ISO time."""
    kind: Literal["SYSTEM_USER", "USER"] = "SYSTEM_USER"


class Template(Thing):
    id: str
    waba_id: str
    name: str
    language: str = "en_US"
    category: Category = "UTILITY"
    status: str = "APPROVED"
    parameter_format: Literal["POSITIONAL", "NAMED"] = "POSITIONAL"
    components: list[dict[str, Any]] = msgspec.field(default_factory=list[dict[str, Any]])
    """In the shape that Meta's template list gives."""


class ScriptLine(Thing):
    """What a person answers by itself."""

    say: str
    when: str = ""
    """Part of the business's message, in any case; empty: every message."""
    after_ms: Milliseconds = 0


class Delays(Thing):
    """Milliseconds from the accepted send to each status."""

    sent: Milliseconds = 100
    delivered: Milliseconds = 300
    read: Milliseconds = 1200
    played: Milliseconds = 3000
    """Of voice notes."""


class Person(Thing):
    phone: str
    """Digits with the calling code."""
    name: str = ""
    username: str | None = None
    user_id: str = ""
    """Business-scoped user id; made from the phone when left out."""
    wa_id: str = ""
    """Digits by which WhatsApp knows the phone; they differ for some numbers of Brazil, Mexico and
    Argentina. Left out: the phone. Source: WhatsApp Cloud API reference, 2.1, `to`."""
    parent_user_id: str | None = None
    identity_key_hash: str = ""
    """Changes when the person sets up the phone anew. Source: 8.9."""
    shows_phone: bool = True
    """False only matters for a person with a username: businesses then see no phone number."""
    reads: Literal["auto", "manual", "never"] = "auto"
    on_whatsapp: bool = True
    online: bool = True
    """False: the phone is off. What is sent waits at `sent`, at most for its time to live."""
    chat_open: bool = False
    """True: messages are read as they arrive, and `delivered` is skipped. Source: 4.6."""
    plays: Literal["auto", "never"] = "auto"
    """Whether voice notes are played after they were read."""
    stopped_marketing: bool = False
    """From every business; see also `stopped_from`."""
    stopped_from: list[str] = msgspec.field(default_factory=list[str])
    """Ids of the numbers whose marketing this person has stopped. Source: 4.9, user_preferences."""
    marketing_capped: bool = False
    """Gets no more marketing for now: 131049 outside an open window. Source: 6.3."""
    in_experiment: bool = False
    """In Meta's group without marketing: 130472 outside an open window. Source: 5.3."""
    blocked: list[str] = msgspec.field(default_factory=list[str])
    """Ids of the numbers that this person has blocked."""
    script: list[ScriptLine] = msgspec.field(default_factory=list[ScriptLine])
    delay_ms: Delays = msgspec.field(default_factory=Delays)

    def __post_init__(self) -> None:
        self.phone = digits_of(self.phone)
        if not 7 <= len(self.phone) <= 15:
            raise ValueError("phone needs 7 to 15 digits with the calling code")
        self.user_id = self.user_id or bsuid(self.phone)
        self.wa_id = digits_of(self.wa_id) or self.phone
        self.identity_key_hash = self.identity_key_hash or key_hash(self.phone)


class Settings(Thing):
    """Switches where Meta's own behaviour differs from report to report."""

    synchronous: list[int] = msgspec.field(default_factory=lambda: [131056])
    """Which of 131047, 131048, 131056 are answered at once; the others come as a failed status.

    Source: WhatsApp Cloud API reference, 2.11.
    """
    strangers_on_whatsapp: bool = False
    """True: a phone number nobody defined belongs to a person, who is made on the first message."""
    template_review_seconds: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 60.0
    """Seconds of the clock until a template is reviewed. Source: 7.5: minutes to 24 hours."""
    contacts_on_failed: bool = False
    """True: failed statuses carry `contacts` too, which some clients expect."""
    us_marketing_pause: bool = False
    """True: marketing to numbers of the United States is not delivered, 131049. Source: 6.3."""
    webhook_concurrency: Annotated[int, msgspec.Meta(ge=1, le=100)] = 8
    """Webhook requests under way at once for one app."""
    webhook_timeout_seconds: Annotated[float, msgspec.Meta(gt=0)] = 10.0
    """Real seconds."""


class World(Thing):
    """Everything, as the control API reads and writes it."""

    portfolios: list[Portfolio] = msgspec.field(default_factory=list[Portfolio])
    apps: list[App] = msgspec.field(default_factory=list[App])
    wabas: list[Waba] = msgspec.field(default_factory=list[Waba])
    numbers: list[Number] = msgspec.field(default_factory=list[Number])
    tokens: list[Token] = msgspec.field(default_factory=list[Token])
    templates: list[Template] = msgspec.field(default_factory=list[Template])
    people: list[Person] = msgspec.field(default_factory=list[Person])
    settings: Settings = msgspec.field(default_factory=Settings)
