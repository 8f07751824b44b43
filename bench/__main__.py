"""./run bench NAME [--rounds N]: its table and its JSON."""

import json
import platform
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    contacts,
    growth,
    ingest,
    memory,
    million,
    pace,
    process,
    queries,
    search,
    send,
    web,
    whole,
)

RESULTS = Path(__file__).parent / "results"
BENCHMARKS: dict[str, Callable[[], list[dict[str, object]]]] = {
    "contacts": contacts.once,
    "growth": growth.once,
    "ingest": ingest.once,
    "memory": memory.once,
    "million": million.once,
    "pace": pace.once,
    "process": process.once,
    "queries": queries.once,
    "send": send.once,
    "web": web.once,
    "search": search.once,
    "whole": whole.once,
}
ROUNDS = 5


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHMARKS:
        raise SystemExit(f"Say which: ./run bench {' | '.join(BENCHMARKS)} [--rounds N]")
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else ROUNDS
    runs = [BENCHMARKS[name]() for _ in range(rounds)]
    rows = [_median([run[position] for run in runs]) for position in range(len(runs[0]))]
    table = _table(rows)
    print(table)
    RESULTS.mkdir(exist_ok=True)
    result = {
        "benchmark": name,
        "rounds": rounds,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "medians": rows,
        "runs": runs,
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
    (RESULTS / f"{name}.md").write_text(table + "\n")


def _median(rows: list[dict[str, object]]) -> dict[str, object]:
    """Of the numbers; texts are the same in every run."""
    return {
        key: round(statistics.median(float(str(row[key])) for row in rows), 2)
        if isinstance(value, int | float)
        else value
        for key, value in rows[0].items()
    }


def _table(rows: list[dict[str, object]]) -> str:
    heads = list(rows[0])
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(str(row[head]) for head in heads)} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
