"""What is logged here is written as in production: a traceback without the values around it."""

from collections.abc import Iterator

import pytest
import structlog
from serai.kit import log


@pytest.fixture(autouse=True)
def plain_log() -> Iterator[None]:
    structlog.configure(
        processors=[*log.PROCESSORS, structlog.processors.JSONRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    yield
    structlog.reset_defaults()
