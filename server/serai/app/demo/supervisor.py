"""Start everything in order, show each step, watch over it, stop it in order."""

import asyncio
import base64
import os
import secrets
import signal
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TypeVar
from urllib.parse import quote

import psycopg

from serai.app import webbuild
from serai.app.demo import people, world
from serai.app.demo.places import Wish, prepare
from serai.app.demo.processes import Child, DemoProblem, python, wait_for
from serai.app.demo.seed import seed, tell
from serai.kit import migrate
from serai.kit.embedded import Cluster, EmbeddedProblem
from serai.kit.secrets import BlindIndex, KeyRing, Vault

WATCH_SECONDS = 0.25
Done = TypeVar("Done")


class Demo:
    """One run of the demo."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._cluster: Cluster | None = None
        self._children: list[Child] = []
        self._ending = False

    def run(self) -> None:
        """Until Ctrl-C, SIGTERM or the given time. Raises DemoProblem."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        try:
            self._start()
            self._watch()
        except _Ending:
            pass
        except (EmbeddedProblem, webbuild.BuildProblem, migrate.MigrationProblem) as error:
            raise DemoProblem(str(error)) from error
        except (OSError, psycopg.Error) as error:
            raise DemoProblem(
                f"The demo cannot go on: {error}; see {self._wish.var / 'log'}."
            ) from error
        finally:
            self._stop()

    def _start(self) -> None:
        wish = self._wish
        began = time.monotonic()
        step("folder", lambda: prepare(wish))
        step("pages", webbuild.build)
        self._cluster = Cluster(wish.var / "postgres")
        step("PostgreSQL", self._cluster.start)
        url = self._cluster.url()
        step("migrations", lambda: f"{len(migrate.apply(url))} applied")
        env = environment(wish, url)
        self._child("metasim", wish.metasim_port, "/_sim/health", env, metasim_command(wish))
        key = step("four businesses", lambda: seed_once(wish, url, env), shows=False)
        entrance = step("colleagues", lambda: settle_people(wish, url, env), shows=False)
        self._child("mail", wish.mail_port, "/letters", env, mail_command(wish))
        self._child("server", wish.port, "/health/ready", env, python("serai.app.cli", "serve"))
        self._child("worker", 0, "", env, python("serai.app.cli", "work"))
        step("webhook", lambda: connect_webhook(wish))
        address = page(wish, entrance.link)
        print(f"\nReady in {time.monotonic() - began:.1f} s. Open {address}\n", flush=True)
        print(words(wish, key, entrance), flush=True)
        if wish.opens:
            webbrowser.open(address)

    def _child(
        self, name: str, port: int, path: str, env: dict[str, str], command: list[str]
    ) -> None:
        log = self._wish.var / "log" / f"{name}.log"

        def start() -> None:
            child = Child(name, command, env, log)
            self._children.append(child)
            if path:
                wait_for(child, f"http://127.0.0.1:{port}{path}")

        step(name, start)

    def _watch(self) -> None:
        end = time.monotonic() + self._wish.seconds if self._wish.seconds else None
        while end is None or time.monotonic() < end:
            for child in self._children:
                if child.has_ended:
                    raise DemoProblem(f"The {child.name} ended by itself; {child.log} says why.")
            time.sleep(WATCH_SECONDS)

    def _end(self, _: int, __: FrameType | None) -> None:
        if not self._ending:
            self._ending = True
            raise _Ending

    def _stop(self) -> None:
        self._ending = True
        for child in reversed(self._children):
            child.stop()
        if self._cluster is not None:
            self._cluster.stop()
        print("Stopped. Your data is kept.", flush=True)


class _Ending(Exception):
    """Someone asked us to end."""


def step(name: str, work: Callable[[], Done], *, shows: bool = True) -> Done:
    """Do one step and show how long it took."""
    began = time.monotonic()
    print(f"  {name:<16} …", end="", flush=True)
    try:
        done = work()
    except BaseException:
        print(" not done", flush=True)
        raise
    said = done if shows and isinstance(done, str) else "ready"
    print(f"\r  {name:<16} {said} ({time.monotonic() - began:.1f} s)", flush=True)
    return done


