"""A pack: one business as a file of data."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from serai.core import hours as core_hours
from serai.core import keywords
from serai.core.hours import Hours, HoursException, Interval
from serai.core.keywords import Match
from serai.features.desk.decide import blanks
from serai.features.templates.store.write import Installed

HOURS = {"any", "open", "closed"}
LONGEST_BODY = 1024
"""Characters of a template's body. Source: WhatsApp Cloud API, template components."""
LONGEST_HEADER = 60
"""Characters of a template's header. Source: WhatsApp Cloud API, template components."""
VARIABLE = re.compile(r"\{\{(\d+)\}\}")
ADJACENT = re.compile(r"\}\}\s*\{\{")
TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
"""Source: WhatsApp Cloud API, template names."""
PLAIN_HEADER = re.compile(r"[\w .,:;!?'&-]+")
"""Letters, digits and marks: no emoji, no text marks, no line break. Source: as above."""
SHORTCUT = re.compile(r"[a-z0-9_-]{1,32}")
LONGEST_TITLE = 80
LONGEST_TEXT = 4096
"""Characters of a text message. Source: WhatsApp Cloud API, text messages."""
SECTORS = {"education", "hospitality", "investment", "ecommerce"}
CATEGORIES = {"UTILITY", "MARKETING"}


class BusinessPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    sector: str
    time_zone: str
    language: str = "en"
    always_human: bool = False
    team: str | None = None


class Texts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    welcome: str | None = None
    away: str | None = None
    """{next_opening} stands for the next opening time."""
    acknowledgement: str | None = None


class RulePart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    priority: int
    match: Match
    reply: str
    language: str | None = None
    channel: str | None = None
    hours: str = "any"


class TemplatePart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    category: str
    body: str
    language: str = "en_US"
    header: str | None = None
    parameters: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def installed(template: TemplatePart) -> Installed:
    """The template in Meta's form."""
    body: dict[str, Any] = {"type": "BODY", "text": template.body}
    if template.samples:
        body["example"] = {"body_text": [list(template.samples)]}
    header = {"type": "HEADER", "format": "TEXT", "text": template.header}
    return Installed(
        name=template.name,
        language=template.language,
        category=template.category,
        components=[header, body] if template.header else [body],
        parameters=template.parameters,
        samples=template.samples,
    )


class ReplyPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quick reply that the business begins with."""

    shortcut: str
    title: str
    body: str
    """With blanks, such as {{business.hours_today}}."""
    language: str = ""
    """Empty: any."""


class Pack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    version: int
    business: BusinessPart
    texts: Texts
    hours: tuple[Interval, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    rules: tuple[RulePart, ...] = ()
    templates: tuple[TemplatePart, ...] = ()
    replies: tuple[ReplyPart, ...] = ()


def read(path: Path) -> Pack:
    """The pack in a TOML file. Raises msgspec.ValidationError, which names what is wrong."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Pack)


def problems(pack: Pack) -> list[str]:
    """What Serai or Meta would not accept; empty if nothing is."""
    hours = Hours(time_zone=pack.business.time_zone, weekly=pack.hours, exceptions=pack.exceptions)
    found = [f"{problem.field}: {problem.text}" for problem in core_hours.problems(hours)]
    found += _business_problems(pack)
    for rule in pack.rules:
        found += [f"rule {rule.key}: {text}" for text in keywords.problems(rule.match)]
        if rule.hours not in HOURS:
            found.append(f"rule {rule.key}: hours is any, open or closed.")
    for template in pack.templates:
        found += [f"template {template.name}: {text}" for text in _template_problems(template)]
    for reply in pack.replies:
        found += [f"reply {reply.shortcut}: {text}" for text in _reply_problems(reply)]
    return found


def _business_problems(pack: Pack) -> list[str]:
    keys = [rule.key for rule in pack.rules]
    names = [(template.name, template.language) for template in pack.templates]
    shortcuts = [(reply.shortcut, reply.language) for reply in pack.replies]
    speaks = pack.rules or pack.texts.welcome or pack.texts.away
    checks = [
        (pack.business.sector not in SECTORS, "there is no such sector."),
        (len(set(keys)) < len(keys), "two rules have the same key."),
        (len(set(names)) < len(names), "two templates have the same name and language."),
        (
            len(set(shortcuts)) < len(shortcuts),
            "two replies have the same shortcut and language.",
        ),
        (
            pack.business.always_human and bool(speaks),
            "where people always answer, automation says nothing but the acknowledgement.",
        ),
        (
            pack.business.always_human and not pack.texts.acknowledgement,
            "where people always answer, an acknowledgement is needed.",
        ),
    ]
    return [f"business: {text}" for is_wrong, text in checks if is_wrong]


def _reply_problems(reply: ReplyPart) -> list[str]:
    checks = [
        (not SHORTCUT.fullmatch(reply.shortcut), "its shortcut has other than a-z, 0-9, _ and -."),
        (
            not 0 < len(reply.title) <= LONGEST_TITLE,
            f"its name has 1 to {LONGEST_TITLE} characters.",
        ),
        (not 0 < len(reply.body) <= LONGEST_TEXT, f"its text has 1 to {LONGEST_TEXT} characters."),
    ]
    return [text for is_wrong, text in checks if is_wrong] + blanks.problems(reply.body)


def _template_problems(template: TemplatePart) -> list[str]:
    """Source: WhatsApp Cloud API, templates: components, variables, validation."""
    body = template.body.strip()
    numbers = [int(number) for number in VARIABLE.findall(body)]
    words = [word for word in body.split() if not VARIABLE.search(word)]
    checks = [
        (not TEMPLATE_NAME.fullmatch(template.name), "its name has other than a-z, 0-9 and _."),
        (template.category not in CATEGORIES, "its category is UTILITY or MARKETING."),
        (
            numbers != list(range(1, len(template.parameters) + 1)),
            "its variables do not fit the names of its parameters.",
        ),
        (
            body.startswith("{{") or body.endswith("}}"),
            "a variable may not stand at the start or the end.",
        ),
        (bool(ADJACENT.search(body)), "two variables stand side by side."),
        (len(words) < 2 * len(numbers) + 1, "it has too few words for its variables."),
        (len(template.samples) != len(template.parameters), "every parameter needs a sample."),
        (len(body) > LONGEST_BODY, f"its body is longer than {LONGEST_BODY} characters."),
        ("\n\n\n" in body or " " * 5 in body, "it has too many line breaks or spaces in a row."),
        (not _is_header(template.header), "its header is too long, or not plain text."),
    ]
    return [text for is_wrong, text in checks if is_wrong]


def _is_header(header: str | None) -> bool:
    if header is None:
        return True
    return len(header) <= LONGEST_HEADER and PLAIN_HEADER.fullmatch(header) is not None
