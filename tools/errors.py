"""Write docs/guide/errors.md from the table of Meta's error codes."""

from pathlib import Path

from serai.meta.codes.page import page

TARGET = Path(__file__).parent.parent / "docs" / "guide" / "errors.md"


def main() -> None:
    TARGET.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
