"""What the routes of teamwork take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from serai.kit.http import example

Policy = Literal["manual", "round_robin"]
Availability = Literal["available", "busy", "away"]
Ids = Field(min_length=1, max_length=100, description="At most 100 conversations.")
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class AssignIn(BaseModel):
    """Whose they are from now on; what is left out stays as it is, null is nobody."""

    model_config = ConfigDict(
        **example(
            {
                "conversation_ids": ["6d3f3c0f-7f43-5d55-b8a4-3f5a6f0e2f77"],
                "assignee_id": "5b1c2f0e-5f55-5a0b-8d0a-2a7c1d5f8e31",
            }
        )
    )
    conversation_ids: list[UUID] = Ids
    assignee_id: UUID | None = None
    team_id: UUID | None = None


class SnoozeIn(BaseModel):
    conversation_ids: list[UUID] = Ids
    until: AwareDatetime | None = Field(None, description="Left out: until they write.")


class MarkIn(BaseModel):
    conversation_ids: list[UUID] = Ids
    mark: Literal["resolved", "reopened", "pending", "read", "unread"]


class TaggingIn(BaseModel):
    conversation_ids: list[UUID] = Ids
    add: list[UUID] = Field(default=[], max_length=50)
    remove: list[UUID] = Field(default=[], max_length=50)


class HandIn(BaseModel):
    to: Literal["people", "automation"]


class NoteIn(BaseModel):
    model_config = ConfigDict(**example({"body": "They asked for an invoice.", "mentions": []}))
    body: str = Field(min_length=1, max_length=10_000)
    mentions: list[UUID] = Field(
        default=[], max_length=50, description="Colleagues who are to see it."
    )


class Actor(BaseModel):
    kind: Literal["user", "key", "automation", "contact", "system"]
    id: UUID | None
    name: str | None


class Line(BaseModel):
    """What was done to a conversation, or a note in it."""

    id: UUID
    conversation_id: UUID
    kind: str = Field(
        description="note, assigned, resolved, reopened, pending, snoozed, woken, handed_over, "
        "returned, tagged or untagged; more may come."
    )
    at: datetime
    actor: Actor
    body: str | None = Field(description="Of a note.")
    detail: dict[str, Any] = Field(description="Ids and times, by kind.")
    names: dict[UUID, str] = Field(description="Of the people, teams and tags it speaks of.")


class Counts(BaseModel):
    """How many conversations are in each queue; open ones unless it says otherwise."""

    open: int
    mine: int
    unassigned: int
    pending: int
    snoozed: int
    unread: int
    mine_unread: int
    mentions: int = Field(description="Where the caller was mentioned and has not looked yet.")
    teams: dict[UUID, int]


class Here(BaseModel):
    id: UUID
    name: str
    until: datetime
    typing_until: datetime | None = Field(description="None: they do not write now.")


class HereList(BaseModel):
    data: list[Here]


class PresenceIn(BaseModel):
    doing: Literal["viewing", "typing"] = "viewing"
    page: str = Field(
        "", max_length=64, description="Which of the caller's tabs: any name of its own."
    )


class Earlier(BaseModel):
    """Another conversation with the same person."""

    id: UUID
    status: str
    opened_at: datetime
    last_activity_at: datetime
    assignee_name: str | None
    channel_kind: str
    message_count: int


class Collected(BaseModel):
    """What they tapped or filled in."""

    message_id: UUID
    at: datetime
    kind: str = Field(description="choice or flow_reply.")
    title: str | None
    values: dict[str, Any] | None


class ResponseTimes(BaseModel):
    """How long this person waited for people of ours in the conversation, in business hours."""

    first_seconds: float | None = Field(description="None: nobody has answered yet.")
    median_seconds: float | None
    count: int = Field(description="Answers that ended a wait.")


class Background(BaseModel):
    """What an agent should know before answering."""

    response_times: ResponseTimes
    earlier: list[Earlier]
    collected: list[Collected]


class TeamIn(BaseModel):
    business_id: UUID
    name: Name = Field(examples=["Kitchen"])
    policy: Policy = "manual"
    member_ids: list[UUID] = Field(default=[], max_length=500)


class Team(TeamIn):
    id: UUID


class TeamList(BaseModel):
    data: list[Team]


class QueueIn(BaseModel):
    """Who gets what no team has, and how soon people are to be answered."""

    policy: Policy
    answer_within_minutes: int = Field(ge=1, le=10_080)
    answering_takes: bool = Field(
        True, description="Whoever answers a conversation that nobody has, has it from then on."
    )


class Queue(QueueIn):
    business_id: UUID


class QueueList(BaseModel):
    data: list[Queue]


class Agent(BaseModel):
    id: UUID
    name: str
    availability: Availability
    is_here: bool = Field(description="A page of theirs was there in the last five minutes.")
    capacity: int = Field(description="Open conversations that turns give at most.")
    open_count: int = Field(description="Open ones they have, where the caller may see.")
    may_change: bool = Field(
        description="Whether the caller may change how much they take: wherever they answer."
    )


class AgentList(BaseModel):
    data: list[Agent]


class AgentIn(BaseModel):
    """What is left out stays as it is."""

    availability: Availability | None = None
    capacity: int | None = Field(None, ge=0, le=1000)
