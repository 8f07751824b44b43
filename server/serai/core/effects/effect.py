"""What every effect has."""

from msgspec import Struct

from serai.core.ids import BusinessId


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    business_id: BusinessId
