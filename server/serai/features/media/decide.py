"""Every file that comes in is fetched; one that Meta has lost is uploaded anew."""

import re
from collections.abc import Iterator

from serai.core.effects import Effect, FetchFile, ForgetUpload
from serai.core.events import (
    EchoReceived,
    Event,
    FilesLost,
    MessageEdited,
    MessageReceived,
    PastReceived,
    StatusReported,
)
from serai.core.files import files_in, id_of
from serai.core.ids import MetaId
from serai.core.message import Content
from serai.core.state import State

NOT_USABLE = 131053
"""Source: WhatsApp Cloud API, error codes: Meta could not use a file; its id may have expired."""

SHA256 = re.compile(r"[0-9a-f]{64}")
"""What else may stand there tells nothing that bytes could be held against."""


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    match event:
        case MessageReceived() | EchoReceived() | PastReceived():
            yield from _fetched(state, event, event.message, event.content)
        case MessageEdited():
            yield from _fetched(state, event, event.target, event.content)
        case FilesLost(message_id=message):
            yield ForgetUpload(business_id=state.business.id, message_id=message)
        case StatusReported(code=code) if code == NOT_USABLE and state.message is not None:
            yield ForgetUpload(business_id=state.business.id, message_id=state.message.id)
        case _:
            pass


def _fetched(state: State, event: Event, message: MetaId, content: Content) -> Iterator[Effect]:
    for file in files_in(content):
        if file.meta_id is None:
            continue
        yield FetchFile(
            business_id=state.business.id,
            file_id=id_of(state.channel.id, file.meta_id),
            channel_id=state.channel.id,
            message=message,
            meta_id=file.meta_id,
            url=file.url,
            mime_type=file.mime_type,
            sha256=file.sha256 if SHA256.fullmatch(file.sha256 or "") else None,
            name=file.name,
            told_at=event.at,
            at=state.now,
        )
