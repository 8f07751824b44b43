"""What callers of the sending routes give."""

from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, Field

from serai.features.inbox.api.sendable import PlainIn, Shape, shown
from serai.features.inbox.api.tappable import TappableIn
from serai.features.templates.api.values import ValuesIn


class TemplateIn(Shape):
    model_config = shown(
        {
            "type": "template",
            "name": "education_order_confirmation",
            "language": "en_US",
            "values": {"body": ["Dana", "A-17", "Monday"]},
        }
    )
    type: Literal["template"]
    name: str
    language: str | None = Field(
        None, description="Without it: the person's, else the business's, else English."
    )
    values: ValuesIn = ValuesIn()
    parameters: list[str] = Field([], description="Short for values.body.")
    fallbacks: dict[str, str] = Field(
        {},
        description="What is said where a value is missing, by its place; before the template's own.",
        examples=[{"body.first_name": "friend"}],
    )


ContentIn: TypeAlias = Annotated[TemplateIn | PlainIn | TappableIn, Field(discriminator="type")]
"""Every kind that may be sent."""

Quoted = Annotated[
    UUID | None, Field(description="A message of the same chat that this one quotes.")
]


class AnswerIn(BaseModel):
    """A message to send in a conversation."""

    content: ContentIn
    reply_to: Quoted = None
    undo_seconds: int | None = Field(
        None,
        ge=0,
        le=10,
        description="So long it waits, and can be undone. Without it: a person's own habit (5 "
        "unless they changed it), none for an API key.",
    )


class ToContact(BaseModel):
    contact_id: UUID


class ToPhone(BaseModel):
    phone: str = Field(examples=["+1 555 010 0123"])


class ToUserId(BaseModel):
    user_id: str = Field(
        min_length=1,
        max_length=150,
        examples=["US.13491208655302741918"],
        description="WhatsApp's business-scoped id of someone who hides their number.",
    )


class MessageIn(BaseModel):
    """A message to someone, whether they have written before or not."""

    channel_id: UUID
    to: ToContact | ToPhone | ToUserId
    content: ContentIn
    purpose: Literal["service", "utility", "marketing"] = "service"
    reply_to: Quoted = None
