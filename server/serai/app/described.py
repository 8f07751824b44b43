"""What the API's description says of refusals: every one is a problem, in the one shape that there is."""

from typing import Any, Literal

from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class OneFault(BaseModel):
    field: str
    detail: str


class Problem(BaseModel):
    """Why something was refused or failed. Source: RFC 9457."""

    type: str = Field(description="`urn:serai:problem:` and the code.")
    title: str
    status: int = Field(ge=400, le=599)
    code: str = Field(description="Stable: programs may depend on it.", pattern=r"^[a-z0-9_]+$")
    detail: str = Field(description="For people: what is wrong, and what to do next.")
    field: str | None = Field(None, description="What of the request is wrong.")
    problems: list[OneFault] | None = Field(None, description="All that is wrong, field by field.")
    meta_code: int | None = Field(None, description="Meta's own number, where Meta refused.")


REFUSED: dict[int | Literal["default"] | str, dict[str, Any]] = {
    "default": {
        "description": "Refused, or failed: why, and what to do next.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
"""Of every route. It takes the place of what the framework would say of its own refusals."""


def with_problems(description: dict[str, Any]) -> dict[str, Any]:
    """The description with the shape that `REFUSED` names."""
    where = "#/components/schemas/{model}"
    shapes = {"OneFault": OneFault.model_json_schema()}
    problem = Problem.model_json_schema(ref_template=where)
    problem.pop("$defs", None)
    description["components"]["schemas"] |= shapes | {"Problem": problem}
    return description
