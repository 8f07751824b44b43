"""A pack: one business as a file of data."""

import re
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from serai.core import hours as core_hours
from serai.core import keywords
from serai.core.hours import Hours, HoursException, Interval
from serai.core.keywords import Match

HOURS = {"any", "open", "closed"}
LONGEST_BODY = 1024
"""Characters of a template's body. Source: WhatsApp Cloud API, template components."""
VARIABLE = re.compile(r"\{\{(\d+)\}\}")


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
    hours: str = "any"


class TemplatePart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    category: str
    body: str
    language: str = "en_US"
    header: str | None = None
    parameters: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


class Pack(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    version: int
    business: BusinessPart
    texts: Texts
    hours: tuple[Interval, ...] = ()
    exceptions: tuple[HoursException, ...] = ()
    rules: tuple[RulePart, ...] = ()
    templates: tuple[TemplatePart, ...] = ()


def read(path: Path) -> Pack:
    """The pack in a TOML file. Raises msgspec.ValidationError, which names what is wrong."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Pack)


def problems(pack: Pack) -> list[str]:
    """What Serai or Meta would not accept; empty if nothing is."""
    hours = Hours(time_zone=pack.business.time_zone, weekly=pack.hours, exceptions=pack.exceptions)
    found = [f"{problem.field}: {problem.text}" for problem in core_hours.problems(hours)]
    for rule in pack.rules:
        found += [f"rule {rule.key}: {text}" for text in keywords.problems(rule.match)]
        if rule.hours not in HOURS:
            found.append(f"rule {rule.key}: hours is any, open or closed.")
    for template in pack.templates:
        found += [f"template {template.name}: {text}" for text in _template_problems(template)]
    return found


def _template_problems(template: TemplatePart) -> list[str]:
    """Source: WhatsApp Cloud API, templates: variables in order, not at either end."""
    body = template.body.strip()
    numbers = [int(number) for number in VARIABLE.findall(body)]
    found: list[str] = []
    if numbers != list(range(1, len(template.parameters) + 1)):
        found.append("its variables do not fit the names of its parameters.")
    if body.startswith("{{") or body.endswith("}}"):
        found.append("a variable may not stand at the start or the end.")
    if len(template.samples) != len(template.parameters):
        found.append("every parameter needs a sample.")
    if len(body) > LONGEST_BODY:
        found.append(f"its body is longer than {LONGEST_BODY} characters.")
    return found
