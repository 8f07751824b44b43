"""A letter as mail programs show it: one column, in the direction of its language, light and dark.

Tables and inline styles, for programs that know no others; nothing is fetched.
"""

from html import escape
from typing import TypeAlias

from serai.core.languages import Language, direction
from serai.features.accounts.decide.letters.words import WORDS, Sentences

FONT: dict[Language, str] = {
    "en": "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif",
    "ar": "'SF Arabic','Segoe UI','Noto Sans Arabic','Geeza Pro',Tahoma,Arial,sans-serif",
}
STYLE = """
:root{color-scheme:light dark;supported-color-schemes:light dark}
a.do:hover{background:#32328c!important}
@media (prefers-color-scheme:dark){
.ground{background:#15151f!important}.sheet{background:#1f1f2c!important;border-color:#33334a!important}
.ink{color:#ececf4!important}.faint{color:#a3a3bd!important}.rule{border-color:#33334a!important}
a.plain{color:#b4b4ff!important}a.do{background:#6464e0!important}}
@media (max-width:520px){.sheet{padding:24px 20px!important;border-radius:0!important}
.ground{padding:0!important}}
"""

TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0">'
SHEET = TABLE.replace(">", ' style="max-width:520px">')

Names: TypeAlias = dict[str, str]


def page(language: Language, said: Sentences, names: Names, link: str | None) -> str:
    """The whole page. Names stand apart from the direction of the words around them."""
    words = WORDS[language]
    lead, *rest = [_with_names(line, names) for line in said.lines]
    body = [_paragraph(lead, 17), *(_paragraph(line, 16) for line in rest)]
    if link:
        body = [body[0], _button(said.button, link), *body[1:], _by_hand(words.by_hand, link)]
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(said.subject.format(**names))}</title><style>{STYLE}</style></head>"
        f'<body class="ground" style="margin:0;padding:0;background:#f3f3f8">{TABLE}'
        '<tr><td class="ground" align="center" style="padding:32px 16px;background:#f3f3f8">'
        f"{SHEET}"
        '<tr><td class="sheet" style="background:#ffffff;border:1px solid #e4e4ee;border-radius:16px;'
        f'padding:32px;font:16px/1.6 {FONT[language]};text-align:start">'
        f"{_head()}{''.join(body)}"
        '<p class="faint rule" style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e4e4ee;'
        f'font-size:13px;color:#65657f">{_with_names(words.footer, names)}</p>'
        "</td></tr></table></td></tr></table></body></html>"
    )


def _paragraph(line: str, size: int) -> str:
    return f'<p class="ink" style="margin:0 0 16px;font-size:{size}px;color:#24243a">{line}</p>'


def _head() -> str:
    return (
        '<p class="ink" style="margin:0 0 24px;font-size:20px;font-weight:700;letter-spacing:-.01em;'
        'color:#24243a"><span style="display:inline-block;width:12px;height:12px;border-radius:4px;'
        'background:#3f3fa8;margin-inline-end:8px"></span>Serai</p>'
    )


def _button(words: str, link: str) -> str:
    return (
        f'<p style="margin:24px 0"><a class="do" href="{escape(link)}" style="display:inline-block;'
        "background:#3f3fa8;color:#ffffff;border-radius:10px;padding:13px 22px;font-weight:600;"
        f'text-decoration:none">{escape(words)}</a></p>'
    )


def _by_hand(words: str, link: str) -> str:
    return (
        f'<p class="faint" style="margin:8px 0 0;font-size:13px;color:#65657f">{escape(words)}<br>'
        f'<a class="plain" dir="ltr" href="{escape(link)}" style="color:#3f3fa8;'
        f'word-break:break-all">{escape(link)}</a></p>'
    )


def _with_names(line: str, names: Names) -> str:
    """The sentence with its names, each in a direction of its own."""
    return escape(line).format(**{key: f"<bdi>{escape(name)}</bdi>" for key, name in names.items()})
