"""A server for each test, on a database of its own."""

from collections.abc import Iterator

import pytest
from tests.features.accounts.house import House


@pytest.fixture
def house(db_url: str) -> Iterator[House]:
    found = House(db_url)
    with found.another_server() as origin:
        found.origin = origin
        yield found
        found.close()
