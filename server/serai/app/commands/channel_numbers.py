"""serai channel …: connect a number, verify and register it, watch it, let it go on."""

import asyncio
import os
from typing import Annotated, Literal
from uuid import UUID

import typer

from serai.app.commands.channel import group
from serai.app.commands.channel_reach import NumberId, Reach, asked
from serai.app.wiring import vault_of
from serai.core.ids import BusinessId
from serai.features.accounts.store import companies as accounts
from serai.features.businesses.store import rows as businesses
from serai.features.channels.decide import reading as decisions
from serai.features.channels.store import apps, cards, facts, numbers, targets
from serai.features.channels.store.mending import mended
from serai.features.channels.store.numbers import NewChannel
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.settings import Settings, SettingsProblem
from serai.meta.client import Graph
from serai.meta.management import accounts as meta_accounts
from serai.meta.management import numbers as meta_numbers
from serai.meta.management import repair
from serai.meta.management.reading import read

Pin = Annotated[str, typer.Option(prompt=True, hide_input=True, help="Six digits.")]


def register(_: typer.Typer) -> None:
    """The commands register themselves with their group."""


@group.command("list")
def list_numbers() -> None:
    """Every number: how it is, its quality and its limit."""
    for card in asyncio.run(_cards(settings.load())):
        quality = card.number.get("quality_rating", "-")
        state = card.state if card.paused_reason is None else f"{card.state}: {card.paused_reason}"
        print(f"{card.meta_id}  {card.display_phone_number}  {card.name}  {quality}  {state}")


@group.command()
def notices(number: NumberId) -> None:
    """What the owner must or may want to know about a number."""

    async def ask(reach: Reach) -> list[facts.NoticeRow]:
        return await facts.notices(reach.conn, [reach.target.channel_id])

    for each in asked(number, ask):
        print(f"{each.at:%Y-%m-%d %H:%M}  {each.level}: {each.words} {each.next_step}")


@group.command("connect")
def connect_number(
    business: Annotated[str, typer.Argument(help="Key of the business, such as hawana-cafe.")],
    account: Annotated[str, typer.Argument(help="Meta's id of the WhatsApp account.")],
    number: NumberId,
    organization: Annotated[str, typer.Option(help="Name of the company.")] = "My company",
    pin: Annotated[str | None, typer.Option(help="Six digits, to register the number.")] = None,
) -> None:
    """Connect a number with the token in SERAI_TOKEN: subscribe, register if there is a PIN, keep."""
    new = (business, account, number)
    for line in asyncio.run(_connect(settings.load(), organization, new, _token(), pin)):
        print(line)


@group.command()
def resume(number: NumberId) -> None:
    """Let a number go on after what paused it is mended; with SERAI_TOKEN, give it a new token."""

    async def ask(reach: Reach) -> None:
        token = os.environ.get("SERAI_TOKEN")
        now = Clock().now()
        async with reach.conn.transaction():
            await numbers.resume(reach.conn, reach.vault, reach.channel.id, token)
            await mended(reach.conn, reach.channel.id, reach.channel.business_id, now)

    asked(number, ask)
    print("It goes on. What waited is sent now.")


@group.command()
def refresh(number: NumberId) -> None:
    """Read everything about a number from Meta now."""
    print(asked(number, _refresh))


@group.command("register")
def register_number(number: NumberId, pin: Pin) -> None:
    """Take a number into use; the PIN is the one it has, or becomes it."""
    asked(number, lambda reach: meta_numbers.register(reach.graph, reach.token, reach.number, pin))
    print("Registered. Keep the PIN.")


@group.command()
def deregister(number: NumberId) -> None:
    """Take a number out of use."""
    asked(number, lambda reach: meta_numbers.deregister(reach.graph, reach.token, reach.number))
    print("Deregistered. Nothing is sent or received through it any more.")


