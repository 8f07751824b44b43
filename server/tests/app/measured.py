"""What a page of metrics says, read as Prometheus reads it."""

from prometheus_client.parser import text_string_to_metric_families
from serai.app.watching.page import Metrics


class Read:
    """The samples of one page."""

    def __init__(self, text: str) -> None:
        self.samples = {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }
        self.names = {name for name, _ in self.samples}

    def value(self, name: str, **labels: str) -> float:
        """0 where there is no such sample: nothing was counted yet."""
        return self.samples.get((name, frozenset(labels.items())), 0.0)


async def read(metrics: Metrics) -> Read:
    """What it says now, however lately the database was asked."""
    metrics._looked_at = float("-inf")  # pyright: ignore[reportPrivateUsage]
    return Read((await metrics.page()).body.decode())
