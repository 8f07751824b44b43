"""Messages and statuses in webhooks have the shapes of Meta's description.

Its webhook schemas share `BaseMessageProperties` with the schema of sends, by mistake: only their
own part is compared. Contacts and errors are left out: their objects belong to other calls too
(WhatsApp Cloud API reference, 1.9).
"""

from typing import Any

import pytest

from simulator.tests import openapi

ITEM = {"product_retailer_id": "SKU-9", "quantity": 2, "item_price": 12.5, "currency": "EUR"}
BUTTON = {"type": "button_reply", "button_reply": {"id": "yes-1", "title": "Yes"}}
ROW = {"type": "list_reply", "list_reply": {"id": "a", "title": "b", "description": "c"}}
MESSAGES: list[tuple[str, str, Any]] = [
    ("ButtonMessage", "button", {"payload": "CONFIRM", "text": "Confirm"}),
    ("InteractiveMessageReply", "interactive", BUTTON),
    ("InteractiveMessageReply", "interactive", ROW),
    ("OrderMessage", "order", {"catalog_id": "210", "product_items": [ITEM]}),
    ("SystemMessage", "system", {"type": "user_changed_number", "wa_id": "15551239999"}),
]


@pytest.mark.parametrize(("schema", "kind", "content"), MESSAGES)
def test_a_message_has_metas_shape(given: Any, schema: str, kind: str, content: Any):
    body = {"number": given.number, "type": kind, "context": {"id": "wamid.X"}}
    given.control("POST", f"/people/{given.rosa}/messages", {**body, kind: content})
    given.passes(0)

    value = given.receiver.wait_for(1)[-1].values[0]

    assert openapi.problems_of_part(schema, 1, value["messages"][0]) == []
    assert openapi.problems_with("Metadata", value["metadata"]) == []
    for contact in value.get("contacts", []):
        assert openapi.problems_with("ContactProfile", contact) == []


@pytest.mark.parametrize("version", ["v23.0", "v25.0"])
def test_statuses_have_metas_shape(given: Any, version: str):
    given.has("apps", id="314", webhook_version=version)
    given.writes()
    given.sent()
    given.template("a", "b", to="+15550000000")
    given.passes(3)

    values = [value for post in given.receiver.posts for value in post.values]
    told = [value for value in values if "statuses" in value]
    assert len(told) == 4
    for value in told:
        assert openapi.problems_with("StatusMessageValue", value) == []
