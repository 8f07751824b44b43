"""Where in a JSON text something stands: lines and columns for error messages."""

import json
import re

SPACE = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()
LITERAL = re.compile(r"-?\d[\d.eE+-]*|true|false|null")


class Places:
    """The place of every key and array member of a JSON text, by its path.

    The text must be valid JSON. A path is like `$root/screens/0/id`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, tuple[int, int]] = {}
        self._value("$root", 0)

    def of(self, path: str) -> dict[str, int]:
        """`line_start`, `line_end`, `column_start`, `column_end`, counted from 1.

        A path that is not in the text has the place of what would hold it.
        """
        while path not in self._found and "/" in path:
            path = path.rpartition("/")[0]
        start, end = self._found.get(path, (0, 1))
        line_start, column_start = self._line_and_column(start)
        line_end, column_end = self._line_and_column(end)
        return {
            "line_start": line_start,
            "line_end": line_end,
            "column_start": column_start,
            "column_end": column_end,
        }

    def _line_and_column(self, at: int) -> tuple[int, int]:
        before = self._text[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1

    def _skip(self, at: int) -> int:
        space = SPACE.match(self._text, at)
        return at if space is None else space.end()

    def _value(self, path: str, at: int) -> int:
        """Read the value that begins here; returns where it ends."""
        at = self._skip(at)
        self._found.setdefault(path, (at, at + 1))
        sign = self._text[at]
        if sign == "{":
            return self._object(path, at + 1)
        if sign == "[":
            return self._array(path, at + 1)
        if sign == '"':
            return self._string(at)[1]
        literal = LITERAL.match(self._text, at)
        return at + 1 if literal is None else literal.end()

    def _string(self, at: int) -> tuple[str, int]:
        """The text that begins with the quote here, and where it ends."""
        text, end = DECODER.raw_decode(self._text, at)
        return str(text), end

    def _object(self, path: str, at: int) -> int:
        at = self._skip(at)
        while self._text[at] == '"':
            key, end = self._string(at)
            inner = f"{path}/{key}"
            self._found[inner] = (at, end)
            at = self._skip(self._value(inner, self._skip(end) + 1))
            if self._text[at] != ",":
                break
            at = self._skip(at + 1)
        return at + 1

    def _array(self, path: str, at: int) -> int:
        at, place = self._skip(at), 0
        while self._text[at] != "]":
            at = self._skip(self._value(f"{path}/{place}", at))
            place += 1
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return at + 1
