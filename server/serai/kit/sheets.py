"""Reads tables from strangers' files: CSV and XLSX, as rows of text. Runs in the sandbox's process.

`python -m serai.kit.sheets SOURCE TARGET ROWS COLUMNS` writes one JSON array a line; exits with 1 and one
word if the file cannot be read.
"""

import codecs
import csv
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

MEMORY_BYTES = 1024**3
CPU_SECONDS = 120
LONGEST_CELL = 4000
"""Characters; what is longer is cut."""
MOST_UNPACKED = 400 * 1024**2
"""Bytes of all that is packed in an XLSX; a bomb says more."""
SNIFFED_BYTES = 64 * 1024
QUOTED = re.compile(r'"[^"]*"')
BESIDE_EACH_OTHER = re.compile(rb"[\x80-\xff]{2,}")
SEPARATORS = ",;\t|"


class Unreadable(Exception):
    """Says in one word why: type, packed, rows or columns."""


def read(source: Path, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """Rows of text; between the first and the last that say something, one that says nothing is `[]`.

    Raises Unreadable.
    """
    with source.open("rb") as file:
        is_packed = file.read(4) == b"PK\x03\x04"
    said, blank = 0, 0
    for row in _xlsx(source) if is_packed else _csv(source):
        if not any(row):
            blank += 1
            continue
        said += 1
        if said + blank > most_rows + 1:
            raise Unreadable("rows")
        if len(row) > most_columns:
            raise Unreadable("columns")
        yield from ([] for _ in range(blank if said > 1 else 0))
        blank = 0
        yield row


def _csv(source: Path) -> Iterator[list[str]]:
    """UTF-8, UTF-16 or Windows' own for western and Arabic letters. Comma, semicolon, tab or bar."""
    with source.open("rb") as file:
        start = file.read(SNIFFED_BYTES)
    encoding = _encoding(source, start)
    with source.open(encoding=encoding, newline="", errors="replace") as file:
        head = file.readline()
        told = re.fullmatch(r"sep=(.)\s*", head)  # Excel's own word for it, before the heads
        if told is None:
            file.seek(0)
        separator = told[1] if told else max(SEPARATORS, key=QUOTED.sub("", head).count)
        for row in csv.reader(file, delimiter=separator):
            yield [cell.strip()[:LONGEST_CELL] for cell in row]


def _encoding(source: Path, start: bytes) -> str:
    """Raises Unreadable if it is no text."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start:
        return _wide(start)
    try:
        with source.open(encoding="utf-8") as file:
            while file.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return _windows(start)
    return "utf-8-sig"


def _wide(start: bytes) -> str:
    """UTF-16 that does not say so: commas, digits and ends of lines have a zero on one side."""
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        others = start[0::2] if encoding == "utf-16-le" else start[1::2]
        if zeros.count(0) and not others.count(0):
            return encoding
    raise Unreadable("type")


def _windows(start: bytes) -> str:
    """In Arabic whole words are beyond ASCII; in western languages single letters are."""
    high = sum(byte >= 0x80 for byte in start)
    beside = sum(len(each) for each in BESIDE_EACH_OTHER.findall(start))
    return "cp1256" if 2 * beside > high else "cp1252"


def _xlsx(source: Path) -> Iterator[list[str]]:
    """The first sheet. Entities and bombs are refused before anything is unpacked."""
    from openpyxl import load_workbook  # noqa: PLC0415 — only for packed files; uses defusedxml
    from openpyxl.xml import DEFUSEDXML  # noqa: PLC0415

    if not DEFUSEDXML:
        raise Unreadable("type")
    try:
        with zipfile.ZipFile(source) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("packed")
        with source.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            for row in book.worksheets[0].iter_rows(values_only=True):
                yield [_text(cell)[:LONGEST_CELL] for cell in row]
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise Unreadable("type") from error


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def main(source: str, target: str, most_rows: str, most_columns: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    csv.field_size_limit(1024 * 1024)
    try:
        with Path(target).open("wb") as file:
            for row in read(Path(source), int(most_rows), int(most_columns)):
                file.write(msgspec.json.encode(row) + b"\n")
    except Unreadable as why:
        sys.stdout.write(str(why))
        return 1
    except (csv.Error, OSError):
        sys.stdout.write("type")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
