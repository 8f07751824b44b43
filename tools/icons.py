"""Draws the icons of the installed app from `web/public/icon.svg`: `python tools/icons.py CHROMIUM`."""

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).parents[1] / "web/public"
NIGHT = "#1d2145"
ICONS = [
    ("192", 192, 1.0, ""),
    ("512", 512, 1.0, ""),
    ("apple", 180, 0.86, NIGHT),
    ("maskable", 512, 0.72, NIGHT),
]
"""Name, pixels, share of the side that the drawing fills, what is behind it."""


def main(chromium: str) -> None:
    svg = (PUBLIC / "icon.svg").read_text()
    arch = re.sub(r"<rect[^>]*/>", "", svg).replace("#f0b34a", "#fff")
    wanted = [(name, side, share, behind, svg) for name, side, share, behind in ICONS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, side, share, behind, drawing in [*wanted, ("badge", 96, 1.0, "", arch)]:
            page = browser.new_page(viewport={"width": side, "height": side})
            style = f"margin:0;display:grid;place-items:center;height:100vh;background:{behind or 'none'}"
            inner = drawing.replace("<svg ", f'<svg style="width:{share:.0%};height:{share:.0%}" ')
            page.set_content(f'<body style="{style}">{inner}</body>')
            page.screenshot(path=PUBLIC / f"icons/{name}.png", omit_background=not behind)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
