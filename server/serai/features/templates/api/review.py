"""Handing templates in to Meta, and deleting them there. No transaction is open meanwhile."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from msgspec import Struct

from serai.core.permissions import Permission
from serai.features.templates.api.routes import ensure_template
from serai.features.templates.api.shapes import Template, shape
from serai.features.templates.store import drafts, read
from serai.features.templates.store.drafts import Submitted
from serai.features.templates.store.read import TemplateRow, Where
from serai.kit.clock import Clock
from serai.kit.db import Conn, seeing
from serai.kit.errors import Conflict
from serai.kit.http import may
from serai.kit.secrets import Vault
from serai.meta.client import Graph
from serai.meta.management import templates
from serai.meta.management.templates import New

router = APIRouter(dependencies=[Depends(may(Permission.TEMPLATES_WRITE))])

AGAIN = frozenset({"DRAFT", "REJECTED", "DELETED", "ABSENT"})
"""What may be handed in (again)."""


class Desk(Struct, frozen=True):
    """What talking to Meta about templates needs."""

    open: Callable[[], AbstractAsyncContextManager[Conn]]
    """A connection that sees whatever the caller may see."""
    graph: Graph
    vault: Vault
    clock: Clock

    def token(self, where: Where) -> str:
        return self.vault.ring.open(where.token, f"token:{where.channel_id}".encode()).decode()


@router.post("/templates/{template_id}/submit")
async def submit_template(template_id: UUID, request: Request) -> Template:
    """Hand a draft in for review; Meta decides within minutes, at most within a day."""
    return shape(await hand_in(_desk(request), template_id))


@router.delete("/templates/{template_id}", status_code=204)
async def delete_template(template_id: UUID, request: Request) -> Response:
    """Delete one language of a template at Meta; a draft only here."""
    await delete(_desk(request), template_id)
    return Response(status_code=204)


async def hand_in(desk: Desk, template_id: UUID) -> TemplateRow:
    """The template as it is then. Raises NotFound, Conflict and what Meta can answer."""
    async with desk.open() as conn:
        row = await ensure_template(conn, template_id)
        if row.status not in AGAIN:
            raise Conflict("template_submitted", "Meta already has the template.")
        where = await _sender(conn, row)
    account = where.account_id
    created = await templates.create(desk.graph, desk.token(where), account, _new(row))
    answer = Submitted(
        id=row.id,
        account_id=account,
        meta_id=created.id,
        status=created.status.upper(),
        category=created.category.upper(),
    )
    async with desk.open() as conn:
        await drafts.submitted(conn, answer)
        return await ensure_template(conn, template_id)


async def delete(desk: Desk, template_id: UUID) -> None:
    """Raises NotFound, Conflict and what Meta can answer."""
    async with desk.open() as conn:
        row = await ensure_template(conn, template_id)
        if row.meta_id is None:
            return await drafts.remove(conn, template_id)
        where = await _sender(conn, row)
    token = desk.token(where)
    await templates.delete(desk.graph, token, where.account_id, row.name, row.meta_id)
    async with desk.open() as conn:
        return await drafts.deleted(conn, template_id, desk.clock.now())


def _desk(request: Request) -> Desk:
    state, businesses = request.app.state, request.state.principal.businesses
    return Desk(
        lambda: seeing(state.pool, businesses), state.graph, state.wiring.vault, state.clock
    )


async def _sender(conn: Conn, row: TemplateRow) -> Where:
    """A channel whose token may change the template. Raises Conflict."""
    where = await read.of_account(conn, row.business_id, row.account_id)
    if where is None:
        raise Conflict("channel_missing", "Connect a number of this business first.")
    return where


def _new(row: TemplateRow) -> New:
    return New(
        name=row.name,
        language=row.language,
        category=row.category,
        components=row.components,
        parameter_format=row.parameter_format,
    )
