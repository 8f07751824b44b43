"""/packs: ready businesses; what each brings, and what it would change."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.app import packs
from serai.app.packs.difference import Part, difference
from serai.app.packs.model import Pack
from serai.core.permissions import Permission
from serai.features.businesses.api.shapes import Sector, found
from serai.features.businesses.store import brought
from serai.kit.errors import Conflict
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["packs"], dependencies=[Depends(may(Permission.BUSINESS_READ))])


class PackShape(BaseModel):
    key: str
    version: int
    name: str
    sector: Sector
    texts: int = Field(description="How many it brings; likewise below.")
    openings: int
    rules: int
    templates: int
    replies: int


class Packs(BaseModel):
    data: list[PackShape]


class Difference(BaseModel):
    part: Part
    name: str
    before: str | None = Field(description="null: it is new.")
    after: str | None = Field(description="null: it goes.")


class PackStanding(BaseModel):
    pack: PackShape
    installed_version: int | None = Field(description="null: another pack, or none, is installed.")
    differences: list[Difference] = Field(description="What installing it now would change.")


@router.get("/packs")
async def list_packs() -> Packs:
    """The packs that come with Serai."""
    return Packs(data=[_shape(pack) for pack in packs.shipped()])


@router.get("/businesses/{business_id}/packs/{key}")
async def compare_pack(business_id: UUID, key: str, conn: Connection) -> PackStanding:
    """What a pack would change in this business; nothing is changed."""
    pack = packs.find(key)
    row = await found(conn, business_id)
    changes = difference(row, await brought.read(conn, business_id), pack)
    return PackStanding(
        pack=_shape(pack),
        installed_version=row.pack_version if row.pack_key == key else None,
        differences=[
            Difference(part=each.part, name=each.name, before=each.before, after=each.after)
            for each in changes
        ],
    )


@router.put(
    "/businesses/{business_id}/packs/{key}",
    dependencies=[Depends(may(Permission.BUSINESS_WRITE))],
)
async def install_pack(business_id: UUID, key: str, conn: Connection, now: Moment) -> PackStanding:
    """Bring texts, hours, rules and templates to what the pack says; rules that people added stay.

    Quick replies come where there are none of their shortcut; those that are there stay.
    """
    pack = packs.find(key)
    row = await found(conn, business_id)
    if row.sector != pack.business.sector:
        raise Conflict(
            "pack_of_another_sector",
            f"This pack is for {pack.business.sector}. Choose one for {row.sector}.",
        )
    await packs.apply(conn, row.id, pack, now)
    return await compare_pack(business_id, key, conn)


def _shape(pack: Pack) -> PackShape:
    texts = (pack.texts.welcome, pack.texts.away, pack.texts.acknowledgement)
    return PackShape(
        key=pack.key,
        version=pack.version,
        name=pack.business.name,
        sector=pack.business.sector,  # pyright: ignore[reportArgumentType]
        texts=sum(text is not None for text in texts),
        openings=len(pack.hours),
        rules=len(pack.rules),
        templates=len(pack.templates),
        replies=len(pack.replies),
    )