def environment(wish: Wish, database_url: str) -> dict[str, str]:
    """For the children: where everything is, and the keys, made once."""
    origins = " ".join(f"http://{host}:{wish.metasim_port}" for host in ("localhost", "127.0.0.1"))
    return {
        **os.environ,
        **keys(wish.var / "keys.env"),
        "SERAI_DATABASE_URL": database_url,
        "SERAI_PORT": str(wish.port),
        "SERAI_DRAIN_SECONDS": "0",
        "SERAI_GRAPH_URL": f"http://127.0.0.1:{wish.metasim_port}",
        "SERAI_LOGIN_URL": f"http://localhost:{wish.metasim_port}",
        "SERAI_CLOCK": "meta",
        "SERAI_DEMO": "true",
        "SERAI_FRAME_ANCESTORS": f"'self' {origins}",
        "SERAI_MEDIA_FOLDER": str(wish.var / "media"),
        "SERAI_SMTP_HOST": "127.0.0.1",
        "SERAI_SMTP_PORT": str(wish.smtp_port),
        "SERAI_SMTP_SECURITY": "none",
        "SERAI_DEMO_MAIL": mail_page(wish),
    }


def keys(path: Path) -> dict[str, str]:
    """The encryption keys in `path`, made there, for its owner only, if there are none."""
    if not path.exists():
        key, index = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
        keep_private(path, f"SERAI_KEYS=demo:{key}\nSERAI_INDEX_KEY={index}\n")
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def keep_private(path: Path, text: str) -> None:
    """A file that only its owner may read, whole or not at all."""
    half = path.with_suffix(".half-written")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    half.write_text(text)
    half.rename(path)


def metasim_command(wish: Wish) -> list[str]:
    state = str(wish.var / "metasim.json")
    program = str(Path(sys.executable).parent / "metasim")
    return [program, "serve", "--port", str(wish.metasim_port), "--state", state]


def mail_command(wish: Wish) -> list[str]:
    return python(
        "serai.app.demo.mail",
        str(wish.smtp_port),
        str(wish.mail_port),
        str(wish.var / "mail"),
    )


def mail_page(wish: Wish) -> str:
    """Where letters can be read."""
    return f"http://localhost:{wish.mail_port}"


def seed_once(wish: Wish, url: str, env: dict[str, str]) -> str:
    """Seed an empty installation; returns the API key, remembered for the next start."""
    kept = wish.var / "demo-key"
    if kept.exists():
        return kept.read_text()
    key = asyncio.run(seed(url, vault_of(env)))
    metasim = f"http://127.0.0.1:{wish.metasim_port}"
    callback = f"http://127.0.0.1:{wish.port}/webhooks/meta"
    tell(metasim, "world", world.world(callback), method="PUT")
    keep_private(kept, key)
    return key


def connect_webhook(wish: Wish) -> str:
    """Meta's handshake, from the pretend Meta to our door. Raises DemoProblem."""
    callback = f"http://127.0.0.1:{wish.port}/webhooks/meta"
    metasim = f"http://127.0.0.1:{wish.metasim_port}"
    tell(metasim, "world", {"apps": [world.world(callback)["apps"][0]]}, method="PUT")
    answer = tell(metasim, f"apps/{world.APP}/subscribe", {})
    if not answer["verified"]:
        raise DemoProblem(f"The pretend Meta could not verify the webhook; see {wish.var / 'log'}.")
    return "verified"


def settle_people(wish: Wish, url: str, env: dict[str, str]) -> people.Entrance:
    """The demo's people, with the password of its first start."""
    kept = wish.var / "demo-password"
    password = people.password_in(kept) or people.new_password()
    keep_private(kept, password)
    return asyncio.run(people.settle(url, vault_of(env), password))


def vault_of(env: dict[str, str]) -> Vault:
    return Vault(KeyRing.parse(env["SERAI_KEYS"]), BlindIndex.parse(env["SERAI_INDEX_KEY"]))


def words(wish: Wish, key: str, entrance: people.Entrance) -> str:
    """How else to come in; of a demo this may be said aloud."""
    emails = ", ".join(people.email_of(role) for role, _ in people.COLLEAGUES)
    return (
        f"Sign in at http://localhost:{wish.port} as {emails}\n"
        f"Password: {entrance.password}\n"
        f"API key: {key}\n"
        f"Mail that Serai sends: {mail_page(wish)}\n"
        "Ctrl-C ends it."
    )


def page(wish: Wish, link: str) -> str:
    """Where a person plays a customer, with the team's inbox beside."""
    beside = quote(f"http://localhost:{wish.port}/inbox#once={link}", safe="")
    return f"http://localhost:{wish.metasim_port}/?beside={beside}"


def has_display() -> bool:
    """Whether opening a browser makes sense."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    return sys.platform != "linux" or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
