"""Writes a table as XLSX, some rows at a time: it is fetched while it is made, and nobody keeps it whole.

Source: ECMA-376, part 1, 18 (SpreadsheetML) and part 2 (packages). Texts stand in their cells rather than in
a table of all texts, which would be known at the end only.
"""

import re
from collections.abc import AsyncIterator, Sequence
from functools import cache
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{DOCUMENT}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{DOCUMENT}/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
WORKBOOK = (
    f'<workbook xmlns="{SHEETS}" xmlns:r="{DOCUMENT}"><sheets>'
    '<sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
CELL = '<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Source: XML 1.0, 2.2: what may stand in no document, however it is written."""


class _Drain:
    """Takes what the packer writes until somebody takes it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, some: bytes) -> int:
        self._held.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


async def written(
    title: str, tables: AsyncIterator[Sequence[Sequence[str]]]
) -> AsyncIterator[bytes]:
    """A book with one sheet of that title, as bytes to send one after the other; every cell is a text."""
    drain, count = _Drain(), 0
    with ZipFile(drain, "w", ZIP_DEFLATED) as book:  # pyright: ignore[reportArgumentType, reportCallIssue]
        for name, text in PACKAGE.items():
            book.writestr(name, HEAD + text)
        book.writestr("xl/workbook.xml", HEAD + WORKBOOK.format(escape(title)))
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{HEAD}<worksheet xmlns="{SHEETS}"><sheetData>'.encode())
            async for rows in tables:
                lines = (_row(count + n, row) for n, row in enumerate(rows, 1))
                sheet.write("".join(lines).encode())
                count += len(rows)
                yield drain.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield drain.taken()


def _row(number: int, cells: Sequence[str]) -> str:
    said = [
        CELL % (_letters(place), number, _text(cell)) for place, cell in enumerate(cells) if cell
    ]
    return f'<row r="{number}">{"".join(said)}</row>'


def _text(cell: str) -> str:
    return escape(NO_CHARACTER.sub("", cell), quote=False)


@cache
def _letters(place: int) -> str:
    """A column's name: A for 0, AA for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
