"""serai demo: everything on this machine, with a pretend Meta."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from serai.app.demo.places import Wish, first_free
from serai.app.demo.processes import DemoProblem
from serai.app.demo.supervisor import Demo, has_display

ROOT = Path(__file__).parents[4]


def register(app: typer.Typer) -> None:
    @app.command()
    def demo(
        port: Annotated[int, typer.Option(help="Of Serai.")] = 8788,
        metasim_port: Annotated[
            int, typer.Option(help="Of the pretend Meta; the page with mail has the next free one.")
        ] = 8789,
        var: Annotated[Path, typer.Option(help="Where data and logs are kept.")] = ROOT / "var",
        fresh: Annotated[
            bool, typer.Option("--fresh", help="Begin anew; deletes the data.")
        ] = False,
        no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
        seconds: Annotated[float, typer.Option(help="Stop after this long; 0: run on.")] = 0,
    ) -> None:
        """Run Serai with a pretend Meta and four businesses. Needs no account anywhere."""
        opens = not no_open and has_display()
        mail = first_free(metasim_port + 1)
        smtp = first_free(mail + 1)
        wish = Wish(var.resolve(), port, metasim_port, mail, smtp, fresh, opens, seconds)
        try:
            Demo(wish).run()
        except DemoProblem as error:
            print(error, file=sys.stderr)
            raise typer.Exit(1) from None
