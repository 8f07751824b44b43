"""The `template` object of a message. Source: WhatsApp Cloud API, "Template messages"."""

from serai.core.content import TemplateRef
from serai.meta.whatsapp.parts import Json


def template(content: TemplateRef) -> Json:
    found: Json = {"name": content.name, "language": {"code": content.language}}
    if content.parameters:
        values = [{"type": "text", "text": value} for value in content.parameters]
        found["components"] = [{"type": "body", "parameters": values}]
    return found
