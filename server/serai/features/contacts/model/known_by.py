"""What people are known by, and who gives each kind of it its meaning."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

IdentityType: TypeAlias = Literal[
    "phone", "wa_user_id", "username", "ig_user_id", "page_user_id", "email", "external_id"
]

SCOPES: Mapping[str, str] = {
    "phone": "world",
    "email": "world",
    "wa_user_id": "whatsapp",
    "username": "whatsapp",
    "ig_user_id": "instagram",
    "page_user_id": "messenger",
    "external_id": "company",
}
"""Who gave a value its meaning, unless it is said otherwise."""

NAMES: Mapping[str, str] = {
    "phone": "phone number",
    "email": "e-mail address",
    "wa_user_id": "WhatsApp id",
    "username": "username",
    "ig_user_id": "Instagram id",
    "page_user_id": "Messenger id",
    "external_id": "external id",
}
"""As people call them."""

FROM_CHANNELS = frozenset({"wa_user_id", "ig_user_id", "page_user_id"})
"""Given by Meta to one person for one business; nobody has another's."""
