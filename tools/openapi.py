"""Write docs/openapi.json from the server; with --check, say whether it is current."""

import base64
import json
import sys
from pathlib import Path

from serai.app.http import application
from serai.kit.settings import Settings

TARGET = Path(__file__).parent.parent / "docs" / "openapi.json"


def description() -> str:
    """The API's description, as it is committed."""
    key = base64.b64encode(bytes(32)).decode()
    settings = Settings(database_url="postgresql://nowhere", keys=f"none:{key}", index_key=key)  # pyright: ignore
    return json.dumps(application(settings).openapi(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text("utf-8") != description():
            raise SystemExit(
                "docs/openapi.json is not current; run: .venv/bin/python tools/openapi.py"
            )
        return
    TARGET.write_text(description(), "utf-8")


if __name__ == "__main__":
    main()
