"""The link by which the first person of a new installation comes in: printed where only its owner looks."""

import psycopg

from serai.features.accounts.store import people, tokens
from serai.kit.clock import Clock
from serai.kit.db import Conn
from serai.kit.settings import Settings


async def set_up_link(conn: Conn, settings: Settings) -> str | None:
    """A new link that works once, for a day; None when the installation has people."""
    try:
        if await people.is_anybody_there(conn):
            return None
        token = tokens.new_token()
        await tokens.add(conn, "set_up", token, Clock().now())
    except psycopg.errors.UndefinedTable:
        return None  # not migrated yet; the doctor says so
    return f"{address_of(settings)}/welcome/first-run#token={token}"


def address_of(settings: Settings) -> str:
    """Where people open Serai, as far as the settings tell."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    return f"http://{settings.host}:{settings.port}"
