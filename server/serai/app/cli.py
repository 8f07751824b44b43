"""`serai`: every command. Each says in one sentence what is wrong and what to do."""

import getpass
import json
import sys

import psycopg
import typer

from serai.app.backup.copies import BackupProblem
from serai.app.backup.files import Damaged
from serai.app.commands import (
    backup,
    channel,
    channel_looks,
    channel_numbers,
    demo,
    form,
    keys,
    limits,
    marketing_route,
    migrate,
    owner,
    pack,
    replay,
    run,
    template,
)
from serai.kit.db import ACTING
from serai.kit.embedded import EmbeddedProblem
from serai.kit.errors import Upstream
from serai.kit.migrate import MigrationProblem
from serai.kit.pg_tools import ToolProblem
from serai.kit.secrets import BadKey, CannotOpen
from serai.kit.settings import SettingsProblem

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="One inbox for a company's whole presence on Meta's platforms.",
)
for group in (
    run,
    migrate,
    backup,
    replay,
    pack,
    keys,
    owner,
    channel,
    channel_numbers,
    channel_looks,
    limits,
    marketing_route,
    template,
    form,
    demo,
):
    group.register(app)

LASTING = {"serve", "work", "demo"}
"""Not acts of whoever started them."""
DEMO = "serai demo"
"""What a demo fills itself with is nobody's work, and not the server's own either."""


@app.callback()
def act(context: typer.Context) -> None:
    """One inbox for a company's whole presence on Meta's platforms."""
    command = context.invoked_subcommand
    if command == "demo":
        ACTING.set(json.dumps({"kind": "command", "name": DEMO, "action": "command.demo"}))
    elif command not in LASTING:
        told = {"kind": "command", "name": f"serai {command} ({getpass.getuser()})"}
        ACTING.set(json.dumps(told | {"action": f"command.{command}"}))


EXPECTED = (
    SettingsProblem,
    EmbeddedProblem,
    MigrationProblem,
    BadKey,
    CannotOpen,
    BackupProblem,
    Damaged,
    ToolProblem,
)


def main() -> None:
    try:
        app()
    except EXPECTED as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    except Upstream as error:
        reason = str(error) or type(error).__name__
        print(f"Meta did not do it: {reason}", file=sys.stderr)
        raise SystemExit(2) from None
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1:] or ["no reason given"]
        print(
            f"The database cannot be used ({reason[0]}); check SERAI_DATABASE_URL.", file=sys.stderr
        )
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
