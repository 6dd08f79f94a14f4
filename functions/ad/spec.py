"""The `spec` artifact: the film in words. `Draft` is what a model answers; `Spec` is what the rules made of it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.ad.beats import Energy, Movement, Role, Shot
from functions.fields import AspectRatio


class Style(BaseModel):
    """How everything looks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mood: str = Field(description="One or two words: energetic, luxury, calm …")
    palette: list[str] = Field(description="3 to 6 colours as #rrggbb, the darkest first.")
    lighting: str
    camera: str = Field(description="The camera's language in a few words.")
    place: str = Field(description="Where it happens.")
    time_of_day: str = Field(description="dawn, day, dusk or night")


class Music(BaseModel):
    """How it sounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    direction: str = Field(description="Genre, instruments, development.")
    mood: str
    tempo_bpm: int = Field(description="60 to 180")


class DraftBeat(BaseModel):
    """One beat, as drafted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    beat: str = Field(description="An id of the beat library.")
    seconds: int = Field(description="5, 10 or 15")
    action: str = Field(description="What is seen, in one concrete sentence about this product.")
    narration: str | None = Field(
        description="What is said meanwhile, at most 2.5 words a second; null for silence."
    )
    caption: str | None = Field(description="A few words on the picture, or null.")


class Draft(BaseModel):
    """A model's answer: the shape is sure, nothing else is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str
    audience: str
    archetype: str
    style: Style
    music: Music
    tagline: str
    beats: list[DraftBeat]


class Beat(BaseModel):
    """One beat of the film."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: int
    beat: str
    role: Role
    seconds: int
    shot: Shot
    camera: Movement
    energy: Energy
    action: str
    narration: str | None
    caption: str | None


class Spec(BaseModel):
    """The film, ready to be drawn. What must hold of it stands in `rules`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["ad"] = "ad"
    title: str
    duration: int
    aspect_ratio: AspectRatio
    product: str
    audience: str
    archetype: str
    style: Style
    music: Music
    tagline: str
    beats: list[Beat]
    repairs: list[str] = Field(description="What the rules changed in the draft, in sentences.")
