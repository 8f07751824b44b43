"""What comes in is fetched, what Meta has lost is uploaded anew."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pytest
from serai.core.content import Document, File, FlowReply, Image, Text
from serai.core.effects import Effect, FetchFile, ForgetUpload
from serai.core.events import Event, FilesLost, MessageEdited
from serai.core.files import id_of
from serai.core.ids import MessageId, MetaId
from serai.core.state import SentMessage
from serai.features.media.decide import decide
from tests.given import ADA, NOON, NUMBER, UUID, message, state, status

PICTURE = Image(
    file=File(meta_id="554", url="https://lookaside.fbsbx.com/x", sha256="ab" * 32), caption="See"
)
BASE64 = b64encode(bytes.fromhex("ab" * 32)).decode()
OURS = MessageId(UUID(int=5))


def decided(event: Event, **known: Any) -> Sequence[Effect]:
    return list(decide(state(**known), None, event))


def test_a_file_that_came_is_fetched_under_an_id_that_its_message_knows():
    event = message("", content=PICTURE)
    [effect] = decided(event)

    assert isinstance(effect, FetchFile)
    assert effect.file_id == id_of(state().channel.id, "554")
    assert (effect.message, effect.url, effect.told_at) == (event.message, PICTURE.file.url, NOON)


def test_an_edited_message_brings_its_file_as_well():
    event = MessageEdited(
        key="edit", at=NOON, channel=NUMBER, person=ADA, target=MetaId("wamid.1"), content=PICTURE
    )
    assert isinstance(decided(event)[0], FetchFile)


def test_what_a_person_put_into_a_form_is_fetched_too():
    picture = {"id": "554", "mime_type": "image/jpeg", "sha256": BASE64, "file_name": "door.jpg"}
    values = {"photos": [picture, {"id": 7}, "text"], "name": "Ada", "more": {"id": "9"}}
    [effect] = decided(message("", content=FlowReply(name="flow", values=values)))

    assert isinstance(effect, FetchFile)
    assert (effect.meta_id, effect.sha256, effect.name) == ("554", "ab" * 32, "door.jpg")


def test_a_form_is_not_a_way_to_make_us_fetch_without_end():
    photos = [{"id": str(n), "mime_type": "image/jpeg"} for n in range(1000)]
    assert len(decided(message("", content=FlowReply(name="flow", values={"a": photos})))) == 30


@pytest.mark.parametrize("told", ["nonsense", "zz" * 32, "ab" * 31, "YWI=", None])
def test_a_hash_that_is_none_does_not_keep_the_message_out(told: str | None):
    [effect] = decided(message("", content=Image(file=File(meta_id="554", sha256=told))))

    assert isinstance(effect, FetchFile)
    assert effect.sha256 is None


@pytest.mark.parametrize(
    "content", [Text("hello"), Document(file=File(link="https://shop.example/a.pdf"))]
)
def test_what_has_no_file_of_metas_fetches_nothing(content: Text | Document):
    assert decided(message("", content=content)) == []


def test_an_upload_that_meta_lost_is_forgotten():
    sent = SentMessage(id=OURS)
    lost = FilesLost(key="lost", at=NOON, message_id=OURS)
    expected = [ForgetUpload(business_id=state().business.id, message_id=OURS)]

    assert decided(lost, message=sent) == expected
    assert decided(status("failed", OURS, code=131053), message=sent) == expected
    assert decided(status("failed", OURS, code=131026), message=sent) == []
