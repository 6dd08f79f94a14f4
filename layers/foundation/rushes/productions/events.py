"""Events: what a page needs to draw itself, numbered from 1 without gaps in each production."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

EventType = Literal[
    "production.status",
    "phase.started",
    "artifact.ready",
    "artifact.failed",
    "checkpoint.created",
    "checkpoint.edited",
    "checkpoint.reviewed",
    "cost.updated",
    "progress",
    "production.completed",
    "production.failed",
]


class Event(BaseModel):
    """An event that has not been numbered yet."""

    model_config = ConfigDict(frozen=True)

    type: EventType
    data: dict[str, Any] = {}


class Numbered(Event):
    """An event with its place in the production's sequence."""

    id: int
    at: str
