"""The chain that a message takes to us: looked at link by link, and mended."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.channels.api.number import Done
from serai.features.channels.api.reach import Reach, Reached, WhatsApp
from serai.features.channels.decide import reading as decisions
from serai.features.channels.store import facts, targets
from serai.kit.db import writing
from serai.kit.errors import Conflict
from serai.kit.http import may
from serai.meta.management import accounts, numbers, repair
from serai.meta.management.reading import read

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)
changing = [Depends(may(Permission.CHANNELS_WRITE))]


class Webhooks(BaseModel):
    is_whole: bool = Field(description="Everything that Meta has to tell arrives here.")
    missing: list[str] = Field(description="What the chain lacks: fields, or links in words.")
    callback_url: str | None = Field(description="Where the app's webhooks go.")
    override: str | None = Field(description="Where messages go instead, if they do.")


@router.get("/webhooks")
async def get_webhooks(reach: WhatsApp) -> Webhooks:
    """Asked of Meta now."""
    return await _looked_at(reach)


@router.post("/webhooks/repair", dependencies=changing)
async def repair_webhooks(request: Request, reach: WhatsApp) -> Webhooks:
    """Subscribe the account to the app and the app to every field that we read."""
    app = reach.target.app
    if app is None or reach.target.verify_token is None:
        raise Conflict("app_secret_missing", "Give the Meta app its secret: serai connect-app.")
    callback = request.app.state.settings.callback_url
    wanted = repair.Wanted(app, reach.target.verify_token, callback)
    if not await repair.repair(reach.graph, reach.token, reach.target.account_id, wanted):
        raise Conflict(
            "public_url_missing",
            "The app has no callback for WhatsApp yet. Set SERAI_PUBLIC_URL, then repair again.",
        )
    return await _looked_at(reach)


@router.delete("/webhooks/override", dependencies=changing)
async def remove_override(reach: WhatsApp) -> Webhooks:
    """Let messages of this number go to the app's callback again."""
    await accounts.subscribe(reach.graph, reach.token, reach.target.account_id)
    await numbers.set_callback(reach.graph, reach.token, reach.number, "", None)
    return await _looked_at(reach)


@router.post("/refresh", dependencies=changing)
async def refresh(reach: Reach) -> Done:
    """Read everything about the number from Meta now."""
    await _learn(reach)
    return Done()


async def _learn(reach: Reached) -> dict[str, Any]:
    """Read, keep, and give what was kept about webhooks."""
    reading = await read(reach.graph, reach.target.asked, reach.now)
    failed = reading.errors.get("number")
    if failed is not None:
        raise failed
    kept = decisions.kept(reach.target, reading, reach.now)
    renewed = targets.renewed(reach.target, reading, kept)
    async with writing(reach.engine) as conn:
        await facts.keep(conn, [kept])
        await targets.renew(conn, reach.vault, renewed)
        await facts.write(conn, list(decisions.learnt(reach.target, reading, reach.now)))
    return kept.webhooks or {}


async def _looked_at(reach: Reached) -> Webhooks:
    found = await _learn(reach)
    return Webhooks(
        is_whole=not found.get("missing", ["nothing is known"]),
        missing=found.get("missing", ["nothing is known"]),
        callback_url=found.get("callback_url"),
        override=found.get("override"),
    )
