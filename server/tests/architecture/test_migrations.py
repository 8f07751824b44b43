"""A migration does not stop those who work while it runs; `squawk` knows which statements would."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from serai.kit import migrate

RULED_FROM = 43
"""Those before were made when there was no installation yet that had to go on."""
ALSO_RULED = frozenset({41})
OUR_WAY = (
    "require-lock-timeout",  # `kit.migrate` sets it for every migration
    "require-statement-timeout",  # to check or fill a large table may take long; it stops nobody
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
)


def found(path: Path) -> list[str]:
    """What squawk has to say, a line each."""
    inside = [] if path.read_bytes().startswith(migrate.OUTSIDE) else ["--assume-in-transaction"]
    without = [part for rule in OUR_WAY for part in ("-e", rule)]
    squawk = str(Path(sys.executable).parent / "squawk")
    command = [squawk, "--pg-version", "15", "--reporter", "json", *inside, *without, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return [f"{each['line']}: {each['rule_name']}" for each in json.loads(said.stdout or "[]")]


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(migrate.folder().glob("[0-9]*.sql"))
        if int(path.name[:4]) >= RULED_FROM or int(path.name[:4]) in ALSO_RULED
    ],
    ids=lambda path: path.stem,
)
def test_a_migration_stops_nobody(path: Path):
    assert found(path) == [], "see docs/guide/running.md, Migrations without downtime"


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("CREATE INDEX one ON messages (id);", "require-concurrent-index-creation"),
        ("DROP INDEX messages_by_time;", "require-concurrent-index-deletion"),
        ("ALTER TABLE messages ADD COLUMN x text NOT NULL;", "adding-required-field"),
        ("ALTER TABLE messages ADD CONSTRAINT x CHECK (id > 1);", "constraint-missing-not-valid"),
        ("ALTER TABLE messages DROP COLUMN words;", "ban-drop-column"),
        ("ALTER TABLE messages RENAME COLUMN words TO texts;", "renaming-column"),
        ("ALTER TABLE messages ALTER COLUMN words TYPE jsonb;", "changing-column-type"),
        ("ALTER TABLE messages ALTER COLUMN words SET NOT NULL;", "adding-not-nullable-field"),
    ],
)
def test_one_that_would_is_named(tmp_path: Path, statement: str, rule: str):
    path = tmp_path / "0099_bad.sql"
    path.write_text(statement)
    assert rule in " ".join(found(path))
