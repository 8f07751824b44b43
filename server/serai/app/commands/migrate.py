"""serai migrate: bring the database to this version."""

from typing import Annotated

import typer

from serai.kit import migrate as migrations
from serai.kit import settings


def register(app: typer.Typer) -> None:
    @app.command()
    def migrate(
        down: Annotated[bool, typer.Option(help="Remove everything of Serai's instead.")] = False,
        yes: Annotated[bool, typer.Option(help="Do not ask.")] = False,
    ) -> None:
        """Apply the migrations that are not applied yet."""
        url = settings.load().database_url
        if down:
            if not yes:
                typer.confirm("This deletes every conversation and contact. Go on?", abort=True)
            migrations.down(url)
            print("Removed.")
            return
        applied = migrations.apply(url)
        print("\n".join(f"applied {name}" for name in applied) or "Nothing to do.")
