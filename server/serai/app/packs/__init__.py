"""Ready businesses: what they are, as files; putting one into the database, again and again."""

from datetime import datetime
from pathlib import Path

from serai.app.packs.model import Pack, ReplyPart, installed, read
from serai.core.ids import BusinessId, derived
from serai.features.accounts.store import companies as accounts
from serai.features.automation import store as automation
from serai.features.businesses.store import hours
from serai.features.businesses.store import rows as businesses
from serai.features.businesses.store.rows import NewBusiness
from serai.features.desk.store import replies
from serai.features.desk.store.replies import Starter
from serai.features.templates.store import write as templates
from serai.kit.db import Conn
from serai.kit.errors import NotFound

FOLDER = Path(__file__).parent


def shipped() -> list[Pack]:
    """All packs that come with Serai, by key."""
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def find(key: str) -> Pack:
    """Raises NotFound."""
    for pack in shipped():
        if pack.key == key:
            return pack
    names = ", ".join(pack.key for pack in shipped())
    raise NotFound("pack_not_found", f"There is no pack {key}. There are: {names}.")


async def install(conn: Conn, organization: str, pack: Pack, now: datetime) -> BusinessId:
    """Make the pack's business, or bring its texts, rules, hours and templates to this version.

    Rules that people added stay. Call it in a transaction.
    """
    organization_id = await accounts.organization(conn, organization)
    business = pack.business
    id_ = await businesses.add(
        conn,
        NewBusiness(
            id=BusinessId(derived("business", organization_id, pack.key)),
            organization_id=organization_id,
            key=pack.key,
            name=business.name,
            sector=business.sector,
            time_zone=business.time_zone,
            language=business.language,
            always_human=business.always_human,
            team=business.team,
            welcome=pack.texts.welcome,
            away=pack.texts.away,
            acknowledgement=pack.texts.acknowledgement,
            pack_key=pack.key,
            pack_version=pack.version,
        ),
    )
    await apply(conn, id_, pack, now)
    return id_


async def apply(conn: Conn, business: BusinessId, pack: Pack, now: datetime) -> None:
    """Bring a business that is there to what the pack says; rules that people added stay.

    Quick replies that are there stay as they are: people word them as they speak.
    """
    texts = {name: getattr(pack.texts, name) for name in pack.texts.__struct_fields__}
    versions = {"pack_key": pack.key, "pack_version": pack.version}
    await businesses.change(conn, business, texts | versions)
    await hours.replace(conn, business, pack.hours, pack.exceptions)
    keys = [rule.key for rule in pack.rules]
    await automation.install(conn, business, pack.version, pack.rules, keys)
    await templates.install(conn, business, [installed(each) for each in pack.templates])
    await replies.install(conn, business, [_starter(business, each) for each in pack.replies], now)


def _starter(business: BusinessId, reply: ReplyPart) -> Starter:
    return Starter(
        id=derived("quick_reply", business, reply.shortcut, reply.language),
        shortcut=reply.shortcut,
        language=reply.language,
        title=reply.title,
        body=reply.body,
    )
