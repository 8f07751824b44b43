"""Fill an empty installation with the demo's businesses, numbers and an API key."""

import json
import urllib.request
from datetime import datetime
from typing import Any

from serai.app import packs
from serai.app.demo import world
from serai.features.accounts.store import companies as accounts
from serai.features.accounts.store import keys
from serai.features.accounts.store.keys import NewKey
from serai.features.businesses.store import profile
from serai.features.businesses.store import rows as businesses
from serai.features.businesses.store.profile import Profile
from serai.features.channels.store import apps
from serai.features.channels.store import numbers as channels
from serai.features.channels.store.apps import AppSecret
from serai.features.channels.store.numbers import NewChannel
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.secrets import Vault

TIMEOUT_SECONDS = 10


async def seed(database_url: str, vault: Vault) -> str:
    """Businesses, app, numbers; returns a new API key. Safe to repeat."""
    now = Clock().now()
    async with await connect(database_url, ENGINE) as conn, conn.transaction():
        organization = await accounts.organization(conn, world.ORGANIZATION)
        app = await apps.add_app(
            conn,
            vault,
            AppSecret(
                organization_id=organization,
                meta_id=world.APP,
                name="Serai",
                verify_token=world.VERIFY_TOKEN,
                secret=world.APP_SECRET,
            ),
            now,
        )
        for number in world.NUMBERS:
            await _connect(conn, vault, app, number, now)
        key = keys.new_secret()
        await keys.add(conn, NewKey(organization, "Demo", ("read", "write")), key)
    return key


async def _connect(conn: Conn, vault: Vault, app: Any, number: world.Number, now: datetime) -> None:
    pack = packs.find(number.pack)
    business = await packs.install(conn, world.ORGANIZATION, pack, now)
    await profile.write(conn, business, Profile(address=number.address, website=number.website))
    await channels.add(
        conn,
        vault,
        NewChannel(
            business_id=business,
            inbox_id=await businesses.inbox(conn, business),
            app_id=app,
            name=pack.business.name,
            meta_id=number.id,
            display_phone_number=number.display,
            account_id=number.account,
            token=number.token,
        ),
    )


def tell(metasim_url: str, path: str, body: object, method: str = "POST") -> dict[str, Any]:
    """One call to the pretend Meta's control API. Raises OSError."""
    request = urllib.request.Request(  # noqa: S310 — a URL of our own making
        f"{metasim_url}/_sim/{path}",
        data=json.dumps(body).encode(),
        method=method,
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        return json.loads(answer.read() or b"{}")
