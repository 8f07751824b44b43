"""The command line: `metasim serve`."""

import gc
import json
import socket
from pathlib import Path
from typing import Annotated

import typer

from metasim.clock import from_iso
from metasim.register import Unfit
from metasim.server import Run, server
from metasim.shapes import Json, as_object
from metasim.state import Unreadable

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@app.callback()
def root() -> None:
    """A pretend Meta on your own machine: WhatsApp Cloud API, webhooks, clock, faults, people."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="TCP port; 0 lets the system choose.")] = 8789,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    state: Annotated[
        Path | None, typer.Option(help="Keep everything in this file over restarts.")
    ] = None,
    world: Annotated[Path | None, typer.Option(help="JSON with the world to start with.")] = None,
    now: Annotated[
        str | None, typer.Option(help="ISO time to start the clock at; left out: the real time.")
    ] = None,
) -> None:
    """Serve until stopped."""
    try:
        run = Run(state, _world(world), None if now is None else from_iso(now))
    except (Unfit, Unreadable, ValueError) as problem:
        raise typer.BadParameter(str(problem)) from problem
    listener = _listen(host, port)
    run.sim.origin = f"http://{host}:{listener.getsockname()[1]}"
    print(f"metasim listens on {run.sim.origin}", flush=True)
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    gc.set_threshold(20_000, 20, 20)
    server(run, host, port).run(sockets=[listener])


def _world(path: Path | None) -> Json | None:
    if path is None:
        return None
    try:
        world = as_object(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as problem:
        raise typer.BadParameter(f"{path}: {problem}") from problem
    if world is None:
        raise typer.BadParameter(f"{path} does not hold a JSON object.")
    return world


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as problem:
        raise typer.BadParameter(
            f"Port {port} on {host} cannot be used ({problem.strerror}); try --port 0."
        ) from problem
    listener.listen(1024)
    return listener


def main() -> None:
    """Entry point of the console script."""
    app()
