"""Connecting a channel, whatever its kind: what the steps tell, and what a kind brings to them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, Field, StringConstraints

from serai.features.channels.store.apps import Opened
from serai.meta.client import Graph
from serai.meta.management.access import TokenFacts

MetaIdText = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,40}$")]
ExternalIds = Annotated[
    dict[str, MetaIdText],
    Field(
        max_length=5,
        description="Meta's ids under Meta's names: `phone_number_id` and `waba_id` for WhatsApp.",
        examples=[{"phone_number_id": "106540352242922", "waba_id": "102290129340398"}],
    ),
]


class Step(BaseModel):
    key: Literal["account", "webhooks", "register", "history"]
    state: Literal["done", "failed", "skipped"]
    words: str


class FoundChannel(BaseModel):
    external_ids: ExternalIds
    address: str = Field(description="What people know it by: a phone number, a page's name.")
    public_name: str | None
    status: str | None = Field(description="Meta's word for it.")
    quality: str | None
    needs_registering: bool = Field(description="A PIN is needed in the last step.")


class FoundAccount(BaseModel):
    id: str
    name: str
    review: str | None
    channels: list[FoundChannel]


class Chosen(NamedTuple):
    """What somebody chose in the wizard, and the way to Meta about it."""

    graph: Graph
    token: str
    opened: Opened
    callback_url: str | None
    own_id: str
    account_id: str
    """Empty for a kind whose channels stand alone."""
    pin: str | None


class Joined(NamedTuple):
    """What was done at Meta, and the token to keep."""

    token: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class Wizard:
    """How a channel of one kind is found and joined at Meta."""

    login_scopes: Sequence[str]
    """What Meta's login is asked for."""
    find: Callable[[Graph, str, TokenFacts], Awaitable[list[FoundAccount]]]
    """What a token opens, account by account."""
    join: Callable[[Chosen], Awaitable[Joined]]
    """A step that fails says so."""
