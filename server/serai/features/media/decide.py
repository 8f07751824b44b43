"""Every file that comes in is fetched; one that Meta has lost is uploaded anew."""

from collections.abc import Iterator

from serai.core.content import FlowReply
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
from serai.core.files import files_in, files_in_form, hex_of, id_of
from serai.core.ids import MetaId
from serai.core.message import Content
from serai.core.state import State

NOT_USABLE = 131053
"""Source: WhatsApp Cloud API, error codes: Meta could not use a file; its id may have expired."""


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
    form = files_in_form(content.values) if isinstance(content, FlowReply) else ()
    for file in (*files_in(content), *form):
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
            sha256=hex_of(file.sha256),
            name=file.name,
            told_at=event.at,
            at=state.now,
        )
