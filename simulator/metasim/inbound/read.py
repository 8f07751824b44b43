"""Which function reads which kind of message from a person.

Source: WhatsApp Cloud API reference, 4.5 "Inbound messages".
"""

from functools import partial

from metasim.inbound import answers, changes, circumstances, files, plain
from metasim.inbound.said import Reader, Said, Speaker
from metasim.register import Unfit
from metasim.shapes import Json, as_object


def _file(kind: str, speaker: Speaker, given: Json, request: Json) -> Said:
    return files.said(speaker, kind, given, request)


FILES = ("image", "video", "audio", "document", "sticker")
READERS: dict[str, Reader] = {
    "text": plain.text,
    "location": plain.location,
    "contacts": plain.contacts,
    "reaction": plain.reaction,
    "unsupported": plain.unsupported,
    "request_welcome": plain.request_welcome,
    "raw": plain.raw,
    "button": answers.button,
    "interactive": answers.interactive,
    "order": answers.order,
    "edit": changes.edit,
    "revoke": changes.revoke,
    "system": changes.system,
    **{kind: partial(_file, kind) for kind in FILES},
}


def said(speaker: Speaker, request: Json) -> Said:
    """The message that this request of the control API describes. Raises Unfit."""
    kind = request.get("type", "text")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise Unfit(f"type is one of {', '.join(sorted(READERS))}.")
    given = as_object(request.get(kind, {}))
    if given is None and kind != "contacts":
        raise Unfit(f"{kind} must be an object.")
    referral = circumstances.referral(request)
    message = reader(speaker, given or {}, request)
    around = {**circumstances.group(request), **circumstances.context(speaker, request)}
    message.body = {**around, **message.body, **referral}
    if referral:
        message.view = {**message.view, "referral": referral["referral"]}
    return message
