"""A table as XLSX, which programs for tables read as it was."""

import io
import zipfile
from collections.abc import AsyncIterator, Sequence

from openpyxl import load_workbook
from serai.kit import xlsx

HEADS = ["Name", "Notes", *(f"Own {n}" for n in range(30))]
ROWS = [
    ["Amal & <Sons>", "first\nsecond", *[""] * 29, "last"],
    [" كم؟ ", "=1+1", "007"],
    ["a bell\x07 and half a\ud800 sign", '"quoted"'],
    [],
]


async def told(*tables: Sequence[Sequence[str]]) -> AsyncIterator[Sequence[Sequence[str]]]:
    for table in tables:
        yield table


async def test_every_cell_comes_back_as_the_text_that_it_was():
    pieces = [
        piece async for piece in xlsx.written("People & <co>", told([HEADS, ROWS[0]], ROWS[1:]))
    ]
    book = load_workbook(io.BytesIO(b"".join(pieces)), read_only=True)
    assert book.sheetnames == ["People & <co>"]
    heads, first, second, third, *_ = book.active.iter_rows(values_only=True)  # pyright: ignore
    assert list(heads) == HEADS
    assert [cell or "" for cell in first] == ROWS[0]
    assert list(second)[:3] == ROWS[1], "texts, neither numbers nor formulas"
    assert list(third)[:2] == ["a bell and half a sign", '"quoted"'], "without what XML cannot hold"


async def test_it_is_told_while_it_is_made():
    tables = [[[f"{n} {cell}" for cell in range(10)] for n in range(500)] for _ in range(20)]
    sizes = [len(piece) async for piece in xlsx.written("Many", told(*tables))]
    assert len(sizes) == 21
    assert max(sizes) < sum(sizes) / 5, "nothing waits for the end"
    pieces = [piece async for piece in xlsx.written("Many", told(*tables))]
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).testzip() is None
