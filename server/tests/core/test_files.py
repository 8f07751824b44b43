"""Files are found and replaced wherever they stand in a content."""

from uuid import UUID

import pytest
from msgspec.structs import replace
from serai.core.content import Audio, File, FlowReply, Image, Text
from serai.core.files import files_in, missing_words, with_files
from serai.core.interactive import Buttons, Carousel, CarouselCard, Header
from serai.core.message import Content
from serai.core.template import FilledFace, TemplateRef

FILE = File(id=UUID(int=1))
OTHER = File(id=UUID(int=2))


@pytest.mark.parametrize(
    ("content", "files"),
    [
        (Text("hello"), []),
        (Image(file=FILE), [FILE]),
        (Audio(file=FILE, voice=True), [FILE]),
        (Buttons(body="?", header=Header(kind="image", file=FILE), buttons=()), [FILE]),
        (
            Carousel(
                body="!",
                cards=(
                    CarouselCard(header=Header(kind="image", file=FILE)),
                    CarouselCard(header=Header(kind="video", file=OTHER)),
                ),
            ),
            [FILE, OTHER],
        ),
        (
            TemplateRef(
                name="a",
                language="en",
                header=Image(file=FILE),
                cards=(FilledFace(header=Image(file=OTHER)),),
            ),
            [FILE, OTHER],
        ),
        (FlowReply(name="flow", values={"file": {"id": "what a person wrote"}}), []),
    ],
)
def test_every_file_is_found_and_replaced_in_place(content: Content, files: list[File]):
    known = {FILE.id: "7", OTHER.id: "8"}
    changed = with_files(content, lambda file: replace(file, meta_id=known[file.id]))

    assert list(files_in(content)) == files
    assert [file.meta_id for file in files_in(changed)] == [known[file.id] for file in files]
    assert with_files(changed, lambda file: replace(file, meta_id=None)) == content


def test_why_a_file_is_not_here_is_said_with_the_next_step():
    assert missing_words("ready", None) is None
    assert missing_words("waiting", None) is None
    assert "send it again" in (missing_words("failed", "expired") or "")
    assert "virus" in (missing_words("infected", None) or "")
