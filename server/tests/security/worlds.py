"""A company that has one of everything, made by its own people through the API."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from serai.core.ids import BusinessId
from serai.features.templates.store import write
from serai.features.templates.store.write import Installed
from serai.kit import web_push
from tests.app.calling import Api
from tests.given import NOON, a_channel, change, deliver, delivery, rows, text_item
from tests.security.wishes import Ids

PACKED = Installed(
    name="secret_offer",
    language="en_US",
    category="UTILITY",
    components=[{"type": "BODY", "text": "Hello"}],
    parameters=(),
    samples=(),
)


class Company:
    """Who asks for it, and how its things are called."""

    def __init__(
        self, api: Api, business: BusinessId, cookie: str, word: str, shared: str | None = None
    ) -> None:
        self.api = api
        self.business = business
        self.headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
        self.word = word
        """In the name of each of its things, so that it is known wherever it shows."""
        self.shared = shared or word
        """In the names of what all businesses of the company have together."""

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = await self.api.ask(method, path, body, headers=dict(self.headers), **more)
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.json() if answer.content else None


async def furnish(company: Company, number: str, phones: tuple[str, str]) -> Ids:
    """One of everything that has an id; which, by the name of its kind."""
    api, business, word = company.api, company.business, company.word
    channel = await a_channel(api.conn, business, number)
    for phone in phones:
        item = text_item(f"{word} said", id_=f"wamid.{word}{phone}", phone=phone)
        await deliver(api.conn, delivery(change(number, messages=[item])))
    await write.install(api.conn, business, [PACKED])
    [talk, other] = await rows(
        api.conn,
        "SELECT id AS message_id, conversation_id, contact_id FROM messages"
        f" WHERE business_id = '{business}' AND direction = 'in' ORDER BY id",
    )
    [template] = await rows(api.conn, f"SELECT id FROM templates WHERE business_id = '{business}'")
    ids = {"business": str(business), "channel": str(channel), "template": str(template["id"])}
    ids |= {kind: str(talk[f"{kind}_id"]) for kind in ("message", "conversation", "contact")}
    return ids | await _made(company, ids, str(other["contact_id"]))


async def _made(company: Company, ids: Ids, other: str) -> Ids:
    """What people make by hand."""
    at, word, shared = {"business_id": ids["business"]}, company.word, company.shared
    talk, person = f"/conversations/{ids['conversation']}", f"/contacts/{ids['contact']}"
    later = (NOON + timedelta(hours=3)).isoformat()
    made = {
        "tag": await company.ask("POST", "/tags", {**at, "name": f"{word} tag"}),
        "team": await company.ask("POST", "/teams", {**at, "name": f"{word} team"}),
        "reply": await company.ask(
            "POST",
            "/quick-replies",
            {"shortcut": shared, "title": f"{shared} reply", "body": shared},
        ),
        "view": await company.ask("POST", "/views", {"name": f"{shared} view", "search": {}}),
        "key": await company.ask("POST", "/keys", {"name": f"{shared} key", "scopes": ["read"]}),
        "job": await company.ask("POST", "/contact-exports", at),
        "follow_up": await company.ask(
            "POST", f"{talk}/follow-ups", {"text": f"{word} later", "due_at": later}
        ),
        "device": await company.ask("POST", "/push/devices", device(shared)),
    }
    await company.ask(
        "POST", f"{person}/identities", {"type": "email", "value": f"{word}@people.example"}
    )
    agent = [{"business_id": None, "role": "agent"}]
    guest = {"email": f"{shared}@guests.example", "memberships": agent}
    await company.ask("POST", "/invitations", guest)
    await company.ask("POST", f"{person}/merges", {"gone_id": other})
    await company.ask("PUT", f"{talk}/draft", {"text": f"{word} draft"})
    listed = {
        "identity": (await company.ask("GET", person))["identities"],
        "invitation": (await company.ask("GET", "/invitations"))["data"],
        "merge": (await company.ask("GET", f"{person}/merges"))["data"],
        "session": (await company.ask("GET", "/account"))["sessions"],
        "user": [await company.ask("GET", "/me")],
    }
    found = {kind: str(each["id"]) for kind, each in made.items()}
    found |= {kind: str(each[-1]["id"]) for kind, each in listed.items()}
    return found | {"file": await _file(company), "passkey": str(UUID(int=7))}


async def _file(company: Company) -> str:
    company.api.wishes += 1
    answer = await company.api.http.post(
        "/api/v1/files",
        data={"business_id": str(company.business)},
        files={"file": (f"{company.word}.txt", company.word.encode(), "text/plain")},
        headers=company.headers | {"Idempotency-Key": f"file-{company.word}"},
    )
    assert answer.status_code < 300, answer.text
    return answer.json()["id"]


def device(word: str) -> dict[str, Any]:
    key = web_push.public_bytes(ec.generate_private_key(web_push.CURVE))
    keys = {"p256dh": web_push.as_text(key), "auth": urlsafe_b64encode(bytes(16)).decode()}
    return {"endpoint": f"https://push.example/{word}", "keys": keys, "name": f"{word} device"}
