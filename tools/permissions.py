"""Write docs/guide/permissions.md from the routes, roles and scopes; --check compares."""

import base64
import sys
from collections import defaultdict
from pathlib import Path

from serai.app.http import application
from serai.app.routes import routes
from serai.core.permissions import OF_THE_COMPANY, ROLES, SCOPES, Permission
from serai.kit.settings import Settings

TARGET = Path(__file__).parent.parent / "docs" / "guide" / "permissions.md"
INTRO = """# Permissions

Made from the code by `tools/permissions.py`; a test asks every route as every role and scope.

A role counts at the whole company or at single businesses. What is marked † concerns the company itself: a
role or a key at some of its businesses does not give it. A key's scope is any permission, or one of the last
three columns.
"""


def page() -> str:
    """The text of the page."""
    columns = {str(role): may for role, may in ROLES.items()} | dict(SCOPES)
    names = [*(role.value for role in ROLES), *(f"`{scope}`" for scope in SCOPES)]
    lines = [INTRO, f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for permission in Permission:
        mark = " †" if permission in OF_THE_COMPANY else ""
        cells = ("✓" if permission in may else "" for may in columns.values())
        lines.append(f"| `{permission}`{mark} | {' | '.join(cells)} |")
    lines += ["", "## What each opens", "A route that asks for several needs all of them.", ""]
    for permission, asked in _asked().items():
        lines += [f"**`{permission}`**", "", *(f"- `{each}`" for each in asked), ""]
    return "\n".join(lines)


def _asked() -> dict[str, list[str]]:
    """Routes by the permission that says most of them: what changes something before what looks."""
    found: dict[str, list[str]] = defaultdict(list)
    for route in routes(application(_settings())):
        for permission in route.permissions:
            if not permission.endswith(":read") or len(route.permissions) == 1:
                found[permission].append(f"{route.method} {route.path.removeprefix('/api/v1')}")
    return {each: sorted(found[each], key=_place) for each in Permission if each in found}


def _place(route: str) -> tuple[str, str]:
    method, path = route.split(" ", 1)
    return path, method


def _settings() -> Settings:
    key = base64.b64encode(bytes(32)).decode()
    given = {"database_url": "postgresql://nowhere", "keys": f"none:{key}", "index_key": key}
    return Settings.model_validate(given)


def main() -> None:
    if "--check" not in sys.argv:
        TARGET.write_text(page(), "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != page():
        raise SystemExit(
            "docs/guide/permissions.md is not current; run: .venv/bin/python tools/permissions.py"
        )


if __name__ == "__main__":
    main()
