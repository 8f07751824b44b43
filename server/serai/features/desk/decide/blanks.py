"""Blanks in what is said often: `{{contact.first_name|there}}` becomes a name, or "there"."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from serai.core.hours import Hours, next_opening, opening_hours

BLANK = re.compile(r"\{\{\s*([a-z_]+\.[a-z_]+)\s*(?:\|([^{}|]*))?\}\}")
ANY_BRACES = re.compile(r"\{\{(.*?)\}\}")
NAMES = (
    "contact.name",
    "contact.first_name",
    "business.name",
    "business.address",
    "business.website",
    "business.hours_today",
    "business.next_opening",
    "agent.name",
    "agent.first_name",
)
GAP = re.compile(r"[ \t]{2,}")
BEFORE_MARK = re.compile(r"[ \t]+(?=[,.!?;:])")

CLOSED = {
    "en": "closed",
    "ar": "مغلق",
    "de": "geschlossen",
    "es": "cerrado",
    "fr": "fermé",
    "tr": "kapalı",
}
ALWAYS = {
    "en": "around the clock",
    "ar": "على مدار الساعة",
    "de": "rund um die Uhr",
    "es": "las 24 horas",
    "fr": "24 heures sur 24",
    "tr": "gün boyu",
}
"""By language; English where there is none."""


class Filled(Struct, frozen=True):
    text: str
    missing: tuple[str, ...]
    """Blanks for which nothing is known, and that say nothing else."""


class Around(Struct, frozen=True, kw_only=True):
    """What is known when a reply is filled in."""

    contact_name: str | None
    business_name: str
    address: str | None = None
    website: str | None = None
    agent_name: str
    hours: Hours
    language: str
    now: datetime


def problems(body: str) -> list[str]:
    """What is wrong with the blanks of a text, in words; empty if nothing is."""
    known = {match.group(0) for match in BLANK.finditer(body) if match.group(1) in NAMES}
    return [
        f"{{{{{inner}}}}} is no blank that can be filled in. There are: {', '.join(NAMES)}."
        for inner in ANY_BRACES.findall(body)
        if f"{{{{{inner}}}}}" not in known
    ]


def fill(body: str, values: Mapping[str, str | None]) -> Filled:
    """Each blank with its value, else with what stands behind its bar, else with nothing."""
    missing: list[str] = []

    def said(match: re.Match[str]) -> str:
        value = values.get(match.group(1)) or match.group(2)
        if not value:
            missing.append(match.group(1))
        return (value or "").strip()

    filled = BLANK.sub(said, body)
    tidy = GAP.sub(" ", BEFORE_MARK.sub("", filled)) if missing else filled
    return Filled(tidy, tuple(dict.fromkeys(missing)))


def values(around: Around) -> dict[str, str | None]:
    """What each blank stands for."""
    return {
        "contact.name": around.contact_name,
        "contact.first_name": _first(around.contact_name),
        "business.name": around.business_name,
        "business.address": around.address,
        "business.website": around.website,
        "business.hours_today": hours_today(around),
        "business.next_opening": _opening(around),
        "agent.name": around.agent_name,
        "agent.first_name": _first(around.agent_name),
    }


def hours_today(around: Around) -> str:
    """`08:00–12:00, 13:00–16:00` on the business's own clock; or that it is closed, or always open."""
    spans = opening_hours(around.hours, around.now)
    if spans is None:
        return ALWAYS.get(around.language[:2], ALWAYS["en"])
    return ", ".join(f"{opens}–{closes}" for opens, closes in spans) or CLOSED.get(
        around.language[:2], CLOSED["en"]
    )


def _opening(around: Around) -> str | None:
    at = next_opening(around.hours, around.now)
    if at is None:
        return None
    local = at.astimezone(ZoneInfo(around.hours.time_zone))
    is_today = local.date() == around.now.astimezone(local.tzinfo).date()
    return f"{local:%H:%M}" if is_today else f"{local:%d/%m, %H:%M}"


def _first(name: str | None) -> str | None:
    return name.split()[0] if name and name.split() else None
