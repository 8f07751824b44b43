"""serai connect: an app and a number; serai doctor: what is wrong with them."""

import asyncio
import json
import os
from typing import Annotated

import typer

from serai.app import doctor as examination
from serai.app.wiring import vault_of
from serai.features.accounts.store import companies as accounts
from serai.features.channels.store import apps as store
from serai.features.channels.store.apps import AppSecret
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, connect

group = typer.Typer(no_args_is_help=True, help="Connected numbers.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="channel")

    @app.command("connect-app")
    def connect_app(
        app_id: Annotated[str, typer.Argument(help="Meta's id of the app.")],
        name: str = "Meta app",
        organization: str = "My company",
    ) -> None:
        """Connect a Meta app, or give it a new secret; the old one counts two days longer.

        Reads SERAI_APP_SECRET and SERAI_VERIFY_TOKEN, so that neither stands in a shell history.
        """
        names = ("SERAI_APP_SECRET", "SERAI_VERIFY_TOKEN")
        missing = [name for name in names if not os.environ.get(name)]
        if missing:
            raise settings.SettingsProblem(f"{missing[0]} is missing: set it for this command.")
        secret, token = (os.environ[name] for name in names)
        asyncio.run(_connect(settings.load(), organization, app_id, name, secret, token))
        print("Connected. Point the app's webhook at /webhooks/meta.")

    @app.command()
    def doctor(
        repair: Annotated[
            bool, typer.Option("--repair", help="Put right what can be put right from here.")
        ] = False,
        as_json: Annotated[
            bool, typer.Option("--json", help="For programs: one list of findings.")
        ] = False,
    ) -> None:
        """Look at everything from the database to each number; name what is wrong and the remedy.

        Ends with 0 if all is well, else with 1.
        """
        findings = asyncio.run(examination.examine(settings.load(), mends=repair))
        if as_json:
            print(json.dumps([finding._asdict() for finding in findings], indent=2))
        else:
            for finding in findings:
                print(f"{'ok ' if finding.is_well else 'BAD'}  {finding.subject}: {finding.text}")
        if not all(finding.is_well for finding in findings):
            raise typer.Exit(1)


async def _connect(
    wanted: settings.Settings, organization: str, app_id: str, name: str, secret: str, token: str
) -> None:
    async with await connect(wanted.database_url, ENGINE) as conn, conn.transaction():
        organization_id = await accounts.organization(conn, organization)
        app = AppSecret(
            organization_id=organization_id,
            meta_id=app_id,
            name=name,
            verify_token=token,
            secret=secret,
        )
        await store.add_app(conn, vault_of(wanted), app, Clock().now())
