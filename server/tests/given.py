"""Things to start a test from; each has defaults, so that a test names only what it is about."""

import hashlib
import hmac
import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from serai.app.wiring import wired
from serai.core.content import Text
from serai.core.effects import SendMessage
from serai.core.events import MessageReceived, Status, StatusReported
from serai.core.hours import Hours
from serai.core.ids import (
    BusinessId,
    ChannelId,
    ContactId,
    ConversationId,
    MessageId,
    MetaId,
    Person,
)
from serai.core.message import Author, Content, Purpose
from serai.core.state import Business, Channel, Contact, Conversation, State
from serai.engine import items
from serai.engine.intake import postgres, splitting
from serai.engine.items import Share
from serai.features.accounts.store import companies as accounts
from serai.features.businesses.store import rows as businesses
from serai.features.businesses.store.rows import NewBusiness
from serai.features.channels.store import apps
from serai.features.channels.store import numbers as channels
from serai.features.channels.store.apps import AppSecret
from serai.features.channels.store.numbers import NewChannel
from serai.features.contacts.store import listing, read
from serai.features.contacts.store.listing import Filter
from serai.features.contacts.store.read import ContactRow
from serai.kit.db import Conn
from serai.kit.secrets import BlindIndex, KeyRing, Vault

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
ADA = Person(phone="15550100123", user_id="US.1001", name="Ada")
NUMBER = MetaId("770012340000001")
APP_ID = "314000000000777"
SECRET = "an-app-secret"
VERIFY_TOKEN = "a-verify-token"
TOKEN = "EAAtestchanneltoken"
VAULT = Vault(KeyRing({"test": bytes(32)}), BlindIndex(bytes(range(32))))
WIRING = wired(VAULT)
SERIAL = itertools.count(1)
LANES = 16


def made(defaults: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """What a test says, and defaults for the rest."""
    return defaults | values


def business(**values: Any) -> Business:
    return Business(
        **made({"id": BusinessId(UUID(int=1)), "hours": Hours(time_zone="UTC")}, values)
    )


def state(*, now: datetime = NOON, wrote_at: datetime | None = NOON, **values: Any) -> State:
    """Ada, who wrote at `wrote_at`, in an open conversation."""
    return State(
        **made(
            {
                "now": now,
                "business": business(),
                "channel": Channel(id=ChannelId(UUID(int=2))),
                "contact": Contact(id=ContactId(UUID(int=3)), welcomed_at=NOON),
                "conversation": Conversation(id=ConversationId(UUID(int=4))),
                "window_closes_at": wrote_at + timedelta(hours=24) if wrote_at else None,
            },
            values,
        )
    )


def send(content: Content, **values: Any) -> SendMessage:
    return SendMessage(
        **made(
            {
                "business_id": BusinessId(UUID(int=1)),
                "message_id": MessageId(UUID(int=5)),
                "conversation_id": ConversationId(UUID(int=4)),
                "channel_id": ChannelId(UUID(int=2)),
                "contact_id": ContactId(UUID(int=3)),
                "content": content,
                "purpose": Purpose.SERVICE,
                "author": Author.AGENT,
                "cause": "test",
                "at": NOON,
            },
            values,
        )
    )


def message(
    text: str, *, at: datetime = NOON, person: Person = ADA, **values: Any
) -> MessageReceived:
    id_ = values.pop("id", f"wamid.{next(SERIAL)}")
    channel = values.pop("channel", NUMBER)
    return MessageReceived(
        key=f"{channel}:{id_}",
        at=at,
        channel=channel,
        person=person,
        message=MetaId(id_),
        content=values.pop("content", Text(text)),
    )


def status(
    kind: str,
    message_id: MessageId,
    *,
    at: datetime = NOON,
    wamid: str = "wamid.out",
    **values: Any,
) -> StatusReported:
    return StatusReported(
        key=f"{NUMBER}:{wamid}:{kind}",
        at=at,
        channel=NUMBER,
        message=MetaId(wamid),
        message_id=message_id,
        status=Status(kind),
        **values,
    )


async def a_business(conn: Conn, key: str = "cafe", **values: Any) -> BusinessId:
    organization = await accounts.organization(conn, "Company")
    new = NewBusiness(
        **made(
            {
                "id": BusinessId(UUID(hashlib.md5(key.encode()).hexdigest())),  # noqa: S324
                "organization_id": organization,
                "key": key,
                "name": key.title(),
                "sector": "hospitality",
                "time_zone": "UTC",
            },
            values,
        )
    )
    return await businesses.add(conn, new)


async def an_app(conn: Conn, meta_id: str = APP_ID, secret: str = SECRET) -> UUID:
    organization = await accounts.organization(conn, "Company")
    app = AppSecret(
        organization_id=organization,
        meta_id=meta_id,
        name="App",
        verify_token=VERIFY_TOKEN,
        secret=secret,
    )
    return await apps.add_app(conn, VAULT, app, NOON)


async def a_channel(
    conn: Conn,
    owner: BusinessId,
    number: str = NUMBER,
    *,
    token: str = TOKEN,
    rate: int = 80,
    kind: str = "whatsapp",
) -> ChannelId:
    new = NewChannel(
        business_id=owner,
        inbox_id=await businesses.inbox(conn, owner),
        app_id=await an_app(conn),
        name="Number",
        meta_id=number,
        display_phone_number="+1 555 0100",
        account_id="880012340000001",
        token=token,
        messages_per_second=rate,
        kind=kind,
    )
    id_ = await channels.add(conn, VAULT, new)
    assert id_ is not None
    return id_


def text_item(
    text: str, *, id_: str | None = None, phone: str = "15550100123", at: int = 1_796_126_400
) -> dict[str, Any]:
    """One WhatsApp message as Meta puts it into a webhook; `at` in seconds since 1970."""
    return {
        "from": phone,
        "from_user_id": f"US.{phone}",
        "id": id_ or f"wamid.in{next(SERIAL)}",
        "timestamp": str(at),
        "type": "text",
        "text": {"body": text},
    }


def change(number: str = NUMBER, **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550100", "phone_number_id": number}
    return {
        "field": "messages",
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }


def delivery(*changes: dict[str, Any]) -> bytes:
    """A webhook body with one entry."""
    entry = {"id": "880012340000001", "changes": list(changes)}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def deliver(conn: Conn, *bodies: bytes, now: datetime = NOON) -> None:
    """Bodies as if the door had kept them, split and handled to the end."""
    app = await an_app(conn)
    await postgres.keep(conn, VAULT, app, bodies, now)
    while await splitting.split(conn, VAULT, LANES, 500):
        pass
    share = Share(lanes=LANES, start=0, most=LANES, limit=100)
    while await items.work(conn, WIRING, share, now):
        pass


async def rows(conn: Conn, sql: str) -> list[dict[str, Any]]:
    """What a test looks at afterwards."""
    return await (await conn.execute(sql.encode())).fetchall()


async def contacts(conn: Conn, **wanted: Any) -> list[ContactRow]:
    """The contacts of all businesses, the newest first."""
    business_ids = tuple(row["id"] for row in await rows(conn, "SELECT id FROM businesses"))
    where = Filter(business_ids=business_ids, **wanted)
    return await read.find(conn, await listing.page(conn, VAULT, where, "newest", None, 50))
