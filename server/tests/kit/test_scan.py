"""A scanner's ending tells: clean, infected, or that it could not look."""

from pathlib import Path

import pytest
from serai.kit.scan import Scanner, ScannerAway


def scanner(folder: Path, body: str, patience: float = 5.0) -> Scanner:
    program = folder / "my scanner"
    program.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    program.chmod(0o700)
    return Scanner(f"'{program}' --quiet", patience)


@pytest.mark.parametrize(("body", "infected"), [("exit 0", False), ("exit 1", True)])
async def test_zero_is_clean_and_one_is_infected(tmp_path: Path, body: str, infected: bool):
    assert await scanner(tmp_path, body).is_infected(tmp_path / "file") is infected


async def test_the_path_comes_last_as_one_argument_whatever_is_in_it(tmp_path: Path):
    path = tmp_path / "a b; touch owned"
    path.write_text("x")

    found = scanner(tmp_path, f'[ "$1" = --quiet ] && [ "$2" = "{path}" ] && exit 1; exit 2')
    assert await found.is_infected(path) is True


async def test_a_scanner_is_not_told_our_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERAI_KEYS", "secret")

    assert not await scanner(tmp_path, 'exit "${SERAI_KEYS:+1}0"').is_infected(tmp_path / "file")


@pytest.mark.parametrize("body", ["exit 2", "kill -9 $$", "sleep 60"])
async def test_any_other_ending_is_no_answer(tmp_path: Path, body: str):
    with pytest.raises(ScannerAway):
        await scanner(tmp_path, body, patience=0.5).is_infected(tmp_path / "file")


@pytest.mark.parametrize("command", ["/no/such/scanner", "'unfinished"])
async def test_a_scanner_that_cannot_be_started_is_no_answer(tmp_path: Path, command: str):
    with pytest.raises(ScannerAway):
        await Scanner(command).is_infected(tmp_path / "file")
