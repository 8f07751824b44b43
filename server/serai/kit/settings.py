"""Every setting, with its unit and default. Read from SERAI_* variables, or a file of them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from serai.kit.allow_list import networks

SECRET = re.compile(r"_url$|keys?$|secret|password|token|command")
"""Names of settings that may hold a secret; addresses can carry a password."""


class SettingsProblem(Exception):
    """One line per setting that is missing or wrong; never holds a value."""


class Settings(BaseSettings):
    """What an installation decides; `docs/guide/settings.md` is made from this class."""

    model_config = SettingsConfigDict(env_prefix="SERAI_", extra="ignore")

    database_url: str = Field(description="PostgreSQL 15 or later, as a URL or a libpq string.")
    keys: str = Field(
        description="Encryption keys as `name:base64,older:base64`, 32 bytes each; the first seals."
    )
    index_key: str = Field(description="Base64 of 32 bytes; for looking up sealed addresses.")
    nats_url: str | None = Field(
        None,
        pattern=r"^((nats|tls)://\S+(\s*,\s*(nats|tls)://\S+)*)?$",
        description="Nodes of NATS JetStream, with commas between: webhooks wait there, and the door "
        "goes on while PostgreSQL is away. None: PostgreSQL takes them at once. See scaling.",
        examples=["nats://serai:secret@a.example:4222,nats://serai:secret@b.example:4222"],
    )
    nats_stream: str = Field(
        "serai",
        pattern=r"^[A-Za-z0-9_]{1,32}$",
        description="Name of the streams; installations that share a NATS cluster have one each.",
    )
    nats_lanes: int = Field(
        1,
        ge=1,
        le=64,
        description="Streams, each moved by one worker at a time; conversations are spread over them.",
    )
    nats_keep_hours: float = Field(
        48,
        gt=0,
        description="Hours that a stream keeps what is in PostgreSQL already, for a restored backup.",
    )
    host: str = Field("127.0.0.1", description="Address that `serai serve` listens on.")
    port: int = Field(8788, ge=0, le=65535, description="Port that `serai serve` listens on.")
    drain_seconds: float = Field(
        5,
        ge=0,
        le=300,
        description="Seconds after SIGTERM in which `serai serve` goes on while `/health/ready` says "
        "503, so that what is in front sends requests elsewhere.",
    )
    graph_url: str = Field("https://graph.facebook.com", description="Where Meta's Graph API is.")
    graph_version: str = Field("v25.0", pattern=r"^v\d+\.0$", description="Graph API version.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+(/\S*)?$",
        description="Where Serai is reached from outside, such as https://inbox.example; "
        "webhooks go there. None: set the callback at Meta by hand.",
    )
    login_url: str = Field("https://www.facebook.com", description="Where Meta's login dialog is.")
    clock: Literal["system", "meta"] = Field(
        "system",
        description="Whose time counts: this machine's, or Meta's as its answers tell (demo, tests).",
    )
    frame_ancestors: str = Field(
        "'self'", description="Origins that may show Serai in a frame (Content-Security-Policy)."
    )
    session_idle_hours: float = Field(
        72, gt=0, description="Hours without a request after which people sign in again."
    )
    session_life_days: float = Field(
        30, gt=0, description="Days after which people sign in again, however busy they were."
    )
    trusted_proxies: str | None = Field(
        None,
        description="Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto "
        "are believed, with commas between. None: whoever connects is who asks.",
        examples=["10.0.0.0/8"],
    )
    webhook_networks: str | None = Field(
        None,
        description="Addresses or networks that webhooks are taken from, with commas between; the "
        "signature is asked for as well. None: from everywhere. See security.",
        examples=["203.0.113.0/24, 2001:db8::/32"],
    )
    stranger_limit: int = Field(
        100,
        ge=1,
        description="Most API requests from one address that nobody signed in for, in 15 minutes.",
    )
    key_limit: int = Field(1000, ge=1, description="Most API requests with one key, a minute.")
    user_limit: int = Field(1200, ge=1, description="Most API requests of one person, a minute.")
    demo: bool = Field(
        False,
        description="Set by `serai demo`: its link signs in, on the same machine, every time.",
    )
    demo_mail: str | None = Field(
        None, description="Set by `serai demo`: the page that shows the letters it sends."
    )
    smtp_host: str | None = Field(
        None,
        description="Host that takes e-mail for invitations and forgotten passwords; none: no mail.",
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail host.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the line to the mail host is secured; `none` on one machine only.",
    )
    smtp_user: str | None = Field(
        None, description="User at the mail host; none: no sign-in there."
    )
    smtp_password: str | None = Field(None, description="Password at the mail host.")
    smtp_from: str = Field(
        "Serai <serai@localhost>", description="Sender of e-mail, as `Name <address>`."
    )
    smtp_timeout_seconds: float = Field(20, gt=0, description="Seconds to wait for the mail host.")
    oidc_issuer: str | None = Field(
        None,
        pattern=r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?(/[^\s?#]*)?)$",
        description="Issuer of your company's own sign-in (OpenID Connect), such as "
        "https://login.company.example; none: no single sign-on.",
    )
    oidc_client_id: str = Field(
        "", description="What Serai is called there; needed with an issuer."
    )
    oidc_client_secret: str | None = Field(
        None, description="Serai's secret there; none: a public client, protected by PKCE alone."
    )
    oidc_name: str = Field(
        "your company account", description="What the button says after `Sign in with`."
    )
    oidc_domains: str = Field(
        "",
        description="Domains whose e-mail addresses the provider may vouch for, with commas between; "
        "empty: all. Who has signed in by it once is known without their address.",
    )
    oidc_vouches_for_mail: bool = Field(
        False,
        description="Believe addresses of which the provider does not say that they are verified: "
        "only where nobody can choose their own, as with one tenant of Entra ID.",
    )
    oidc_has_second_factor: bool = Field(
        False,
        description="The provider asks everybody for a second factor, also where its tokens do not "
        "say so (`amr`); Serai then asks for none.",
    )
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="Port of this process for `/metrics`, `/health/live` and `/health/ready`, for the "
        "network inside; each process needs its own. None: it stays shut.",
    )
    metrics_host: str = Field("127.0.0.1", description="Address that the metrics port listens on.")
    traces_url: str | None = Field(
        None,
        pattern=r"^https?://\S+$",
        description="Address of an OpenTelemetry collector (OTLP over HTTP) that traces are sent to, "
        "without `/v1/traces`. None: there are none.",
        examples=["http://127.0.0.1:4318"],
    )
    traces_share: float = Field(
        1.0, ge=0, le=1, description="Of how many webhooks and requests traces are sent, 0 to 1."
    )
    metrics_token: str | None = Field(
        None,
        min_length=16,
        description="Opens `/metrics` at the front door to whoever sends it as a bearer token; none: "
        "there is no such page there.",
    )
    keep_deliveries_days: int = Field(
        30,
        ge=8,
        description="Days that webhooks are kept as they came once they were handled; the event log "
        "has what they said. Meta repeats for 7 days, so 8 at least.",
    )
    keep_set_aside_days: int = Field(
        180,
        ge=8,
        description="Days that webhooks and messages are kept that could not be read or handled.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least important log line that is written."
    )
    pool_size: int = Field(8, ge=2, le=200, description="Most database connections of a process.")
    worker_lanes: int = Field(
        64, ge=1, le=1024, description="Lanes that keep each person's events in order; count."
    )
    claim_limit: int = Field(
        250, ge=1, le=5000, description="Most events in one transaction; count."
    )
    dispatch_limit: int = Field(
        50,
        ge=1,
        le=1000,
        description="Most sends claimed at once, for which a person's reply may wait; count.",
    )
    send_timeout_seconds: float = Field(
        20, gt=0, description="Seconds to wait for Meta's answer before the outcome is unknown."
    )
    webhook_body_limit_bytes: int = Field(
        3 * 1024 * 1024,
        ge=1024,
        description="Largest webhook body in bytes. Source: WhatsApp Cloud API, webhooks, 3 MB.",
    )
    push_contact: str | None = Field(
        None,
        pattern=r"^(mailto:|https://)\S+$",
        description="Where push services reach who runs this, such as mailto:it@inbox.example; "
        "none: `SERAI_PUBLIC_URL`, if it is https. Apple wants one.",
    )
    push_private_addresses: bool = Field(
        False,
        description="Notifications may go to plain http and to this network's machines (tests).",
    )
    media_folder: str = Field(
        "var/media",
        description="Folder of files; with an S3 store only of what is on its way there.",
    )
    media_store: Literal["folder", "s3"] = Field(
        "folder", description="Where files are kept: `folder`, or a store that speaks `s3`."
    )
    media_s3_bucket: str = Field("serai", description="Bucket of the S3 store; it must be there.")
    media_s3_endpoint: str | None = Field(
        None, description="Address of the S3 store, such as https://s3.example; none: Amazon's."
    )
    media_s3_region: str = Field("us-east-1", description="Region of the S3 store.")
    media_s3_access_key: str | None = Field(
        None, description="Access key of the S3 store; none: the machine's own credentials."
    )
    media_s3_secret_key: str | None = Field(None, description="Secret key of the S3 store.")
    media_limit_bytes: int = Field(
        100 * 1024 * 1024,
        ge=1024,
        le=100 * 1024 * 1024,
        description="Largest file in bytes, in or out. Source: WhatsApp Cloud API, media, 100 MB.",
    )
    media_scan_command: str | None = Field(
        None,
        description="Virus scanner, started with a file's path behind it; ends with 0 clean, "
        "1 infected. Example: `clamdscan --fdpass --no-summary`.",
    )

    @field_validator("webhook_networks")
    @classmethod
    def _names_networks(cls, text: str | None) -> str | None:
        networks(text)
        return text

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Without what opens anything: a traceback or a debugger shows it to whoever reads along."""
        for name, value in super().__repr_args__():
            yield name, "…" if SECRET.search(name or "") and value else value

    @property
    def contact(self) -> str | None:
        """Where push services reach who runs this; None while nobody said."""
        public = self.public_url or ""
        return self.push_contact or (public if public.startswith("https://") else None)

    @property
    def callback_url(self) -> str | None:
        """Where Meta sends webhooks; None while nobody said where we are."""
        return f"{self.public_url.rstrip('/')}/webhooks/meta" if self.public_url else None


