"""What requests to Meta are made of: files, and objects without what is not said."""

from typing import Any, TypeAlias

from serai.core.content import File

Json: TypeAlias = dict[str, Any]


def media(file: File) -> Json:
    """The file by Meta's id, else by its link. Raises ValueError if it has neither yet."""
    if file.meta_id:
        return {"id": file.meta_id}
    if file.link:
        return {"link": file.link}
    raise ValueError("a file that is not at Meta yet")


def said(**values: Any) -> Json:
    """Only what is said: nothing empty."""
    return {name: value for name, value in values.items() if value}