@group.command("pin")
def set_pin(number: NumberId, pin: Pin) -> None:
    """Set a number's two-step PIN."""
    asked(number, lambda reach: meta_numbers.set_pin(reach.graph, reach.token, reach.number, pin))
    print("Set. Keep it: registering the number again takes it.")


@group.command("request-code")
def request_code(number: NumberId, voice: bool = False, language: str = "en_US") -> None:
    """Have Meta text, or with --voice call, the number with a code."""
    method: Literal["SMS", "VOICE"] = "VOICE" if voice else "SMS"
    asked(
        number,
        lambda reach: meta_numbers.request_code(
            reach.graph, reach.token, reach.number, method, language
        ),
    )
    print("The code is on its way. Give it to: serai channel verify-code")


@group.command("verify-code")
def verify_code(number: NumberId, code: Annotated[str, typer.Argument(help="Six digits.")]) -> None:
    """Prove with the code that the number is yours."""
    asked(
        number, lambda reach: meta_numbers.verify_code(reach.graph, reach.token, reach.number, code)
    )
    print("Verified.")


@group.command("display-name")
def display_name(number: NumberId, name: str) -> None:
    """Ask Meta to show another name."""
    asked(number, lambda reach: meta_numbers.ask_name(reach.graph, reach.token, reach.number, name))
    print("Asked. Meta's answer shows in: serai channel notices")


def _token() -> str:
    token = os.environ.get("SERAI_TOKEN")
    if not token:
        raise SettingsProblem("SERAI_TOKEN is missing: set it for this command.")
    return token


async def _cards(wanted: Settings) -> list[cards.Card]:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await cards.cards(conn)


async def _refresh(reach: Reach) -> str:
    now = Clock().now()
    reading = await read(reach.graph, reach.target.asked, now)
    kept = decisions.kept(reach.target, reading, now)
    async with reach.conn.transaction():
        await facts.keep(reach.conn, [kept])
        await targets.renew(reach.conn, reach.vault, targets.renewed(reach.target, reading, kept))
        await facts.write(reach.conn, list(decisions.learnt(reach.target, reading, now)))
    failed = reading.errors.get("number")
    return f"Meta did not tell: {failed}" if failed else "Read."


async def _connect(
    wanted: Settings,
    organization: str,
    new: tuple[str, str, str],
    token: str,
    pin: str | None,
) -> list[str]:
    business, account, number = new
    vault = vault_of(wanted)
    graph = Graph(wanted.graph_url, wanted.graph_version, wanted.send_timeout_seconds)
    async with graph, await connect(wanted.database_url, ENGINE) as conn:
        company = await accounts.organization(conn, organization)
        owner = await _business(conn, company, business)
        opened = await apps.opened(conn, vault, company)
        if not opened:
            raise SettingsProblem("Connect the Meta app first: serai connect-app.")
        known = await meta_numbers.read(graph, token, number)
        await meta_accounts.subscribe(graph, token, account)
        asked_for = repair.Wanted(opened[0].app, opened[0].verify_token, wanted.callback_url)
        is_whole = await repair.repair(graph, token, account, asked_for)
        if pin is not None and known.status != "CONNECTED":
            await meta_numbers.register(graph, token, number, pin)
        channel = NewChannel(
            business_id=owner,
            inbox_id=await businesses.inbox(conn, owner),
            app_id=opened[0].id,
            name=known.verified_name or known.display_phone_number,
            meta_id=number,
            display_phone_number=known.display_phone_number,
            account_id=account,
            token=token,
        )
        if await numbers.add(conn, vault, channel) is None:
            raise SettingsProblem("Another business uses this number.")
    lines = [f"Connected {known.display_phone_number}."]
    if not is_whole:
        lines.append("Set SERAI_PUBLIC_URL and run: serai doctor --repair")
    return lines


async def _business(conn: Conn, organization: UUID, key: str) -> BusinessId:
    owner = await numbers.business_of(conn, organization, key)
    if owner is None:
        raise SettingsProblem(f"There is no business {key}; install one with: serai pack install")
    return owner
