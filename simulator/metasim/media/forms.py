"""Multipart forms: fields, and at most one file.

Source: WhatsApp Cloud API reference, 3 "Upload".
"""

import msgspec
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header


class Part(msgspec.Struct):
    """One part of a form."""

    name: str
    data: bytes
    filename: str | None
    mime: str | None


class NoForm(Exception):
    """The body is no multipart form; says why."""


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """All parts of the form. Raises NoForm."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise NoForm("The body must be multipart/form-data with a boundary.")
    reader = _Reader()
    parser = MultipartParser(boundary, reader.callbacks())  # pyright: ignore
    try:
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise NoForm(f"The form cannot be read: {error}") from error
    return reader.parts


class _Reader:
    """Collects what the parser calls out."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._pieces: list[bytes] = []

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_name,
            "on_header_value": self._on_value,
            "on_header_end": self._end_header,
            "on_part_data": self._on_data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._headers, self._pieces = {}, []

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._pieces.append(data[start:end])

    def _end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        filename, mime = options.get(b"filename"), self._headers.get(b"content-type")
        self.parts.append(
            Part(
                options.get(b"name", b"").decode("utf-8", "replace"),
                b"".join(self._pieces),
                None if filename is None else filename.decode("utf-8", "replace"),
                None if mime is None else mime.decode("latin-1"),
            )
        )
