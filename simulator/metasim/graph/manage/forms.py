"""Parameters of calls that may also come as a multipart form.

Source: WhatsApp Cloud API reference, 1.1 "Content type"; Flows take JSON and forms alike (8.12).
"""

import msgspec

from metasim.graph.errors import GraphError
from metasim.graph.request import Request
from metasim.media.forms import NoForm, parts_of
from metasim.shapes import Json


def parameters(request: Request) -> Json:
    """Fields of the form, the query, or the JSON body; the text of a file under its name.

    Raises GraphError.
    """
    kind = request.header(b"content-type")
    if not kind.startswith("multipart/form-data"):
        return request.parameters()
    try:
        parts = parts_of(kind, request.body)
    except NoForm as error:
        raise GraphError(100, message=f"(#100) {error}") from error
    return {part.name: part.data.decode("utf-8", "replace") for part in parts}


def texts(value: object) -> list[str] | None:
    """A list of texts: as it is, as JSON, or with commas. None for anything else."""
    if isinstance(value, str) and value.startswith("["):
        try:
            return msgspec.json.decode(value, type=list[str])
        except msgspec.DecodeError:
            return None
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    try:
        return msgspec.convert(value, list[str])
    except msgspec.ValidationError:
        return None
