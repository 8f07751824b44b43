"""Tables as strangers save them."""

from pathlib import Path

import pytest
from serai.kit import sheets
from serai.kit.sheets import Unreadable

ROWS = [["Name", "Phone"], ["مريم البلوشي", "+96892000111"], ["سالم", "+96892000222"]]
WESTERN = [["Nombre", "Teléfono"], ["José Núñez", "+34600000111"], ["Zoë Müller", "+34600000222"]]


def read(folder: Path, table: bytes, most_rows: int = 100) -> list[list[str]]:
    (folder / "table").write_bytes(table)
    return list(sheets.read(folder / "table", most_rows, 10))


def joined(rows: list[list[str]], separator: str) -> str:
    return "".join(separator.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"]
)
def test_arabic_is_read_in_whatever_its_program_saved_it(
    tmp_path: Path, encoding: str, separator: str
):
    assert read(tmp_path, joined(ROWS, separator).encode(encoding)) == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_western_letters_are_read_in_whatever_their_program_saved_them(
    tmp_path: Path, encoding: str
):
    assert read(tmp_path, joined(WESTERN, ";").encode(encoding)) == WESTERN


def test_a_separator_within_quotes_is_none_and_excels_own_word_for_it_counts(tmp_path: Path):
    assert read(tmp_path, b'"Name, of all, of them";Phone\nAda;1\n') == [
        ["Name, of all, of them", "Phone"],
        ["Ada", "1"],
    ]
    assert read(tmp_path, b"sep=|\nA|B,C,D\n") == [["A", "B,C,D"]]


def test_empty_lines_keep_their_number_but_for_those_before_and_after_all(tmp_path: Path):
    table = b"\n,,\nName,Phone\n\nAda,1\n,\n\n"
    assert read(tmp_path, table) == [["Name", "Phone"], [], ["Ada", "1"]]


def test_rows_are_counted_without_the_heads(tmp_path: Path):
    table = b"Name\nAda\nBen\n"
    assert len(read(tmp_path, table, most_rows=2)) == 3
    with pytest.raises(Unreadable, match="rows"):
        read(tmp_path, table, most_rows=1)
