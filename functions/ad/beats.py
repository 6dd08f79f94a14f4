"""The beat library: what a film is told with."""

from functools import cache
from importlib.resources import files
from string import Template
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Role = Literal["opening", "product", "dynamic", "closing"]
Position = Literal["opening", "middle", "closing"]
Shot = Literal[
    "Extreme close-up", "Close-up", "Medium shot", "Wide shot", "Aerial shot", "Low angle", "Top-down shot"
]
Movement = Literal[
    "push in", "pull out", "pan left", "pan right", "tilt up", "tilt down", "orbit", "track", "crane up", "static"
]  # fmt: skip
Energy = Annotated[float, Field(ge=0, le=1, description="0 (still) to 1 (wild)")]


class LibraryBeat(BaseModel):
    """One entry of `beats.yaml`, where its fields are explained."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    role: Role
    seconds: Literal[5, 10, 15]
    shot: Shot
    action: str
    prompt: str
    camera: Movement
    position: Position
    products: tuple[str, ...]
    energy: Energy


@cache
def library() -> dict[str, LibraryBeat]:
    """id → beat, in the order of the file."""
    text = files("functions.ad").joinpath("beats.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {entry["id"]: LibraryBeat(**entry) for entry in yaml.load(text, loader)}


def fitting(position: Position) -> list[LibraryBeat]:
    """The beats that may stand there."""
    return [beat for beat in library().values() if beat.position == position]


def position_of(index: int, count: int) -> Position:
    """Where in a film of `count` beats the beat at `index` stands."""
    if index == 0:
        return "opening"
    return "closing" if index == count - 1 else "middle"


def filled(template: str, **words: str) -> str:
    """A template of the library with its `$product` and the like filled in; the words themselves are not expanded."""
    return Template(template).substitute(words)
