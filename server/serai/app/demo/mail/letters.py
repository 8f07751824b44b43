"""The letters that came, each a file in a folder: mail programs open them too."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from msgspec import Struct

MOST = 200
"""Older ones are thrown away."""


class Read(Struct, frozen=True, kw_only=True):
    """A letter as people read it."""

    number: int
    """From 1 on, in the order in which they came."""
    to: str
    sender: str
    subject: str
    text: str
    page: str
    """The same as HTML; empty when it has none."""
    seconds: float
    """When it came, since 1970."""


class Letters:
    """What lies in one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def keep(self, content: bytes) -> int:
        """Keep a letter as it came over the wire; returns its number."""
        numbers = self._numbers()
        number = numbers[-1] + 1 if numbers else 1
        half = self._folder / "half-written"
        half.write_bytes(content)
        half.rename(self._path(number))
        for old in numbers[: max(0, len(numbers) + 1 - MOST)]:
            self._path(old).unlink(missing_ok=True)
        return number

    def all(self) -> list[Read]:
        """The latest first."""
        found = (self.find(number) for number in reversed(self._numbers()))
        return [letter for letter in found if letter is not None]

    def find(self, number: int) -> Read | None:
        path = self._path(number)
        if not path.is_file():
            return None
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(letter, EmailMessage)  # noqa: S101 — as the policy says
        return Read(
            number=number,
            to=str(letter["To"] or ""),
            sender=str(letter["From"] or ""),
            subject=str(letter["Subject"] or ""),
            text=_part(letter, "plain"),
            page=_part(letter, "html"),
            seconds=path.stat().st_mtime,
        )

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self._folder.glob("*.eml"))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:05}.eml"


def _part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    return str(body.get_content()) if body is not None else ""
