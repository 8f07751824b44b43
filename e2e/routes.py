"""Which pages there are, read where they are declared: a new one is known without being told."""

import re
from pathlib import Path

APP = Path(__file__).parents[1] / "web" / "src" / "app"
ROUTE = re.compile(
    r"const (?P<name>\w+) = createRoute\(\{\s*getParentRoute: \(\) => (?P<parent>\w+),\s*"
    r"path: '(?P<path>[^']*)'"
)
SECTION = re.compile(r"^    path: '([a-z-]+)',$", re.MULTILINE)


def addresses() -> set[str]:
    """Every address as it is declared: "/contacts/$contactId"; each page of the settings by its name."""
    found = list(ROUTE.finditer((APP / "router.tsx").read_text()))
    full = {"root": ""}
    for each in found:
        path = each["path"].strip("/")
        full[each["name"]] = f"{full[each['parent']]}/{path}".rstrip("/")
    declared = {full[each["name"]] or "/" for each in found}
    sections = SECTION.findall((APP / "settings-sections.tsx").read_text())
    assert sections, "the settings are declared elsewhere now"
    return (declared - {"/settings/$section"}) | {f"/settings/{name}" for name in sections}