def load() -> Settings:
    """The settings of this process. Raises SettingsProblem, which names what is missing or wrong."""
    file = os.environ.get("SERAI_ENV_FILE")
    if file and not Path(file).is_file():
        raise SettingsProblem(f"SERAI_ENV_FILE names {file}, and there is no such file.")
    try:
        found = Settings(_env_file=file)  # pyright: ignore
    except ValidationError as error:
        lines = (
            _sentence(str(e["loc"][0]), e["type"], e["msg"].removeprefix("Value error, "))
            for e in error.errors()
        )
        raise SettingsProblem("\n".join(lines)) from None
    if found.oidc_issuer and not found.oidc_client_id:
        raise SettingsProblem(_sentence("oidc_client_id", "missing", ""))
    return found


def settings_page() -> str:
    """The text of docs/guide/settings.md."""
    rows = [
        f"| `SERAI_{name.upper()}` | {_default(name)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Set them in the environment, or in a file of `NAME=value` lines named by "
            "`SERAI_ENV_FILE`. What is missing or wrong is named at start.",
            "",
            "| variable | default | what it is |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _sentence(name: str, kind: str, message: str) -> str:
    variable = f"SERAI_{name.upper()}"
    if kind == "missing":
        return f"{variable} is missing: {Settings.model_fields[name].description}"
    return f"{variable} is wrong: {message}."


def _default(name: str) -> str:
    field = Settings.model_fields[name]
    if field.is_required():
        return "required"
    return "none" if field.default in {None, ""} else f"`{field.default}`"
