"""Logs as JSON lines on stderr, with facts and ids in them and no people.

Whatever still looks like an address, a token or a phone number is blotted out before it is written.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

BLOT = "[redacted]"
SECRET_NAMES = re.compile(
    r"token|secret|password|authorization|api_?key|phone|email|\bto\b|wa_id", re.IGNORECASE
)
PATTERNS = (
    re.compile(r"(?m)(?<=^DETAIL:)  .*$|(?<=^CONTEXT:)  .*$|(?<=^STATEMENT:)  .*$"),
    re.compile(r"(?<=invalid input syntax for type )[^\n]*"),
    re.compile(r"(?<=input_value=).*(?=, input_type=)"),
    re.compile(r"(?i)bearer\s+[\w.~+/=|-]+"),
    re.compile(r"(?i)(?:token|secret|password|api_?key)[\"']?\s*[=:]\s*[\"']?[^&\s\"',}]+"),
    re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"),
    re.compile(r"\bEAA\w{8,}"),
    re.compile(r"\bserai_[\w-]{8,}"),
    re.compile(r"\bwamid\.[\w+/=-]+"),  # holds the phone number, in base64
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?<![\w.-])\+?\(?\d(?:[ \u00a0().-]{0,2}\d){9,14}(?![\w-])"),
)
"""The first three: rows and values that PostgreSQL and Pydantic repeat in their errors. The last: a phone
number, 10 to 15 digits however people group them; no part of an id."""


def redacted(text: str) -> str:
    """The text without tokens, e-mail addresses and phone numbers."""
    for pattern in PATTERNS:
        text = pattern.sub(BLOT, text)
    return text


def redact(_: Any, __: str, entry: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """A structlog processor: blots out values by their name, and texts by their look."""
    return {name: _clean(name, value) for name, value in entry.items()}


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, bool | None) or name in {"timestamp", "level"}:
        return value
    if SECRET_NAMES.search(name):
        return BLOT
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return {redacted(str(key)): _clean(str(key), each) for key, each in value.items()}  # pyright: ignore
    if isinstance(value, list | tuple):
        return [_clean(name, each) for each in value]  # pyright: ignore
    return redacted(str(value))


PROCESSORS: tuple[Any, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    redact,
)


def set_up(level: str) -> None:
    """Send everything, also what libraries log, through one redacting JSON writer."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=PROCESSORS,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    structlog.configure(
        processors=[*PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logger(name: str) -> Any:
    """A logger: `log.info("stable_name", message_id=…)`; ids and counts, never texts of people."""
    return structlog.stdlib.get_logger(name)
