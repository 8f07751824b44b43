"""What Meta knows of numbers and accounts, as it answers; pure.

Source: WhatsApp Cloud API, phone number, account, business profile and health status nodes.
"""

from msgspec import Struct


class Throughput(Struct, frozen=True):
    level: str = "NOT_APPLICABLE"
    """STANDARD, HIGH or NOT_APPLICABLE."""


class Callbacks(Struct, frozen=True):
    """Where webhooks of the `messages` family go; the first that is set counts."""

    phone_number: str | None = None
    whatsapp_business_account: str | None = None
    application: str | None = None


class Number(Struct, frozen=True, kw_only=True):
    """One number as Meta has it; None or empty where Meta says nothing."""

    id: str
    display_phone_number: str = ""
    verified_name: str | None = None
    quality_rating: str | None = None
    """GREEN, YELLOW, RED, UNKNOWN or NA."""
    status: str | None = None
    """CONNECTED is needed for messages; others are PENDING, BANNED, RESTRICTED and so on."""
    code_verification_status: str | None = None
    name_status: str | None = None
    new_name_status: str | None = None
    platform_type: str | None = None
    account_mode: str | None = None
    throughput: Throughput | None = None
    is_official_business_account: bool | None = None
    is_on_biz_app: bool | None = None
    """The same number is used in the phone app as well (coexistence)."""
    is_pin_enabled: bool | None = None
    whatsapp_business_manager_messaging_limit: str | None = None
    webhook_configuration: Callbacks | None = None


class Command(Struct, frozen=True):
    command_name: str
    command_description: str


class Automation(Struct, frozen=True):
    """What a person sees before they write: ice breakers and commands."""

    enable_welcome_message: bool = False
    prompts: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()


class Status(Struct, frozen=True):
    id: str
    status: str | None = None


class Username(Struct, frozen=True):
    username: str | None = None
    status: str | None = None


class Owner(Struct, frozen=True):
    """The business portfolio that owns an account."""

    id: str
    name: str = ""


class Account(Struct, frozen=True, kw_only=True):
    id: str
    name: str = ""
    currency: str | None = None
    timezone_id: str | None = None
    country: str | None = None
    status: str | None = None
    account_review_status: str | None = None
    """APPROVED, REJECTED, PENDING or DEFERRED."""
    business_verification_status: str | None = None
    ownership_type: str | None = None
    owner_business_info: Owner | None = None
    marketing_messages_onboarding_status: str | None = None


class HealthError(Struct, frozen=True):
    error_code: int = 0
    error_description: str = ""
    possible_solution: str = ""


class Part(Struct, frozen=True, kw_only=True):
    """One link of the chain that a message takes: number, template, account, portfolio, app."""

    entity_type: str
    id: str = ""
    can_send_message: str = "AVAILABLE"
    """AVAILABLE, LIMITED or BLOCKED."""
    additional_info: tuple[str, ...] = ()
    errors: tuple[HealthError, ...] = ()


class Health(Struct, frozen=True):
    can_send_message: str = "AVAILABLE"
    """The worst of the parts."""
    entities: tuple[Part, ...] = ()


class SubscribedApp(Struct, frozen=True):
    id: str
    name: str = ""


class Subscription(Struct, frozen=True):
    """An app that hears of an account."""

    whatsapp_business_api_data: SubscribedApp
    override_callback_uri: str | None = None


class Profile(Struct, frozen=True, kw_only=True):
    """What people see; empty where the business said nothing."""

    about: str = ""
    address: str = ""
    description: str = ""
    email: str = ""
    profile_picture_url: str = ""
    """Short-lived, public."""
    websites: tuple[str, ...] = ()
    vertical: str = ""
    """Meta's category, such as RESTAURANT."""


class Commerce(Struct, frozen=True):
    is_cart_enabled: bool = True
    is_catalog_visible: bool = False
