"""./run test, check and bench: what developers and CI run, step by step."""

import os
import subprocess
import sys
import time
from pathlib import Path

from serai.app import webbuild

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SUITES = ("server/tests", "simulator/tests", "e2e")
PYTHON_FOLDERS = ("server", "simulator", "e2e", "bench", "tools")


def test(arguments: list[str]) -> int:
    """All tests, those of the pages' parts first, then two processes; arguments go to pytest."""
    step("what tests need", lambda: webbuild.install(with_tools=True))
    step("pages", webbuild.build)
    names_files = any(Path(each.split("::")[0]).exists() for each in arguments)
    suites = [] if names_files else present(SUITES)
    counts = any(each.startswith("-n") for each in arguments)
    workers = [] if counts else ["-n", "2", "--dist", "loadgroup"]
    command = [str(BIN / "pytest"), "-c", "server/pyproject.toml", "--rootdir", ".", *workers]
    parts = 0 if names_files else npm("test")
    return run([*command, *suites, *arguments]) or parts


def check(_: list[str]) -> int:
    """Format, lint, types, imports, pages, and generated files."""
    python = present(PYTHON_FOLDERS)
    ruff = [str(BIN / "ruff")]
    config = ["--config", "server/pyproject.toml"]
    failed = [
        run([*ruff, "format", "--check", "-q", *config, *python]),
        run([*ruff, "check", "-q", *config, *python]),
        run([str(BIN / "basedpyright"), "--level", "error"]),
        run([str(BIN / "lint-imports"), "--config", "server/.importlinter", "--no-cache"]),
        run([sys.executable, "tools/openapi.py", "--check"]),
        run([sys.executable, "tools/promises.py", "--check"]),
        run([sys.executable, "tools/permissions.py", "--check"]),
    ]
    step("what checks of the pages need", lambda: webbuild.install(with_tools=True))
    failed += [npm("types"), npm("lint"), npm("sentences")]
    return max(failed)


def bench(arguments: list[str]) -> int:
    return run([sys.executable, "-m", "bench", *arguments])


def npm(script: str) -> int:
    env = webbuild.environment()
    return run(["npm", "run", "--silent", script], cwd=ROOT / "web", env=env)


def present(folders: tuple[str, ...]) -> list[str]:
    return [folder for folder in folders if (ROOT / folder).exists()]


def step(name: str, work: object) -> None:
    began = time.monotonic()
    work()  # pyright: ignore
    print(f"  {name} ({time.monotonic() - began:.1f} s)", flush=True)


def run(command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None) -> int:
    began = time.monotonic()
    code = subprocess.run(command, cwd=cwd, env=env or dict(os.environ), check=False).returncode
    name = " ".join([Path(command[0]).name, *command[1:3]])
    print(
        f"  {'ok ' if code == 0 else 'BAD'} {name} ({time.monotonic() - began:.1f} s)", flush=True
    )
    return code


COMMANDS = {"test": test, "check": check, "bench": bench}

if __name__ == "__main__":
    os.chdir(ROOT)
    raise SystemExit(COMMANDS[sys.argv[1]](sys.argv[2:]))
