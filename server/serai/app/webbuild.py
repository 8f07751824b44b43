"""Build the pages in a checkout, when they changed; an installed Serai brings them along."""

import hashlib
import os
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

WEB = Path(__file__).parents[3] / "web"
PAGES = Path(__file__).parent.parent / "web_dist"
LEFT_OUT = {"node_modules", "dist"}
REASON_LINES = 12


class BuildProblem(Exception):
    """The pages could not be built; the message says where to look."""


def build() -> str:
    """Build if anything in web/ changed; returns in words what was done. Raises BuildProblem."""
    if not (WEB / "package.json").exists():
        return "pages come with the package" if PAGES.exists() else "no pages in this installation"
    stamp, digest = PAGES / ".digest", _digest()
    if stamp.exists() and stamp.read_text() == digest:
        return "pages are up to date"
    install(with_tools=False)
    _run(["npx", "--no-install", "vite", "build", "--logLevel", "warn"], "build the pages")
    stamp.write_text(digest)
    return "pages built"


def install(*, with_tools: bool) -> None:
    """Bring node_modules to the lock file; not `npm ci`, which refuses locks of other platforms."""
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = WEB / "node_modules" / ".installed"
    installed = stamp.read_text().split() if stamp.exists() else []
    if installed[:1] == [lock] and (not with_tools or installed[1:] == ["tools"]):
        return
    command = ["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += ["--loglevel=error", *([] if with_tools else ["--omit=dev"])]
    _run(command, "install what the pages are built with")
    stamp.write_text(f"{lock} tools" if with_tools else lock)


def environment() -> dict[str, str]:
    """With the Node that Serai brings first on the path. Raises BuildProblem if there is none."""
    folder = Path(sys.executable).parent
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    if shutil.which("node", path=path) is None:
        raise BuildProblem("Node is missing; start with ./run, which installs it.")
    return {**os.environ, "PATH": path, "NO_COLOR": "1"}


def _run(command: list[str], purpose: str) -> None:
    env = environment()
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    done = subprocess.run(
        [program, *command[1:]], cwd=WEB, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildProblem(f"Could not {purpose}: {_reason(done.stderr or done.stdout)}")


def _reason(printed: str) -> str:
    """What a tool said before it told where in itself that was; its last lines if it told nothing else."""
    lines = [line.strip() for line in printed.strip().splitlines() if line.strip()]
    said = list(takewhile(lambda line: not line.startswith("at "), lines))
    return "\n".join((said or lines)[-REASON_LINES:])


def _digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        if path.is_file() and not LEFT_OUT & set(path.relative_to(WEB).parts):
            digest.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
