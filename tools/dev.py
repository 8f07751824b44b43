"""./run test, check and bench: what developers and CI run, step by step."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from serai.app import webbuild
from suites import JOBS, WHOLE

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PYTHON_FOLDERS = ("server", "simulator", "e2e", "bench", "tools")
GENERATED = ("openapi", "promises", "permissions")
"""Tools that write files which are committed, and can check them."""
WORKERS = 2
"""Of tests; each has browsers and processes of its own, so a third made nothing faster on two cores."""


def test(arguments: list[str]) -> int:
    """All tests, those of the pages' parts first, then some processes; arguments go to pytest."""
    if arguments[:1] == ["--faults"]:
        return faults(arguments)
    job = next((name for name in JOBS if arguments[:1] == [f"--{name}"]), None)
    if job is not None:
        return one(job, arguments[1:])
    if arguments[:1] == ["--soak"]:
        return soak(arguments[1:2] or ["60"])
    step("what tests need", lambda: webbuild.install(with_tools=True))
    step("pages", webbuild.build)
    names_files = any(Path(each.split("::")[0]).exists() for each in arguments)
    suites = [] if names_files else present(WHOLE)
    counts = any(each.startswith("-n") for each in arguments)
    workers = [] if counts else ["-n", str(WORKERS), "--dist", "loadgroup"]
    command = [str(BIN / "pytest"), "-c", "server/pyproject.toml", "--rootdir", ".", *workers]
    parts = 0 if names_files else npm("test")
    return run([*command, *suites, *arguments]) or parts


def one(job: str, arguments: list[str]) -> int:
    """The tests of one job; attacks in their long form, with every value in every place."""
    step("what tests need", lambda: webbuild.install(with_tools=True))
    step("pages", webbuild.build)
    command = [str(BIN / "pytest"), "-c", "server/pyproject.toml", "--rootdir", "."]
    workers = ["-n", str(WORKERS), "--dist", "loadgroup"]
    long = job == "security"
    env = {**os.environ, **({"SERAI_TEST_LONG": "1"} if long else {})}
    patience = ["--timeout", "1800", "--session-timeout", "0"] if long else []
    return run([*command, *workers, *patience, *present(JOBS[job]), *arguments], env=env)


def faults(arguments: list[str]) -> int:
    """Faults at random under load, a thousand unless it says how many; see `--help` behind it."""
    count = [] if len(arguments) == 1 or arguments[1].startswith("-") else arguments[1:2]
    rest = arguments[1 + len(count) :]
    command = [sys.executable, "-m", "tests.faults.cli", "--results", "../bench/results/faults"]
    return run([*command, *(["--faults", *count] if count else []), *rest], cwd=ROOT / "server")


def soak(minutes: list[str]) -> int:
    """An installation under load for so many minutes; all its promises have to be kept."""
    command = [str(BIN / "pytest"), "-c", "server/pyproject.toml", "--rootdir", ".", "-s"]
    command += ["--timeout", "0", "--session-timeout", "0"]
    env = {**os.environ, "SERAI_SOAK_MINUTES": minutes[0]}
    return run([*command, "server/tests/stories/test_soak.py"], env=env)


def check(_: list[str]) -> int:
    """Format, lint, types, imports, pages, and generated files; those that take longest begin."""
    step("what checks of the pages need", lambda: webbuild.install(with_tools=True))
    python = present(PYTHON_FOLDERS)
    ruff = [str(BIN / "ruff")]
    config = ["--config", "server/pyproject.toml"]
    checks: list[Callable[[], int]] = [
        lambda: npm("lint", quiet=True),
        alert_rules,
        lambda: run([str(BIN / "basedpyright"), "--level", "error"], quiet=True),
        lambda: run(
            [str(BIN / "lint-imports"), "--config", "server/.importlinter", "--no-cache"],
            quiet=True,
        ),
        lambda: npm("types", quiet=True),
        lambda: npm("sentences", quiet=True),
        *(
            partial(run, [sys.executable, f"tools/{name}.py", "--check"], quiet=True)
            for name in GENERATED
        ),
        lambda: run([*ruff, "format", "--check", "-q", *config, *python], quiet=True),
        lambda: run([*ruff, "check", "-q", *config, *python], quiet=True),
    ]
    with ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        return max([done.result() for done in [side_by_side.submit(each) for each in checks]])


def alert_rules() -> int:
    """By Prometheus's own judge, where that is installed (on Debian: apt install prometheus)."""
    judge = shutil.which("promtool")
    if judge is None:
        print("  --  promtool is not here: the alert rules are not judged", flush=True)
        return 0
    return run([judge, "check", "rules", "ops/prometheus/serai-alerts.yaml"], quiet=True)


def bench(arguments: list[str]) -> int:
    return run([sys.executable, "-m", "bench", *arguments])


def npm(script: str, *, quiet: bool = False) -> int:
    env = webbuild.environment()
    return run(["npm", "run", "--silent", script], cwd=ROOT / "web", env=env, quiet=quiet)


def present(folders: tuple[str, ...]) -> list[str]:
    return [folder for folder in folders if (ROOT / folder).exists()]


def step(name: str, work: object) -> None:
    began = time.monotonic()
    work()  # pyright: ignore
    print(f"  {name} ({time.monotonic() - began:.1f} s)", flush=True)


def run(
    command: list[str],
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    *,
    quiet: bool = False,
) -> int:
    """Its exit code. `quiet`: what it says is told at its end, and only if it failed."""
    began = time.monotonic()
    heard = subprocess.PIPE if quiet else None
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env or dict(os.environ),
        check=False,
        stdout=heard,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
    )
    name = " ".join([Path(command[0]).name, *command[1:4]])
    mark = "ok " if done.returncode == 0 else "BAD"
    said = done.stdout if quiet and done.returncode else ""
    print(f"{said}  {mark} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    return done.returncode


COMMANDS = {"test": test, "check": check, "bench": bench}

if __name__ == "__main__":
    os.chdir(ROOT)
    raise SystemExit(COMMANDS[sys.argv[1]](sys.argv[2:]))
