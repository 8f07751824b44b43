"""How long people waited under load, as a table: from a message to its answer, and from a webhook to 200."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, to_builtins

SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}


class Report(Struct, frozen=True, kw_only=True):
    """Times in milliseconds, by the share of all that took no longer."""

    seconds: float
    messages: int
    """That customers wrote."""
    answers: int
    """That Meta took."""
    answer_ms: Mapping[str, float]
    webhooks: int
    """Messages and statuses that were answered 200."""
    webhook_ms: Mapping[str, float]
    failures: int
    """Webhooks that were answered anything else."""

    @property
    def an_hour(self) -> int:
        return round(self.messages / self.seconds * 3600)


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Of measured times."""
    ordered = sorted(seconds)
    return {
        name: round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1)
        for name, share in SHARES.items()
    }


def estimated(buckets: Mapping[float, float]) -> dict[str, float]:
    """Of a histogram: how many took no longer than each bound in seconds; even within a bucket."""
    return {name: round(_bound(buckets, share) * 1000, 1) for name, share in SHARES.items()}


def _bound(buckets: Mapping[float, float], share: float) -> float:
    wanted = max(buckets.values()) * share
    lower, below = 0.0, 0.0
    for bound in sorted(buckets):
        if buckets[bound] >= wanted:
            if bound == float("inf") or buckets[bound] == below:
                return lower
            return lower + (bound - lower) * (wanted - below) / (buckets[bound] - below)
        lower, below = bound, buckets[bound]
    return lower


def write(report: Report, path: Path) -> None:
    """As `path`.md and `path`.json."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {**to_builtins(report), "an_hour": report.an_hour}
    path.with_suffix(".json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    rows = {
        "message to answer taken by Meta": report.answer_ms,
        "webhook to 200, at the server": report.webhook_ms,
    }
    lines = [
        "# Under load",
        "",
        f"{report.messages} messages in {report.seconds:.0f} s, {report.an_hour} an hour, on one machine with"
        f" everything beside each other; {report.answers} answers. {report.webhooks} webhooks got 200,"
        f" {report.failures} anything else.",
        "",
        f"| ms | {' | '.join(SHARES)} |",
        f"|---|{'---:|' * len(SHARES)}",
        *(f"| {name} | {' | '.join(map(str, ms.values()))} |" for name, ms in rows.items()),
        "",
    ]
    path.with_suffix(".md").write_text("\n".join(lines), "utf-8")
