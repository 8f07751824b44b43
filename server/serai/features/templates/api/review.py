"""Handing templates in to Meta, and deleting them there. No transaction is open meanwhile."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from serai.features.templates.api.routes import ensure_template
from serai.features.templates.api.shapes import Template, shape
from serai.features.templates.store import drafts, read
from serai.features.templates.store.drafts import Submitted
from serai.features.templates.store.read import TemplateRow, Where
from serai.kit.db import Conn, seeing
from serai.kit.errors import Conflict
from serai.kit.http import Moment, writer
from serai.kit.secrets import Vault
from serai.meta.client import Graph
from serai.meta.management import templates
from serai.meta.management.templates import New

router = APIRouter(dependencies=[Depends(writer)])

AGAIN = frozenset({"DRAFT", "REJECTED", "DELETED", "ABSENT"})
"""What may be handed in (again)."""


@router.post("/templates/{template_id}/submit")
async def submit_template(template_id: UUID, request: Request) -> Template:
    """Hand a draft in for review; Meta decides within minutes, at most within a day."""
    state = request.app.state
    businesses = request.state.principal.businesses
    async with seeing(state.pool, businesses) as conn:
        row = await ensure_template(conn, template_id)
        if row.status not in AGAIN:
            text = "Meta already has the template."
            raise Conflict("template_submitted", text)
        where = await _sender(conn, row)
    created = await templates.create(
        state.graph, _token(state.wiring.vault, where), where.account_id, _new(row)
    )
    answer = Submitted(
        id=row.id,
        account_id=where.account_id,
        meta_id=created.id,
        status=created.status.upper(),
        category=created.category.upper(),
    )
    async with seeing(state.pool, businesses) as conn:
        await drafts.submitted(conn, answer)
        return shape(await ensure_template(conn, template_id))


@router.delete("/templates/{template_id}", status_code=204)
async def delete_template(template_id: UUID, request: Request, now: Moment) -> Response:
    """Delete one language of a template at Meta; a draft only here."""
    state = request.app.state
    businesses = request.state.principal.businesses
    async with seeing(state.pool, businesses) as conn:
        row = await ensure_template(conn, template_id)
        where = await _sender(conn, row)
        if row.meta_id is None:
            await drafts.remove(conn, template_id)
    if row.meta_id is not None:
        graph: Graph = state.graph
        token = _token(state.wiring.vault, where)
        await templates.delete(graph, token, where.account_id, row.name, row.meta_id)
        async with seeing(state.pool, businesses) as conn:
            await drafts.deleted(conn, template_id, now)
    return Response(status_code=204)


async def _sender(conn: Conn, row: TemplateRow) -> Where:
    """A channel whose token may change the template. Raises Conflict."""
    where = await read.of_account(conn, row.business_id, row.account_id)
    if where is None:
        raise Conflict("channel_missing", "Connect a number of this business first.")
    return where


def _token(vault: Vault, where: Where) -> str:
    return vault.ring.open(where.token, f"token:{where.channel_id}".encode()).decode()


def _new(row: TemplateRow) -> New:
    return New(
        name=row.name,
        language=row.language,
        category=row.category,
        components=row.components,
        parameter_format=row.parameter_format,
    )
