"""Who may say how much a person takes."""

from uuid import UUID

import pytest
from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.teamwork.decide.reach import may_change

CAFE, SHOP = BusinessId(UUID(int=1)), BusinessId(UUID(int=2))
WRITE = frozenset({Permission.BUSINESS_WRITE})
OF_THE_CAFE = Principal(
    kind="user", id=UUID(int=9), name="Amal", organization_id=UUID(int=8), grants={CAFE: WRITE}
)
OF_THE_COMPANY = Principal(
    kind="user",
    id=UUID(int=9),
    name="Badr",
    organization_id=UUID(int=8),
    grants={CAFE: WRITE, SHOP: WRITE},
    company=WRITE,
)


@pytest.mark.parametrize(
    ("asking", "places", "may"),
    [
        (OF_THE_CAFE, [CAFE], True),
        (OF_THE_CAFE, [CAFE, SHOP], False),
        (OF_THE_CAFE, [None], False),
        (OF_THE_COMPANY, [CAFE, SHOP], True),
        (OF_THE_COMPANY, [None], True),
    ],
)
def test_a_person_is_changed_only_by_who_has_a_say_wherever_they_answer(
    asking: Principal, places: list[BusinessId | None], may: bool
):
    assert may_change(asking, places, is_elsewhere=False) is may
    assert not may_change(asking, places, is_elsewhere=True)
