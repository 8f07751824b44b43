"""serai channel …: what people see of a number, and whom it does not want to hear from."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from serai.app.commands.channel import group
from serai.app.commands.channel_reach import NumberId, Reach, asked
from serai.core.ids import Person
from serai.kit.settings import SettingsProblem
from serai.meta.management import accounts, blocks, codes, numbers, profile
from serai.meta.management.nodes import Automation, Commerce, Profile, Username

qr = typer.Typer(no_args_is_help=True, help="QR codes and short links of a number.")
Phone = Annotated[str, typer.Argument(help="With country code; only digits count.")]
TEXTS = ("about", "address", "description", "email", "vertical")
MIME_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def register(_: typer.Typer) -> None:
    """The commands register themselves with their group."""
    group.add_typer(qr, name="qr")


@group.command("profile")
def show_profile(
    number: NumberId,
    change: Annotated[
        list[str] | None, typer.Option("--set", help="Written as about=text; see the names shown.")
    ] = None,
) -> None:
    """Show a number's business profile, after changing what is given."""
    changes = _changes(change or [])

    async def ask(reach: Reach) -> Profile:
        if changes:
            await profile.write(reach.graph, reach.token, reach.number, changes)
        return await profile.read(reach.graph, reach.token, reach.number)

    found = asked(number, ask)
    for name in TEXTS:
        print(f"{name}={getattr(found, name)}")
    for site in found.websites:
        print(f"website={site}")


@group.command()
def picture(number: NumberId, file: Path) -> None:
    """Set a number's picture from a JPEG or PNG."""
    mime_type = MIME_TYPES.get(file.suffix.lower())
    if mime_type is None or not file.is_file():
        raise SettingsProblem(f"{file} is no JPEG or PNG file.")

    content = file.read_bytes()

    async def ask(reach: Reach) -> None:
        if reach.target.app is None:
            raise SettingsProblem("Give the Meta app its secret: serai connect-app.")
        app = reach.target.app.id
        handle = await profile.upload(reach.graph, reach.token, app, content, mime_type)
        await profile.write(
            reach.graph, reach.token, reach.number, {"profile_picture_handle": handle}
        )

    asked(number, ask)
    print("Set.")


@group.command()
def commerce(number: NumberId, cart: bool = True, catalogue: bool = False) -> None:
    """Show or hide a number's cart and catalogue."""
    wanted = Commerce(is_cart_enabled=cart, is_catalog_visible=catalogue)
    asked(number, lambda r: profile.set_commerce(r.graph, r.token, r.number, wanted))
    print(f"Cart {'on' if cart else 'off'}, catalogue {'on' if catalogue else 'off'}.")


@group.command()
def welcome(
    number: NumberId,
    ice_breaker: Annotated[list[str] | None, typer.Option(help="At most four.")] = None,
    command: Annotated[list[str] | None, typer.Option(help="Written as name=hint.")] = None,
) -> None:
    """Replace what people see before they write; with no options: show it."""
    commands = [_command(each) for each in command or []]

    async def ask(reach: Reach) -> Automation:
        if ice_breaker or commands:
            await numbers.set_automation(
                reach.graph, reach.token, reach.number, ice_breaker or [], commands
            )
        return await numbers.automation(reach.graph, reach.token, reach.number)

    found = asked(number, ask)
    for each in found.prompts:
        print(f"ice breaker: {each}")
    for each in found.commands:
        print(f"/{each.command_name}: {each.command_description}")


@group.command()
def username(number: NumberId, name: Annotated[str | None, typer.Argument()] = None) -> None:
    """Show a number's username, after asking for `name` if it is given."""

    async def ask(reach: Reach) -> Username:
        if name is not None:
            await numbers.set_username(reach.graph, reach.token, reach.number, name)
        return await numbers.username(reach.graph, reach.token, reach.number)

    found = asked(number, ask)
    print(f"{found.username or 'none'} ({found.status or 'not told'})")


@group.command()
def health(number: NumberId) -> None:
    """Whether messages can be sent, link by link, asked of Meta now."""
    found = asked(number, lambda r: accounts.health(r.graph, r.token, r.number))
    for part in found.entities:
        words = [error.error_description for error in part.errors] + list(part.additional_info)
        print(f"{part.entity_type}: {part.can_send_message} {' '.join(words)}".rstrip())


@group.command("identity-check")
def identity_check(number: NumberId, on: bool = True) -> None:
    """Have Meta refuse messages to people whose identity changed since they last wrote."""
    asked(number, lambda r: numbers.check_identity(r.graph, r.token, r.number, is_on=on))
    print(f"The check is {'on' if on else 'off'}.")


@group.command("block")
def block_person(number: NumberId, phone: Phone) -> None:
    """Neither side reaches the other any more; within 24 hours of their last message."""
    asked(number, lambda r: blocks.block(r.graph, r.token, r.number, _person(phone)))
    print("Blocked.")


@group.command("unblock")
def unblock_person(number: NumberId, phone: Phone) -> None:
    """They may write again."""
    asked(number, lambda r: blocks.unblock(r.graph, r.token, r.number, _person(phone)))
    print("Unblocked.")


@qr.command("list")
def list_codes(number: NumberId) -> None:
    """All codes of a number."""
    for code in asked(number, lambda r: codes.codes_of(r.graph, r.token, r.number)):
        print(f"{code.code}  {code.deep_link_url}  {code.prefilled_message}")


@qr.command("add")
def add_code(number: NumberId, text: str, png: bool = False) -> None:
    """A new code that opens a chat with this text; it never expires."""
    kind: Literal["SVG", "PNG"] = "PNG" if png else "SVG"
    made = asked(number, lambda r: codes.create(r.graph, r.token, r.number, text, kind))
    print(f"{made.code}  {made.deep_link_url}\n{made.qr_image_url}")


@qr.command("change")
def change_code(number: NumberId, code: str, text: str) -> None:
    """Another text behind a code that may be printed already."""
    asked(number, lambda r: codes.change(r.graph, r.token, r.number, code, text))
    print("Changed.")


@qr.command("remove")
def remove_code(number: NumberId, code: str) -> None:
    """Take a code out of use; what is printed leads nowhere then."""
    asked(number, lambda r: codes.remove(r.graph, r.token, r.number, code))
    print("Removed.")


def _changes(written: list[str]) -> dict[str, object]:
    """What to change in a profile; websites come one by one and go together."""
    pairs = [each.partition("=") for each in written]
    wrong = next((name for name, _, _ in pairs if name not in {*TEXTS, "website"}), None)
    if wrong is not None:
        raise SettingsProblem(f"{wrong!r} is none of {', '.join(TEXTS)}, website.")
    changes: dict[str, object] = {name: value for name, _, value in pairs if name != "website"}
    sites = [value for name, _, value in pairs if name == "website"]
    return changes | ({"websites": sites} if sites else {})


def _command(written: str) -> dict[str, str]:
    name, _, hint = written.partition("=")
    if not name or not hint:
        raise SettingsProblem(f"Write a command as name=hint, not {written!r}.")
    return {"command_name": name, "command_description": hint}


def _person(phone: str) -> Person:
    return Person(phone="".join(filter(str.isdigit, phone)))
