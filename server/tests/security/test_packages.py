"""What is installed: pinned by hash, and under licences that a company can live with."""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "tools/uv.txt")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|Unlicense|Zlib|LGPL|PostgreSQL|HPND|0BSD"
    r"|Public Domain|CC0|BlueOak|CC-BY|WTFPL|OFL|Python-2|Permission is hereby granted",
    re.IGNORECASE,
)
"""Parts of the names of licences that ask for nothing of those who only use a program."""


def packages(lock: str) -> dict[str, tuple[str, str]]:
    """By name: the version, and everything that stands under it."""
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if start := PINNED.match(line):
            name = start[1].lower()
            found[name] = (start[2], line)
        elif name and line.startswith(" "):
            found[name] = (found[name][0], found[name][1] + line)
        else:
            assert not line.strip() or line.startswith("#"), f"{lock}: {line}"
    return found


def test_every_package_is_locked_to_one_version_and_its_hashes():
    for lock in LOCKS:
        found = packages(lock)
        assert found
        assert not [name for name, (_, text) in found.items() if "--hash=sha256:" not in text]


def test_every_package_of_the_pages_is_locked_to_its_hash():
    lock = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))
    loose = [
        name
        for name, each in lock["packages"].items()
        if name
        and not each.get("link")
        and not (each.get("integrity", "").startswith("sha512-"))
        and not each.get("inBundle")
    ]
    assert loose == []


def licence(name: str) -> str:
    told: Any = metadata.metadata(name)
    classifiers: list[str] = told.get_all("Classifier") or []
    classified = " ".join(each for each in classifiers if "License" in each)
    return (
        f"{told.get('License-Expression') or ''} {(told.get('License') or '')[:200]} {classified}"
    )


def test_what_runs_has_a_licence_that_lets_a_company_use_it():
    unknown: list[str] = []
    for name in packages("requirements/run.txt"):
        try:
            said = licence(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        if not FREE.search(said):
            unknown.append(f"{name}: {said.strip()}")
    assert unknown == []


def test_what_is_in_the_pages_has_such_a_licence_too():
    lock = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))
    told = {
        name: str(each.get("license"))
        for name, each in lock["packages"].items()
        if name and not each.get("dev")
    }
    assert not {name: said for name, said in told.items() if not FREE.search(said)}
