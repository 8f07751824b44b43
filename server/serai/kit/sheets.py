"""Reads tables from strangers' files: CSV and XLSX, as rows of text. Runs in the sandbox's process.

`python -m serai.kit.sheets SOURCE TARGET ROWS COLUMNS` writes one JSON array a line; exits with 1 and one
word if the file cannot be read.
"""

import codecs
import csv
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


class Unreadable(Exception):
    """Says in one word why: type, packed, rows or columns."""


def read(source: Path, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """Rows of text without empty ones at the end. Raises Unreadable."""
    with source.open("rb") as file:
        is_packed = file.read(4) == b"PK\x03\x04"
    for number, row in enumerate(_xlsx(source) if is_packed else _csv(source)):
        if number > most_rows:
            raise Unreadable("rows")
        if len(row) > most_columns:
            raise Unreadable("columns")
        if any(row):
            yield row


def _csv(source: Path) -> Iterator[list[str]]:
    """UTF-8 or, as Excel writes it, UTF-16; else Windows' own. Comma, semicolon or tab."""
    with source.open("rb") as file:
        start = file.read(SNIFFED_BYTES)
    if b"\x00" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("type")
    encoding = _encoding(source, start)
    with source.open(encoding=encoding, newline="", errors="replace") as file:
        head = file.readline()
        separator = max(",;\t", key=head.count)
        file.seek(0)
        for row in csv.reader(file, delimiter=separator):
            yield [cell.strip()[:LONGEST_CELL] for cell in row]


def _encoding(source: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        with source.open(encoding="utf-8") as file:
            while file.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


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
