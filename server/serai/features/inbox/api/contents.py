"""The contents of messages as the API shows them, made from `core.content` so that both agree."""

import types
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ForwardRef,
    Literal,
    TypeAlias,
    TypeGuard,
    Union,
    get_args,
    get_origin,
)

import msgspec
from pydantic import BaseModel, Field, create_model

from serai.core import content, message

HIDDEN = frozenset({"url"})
"""Meta's address of a file: dead after five minutes, and only our token opens it."""


def shape_of(struct: type[msgspec.Struct]) -> type[BaseModel]:
    """The model of a struct: the same fields, its tag as `type`; made once for each struct."""
    if struct not in _SHAPES:
        _SHAPES[struct] = ForwardRef(_name(struct))  # for a struct that holds its own kind
        _SHAPES[struct] = _make(struct)
    return _SHAPES[struct]


def _name(struct: type[msgspec.Struct]) -> str:
    is_content = struct.__struct_config__.tag is not None
    return f"{struct.__name__}Content" if is_content else f"Message{struct.__name__}"


def _make(struct: type[msgspec.Struct]) -> type[BaseModel]:
    tag = struct.__struct_config__.tag
    fields: dict[str, Any] = {"type": (Literal[tag], ...)} if tag else {}
    for field in msgspec.structs.fields(struct):
        if field.name not in HIDDEN or not issubclass(struct, content.File):
            fields[field.name] = (_type(field.type), _default(field))
    return create_model(_name(struct), __doc__=struct.__doc__, **fields)


def _type(annotation: Any) -> Any:
    """The same type, with models where structs are and lists where tuples are."""
    if _is_struct(annotation):
        return shape_of(annotation)
    origin: Any = get_origin(annotation)
    inner = get_args(annotation)
    if origin is tuple:
        return list[_type(inner[0])]
    if origin in {Union, types.UnionType}:
        made: Any = Union[tuple(_type(each) for each in inner)]  # noqa: UP007 — made at run time
        return made
    return annotation


def _is_struct(annotation: Any) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default if not isinstance(field.default, tuple) else Field(default=[])
    if field.default_factory is not msgspec.NODEFAULT:
        return Field(default_factory=field.default_factory)
    return ...


_SHAPES: dict[type[msgspec.Struct], Any] = {}


class DeletedContent(BaseModel):
    """Whoever wrote the message took it back."""

    type: Literal["deleted"] = "deleted"


if TYPE_CHECKING:
    Content: TypeAlias = Any
    MessageContext: TypeAlias = Any
    MessageReferral: TypeAlias = Any
else:
    MessageContext = shape_of(content.Context)
    MessageReferral = shape_of(content.Referral)
    Content = Annotated[
        Union[(*(shape_of(each) for each in get_args(message.Content)), DeletedContent)],
        Field(discriminator="type"),
    ]
