"""Whose day somebody may arrange."""

from collections.abc import Iterable

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.core.principal import Principal


def may_change(
    asking: Principal, places: Iterable[BusinessId | None], *, is_elsewhere: bool
) -> bool:
    """Whether they may say how much a person takes, who answers at these places (None: everywhere).

    It counts wherever the person answers, so the caller must have a say in all of those places;
    `is_elsewhere`: in some they do not even see.
    """
    return not is_elsewhere and all(
        Permission.BUSINESS_WRITE in (asking.grants.get(each, ()) if each else asking.company)
        for each in places
    )
