"""A film as a timeline: which part of which file is seen or heard when. Everything is counted in whole frames."""

from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rushes.productions.recipe import Media


class Clip(BaseModel):
    """A part of an artifact's file, at a place in the film."""

    model_config = ConfigDict(frozen=True)

    name: str
    """The artifact's."""
    version: int
    ext: str
    media: Media
    start: int
    """The film's frame it begins with."""
    frames: int
    """How long it is used. Where its file is shorter, the last picture stands still."""
    source_start: int = 0
    """The file's frame it begins with."""
    source_frames: int | None = None
    """How long the file is; None for an image, and where nobody knows."""
    note: str | None = None


class Track(BaseModel):
    """Clips in the order of time that never overlap; between them is nothing."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: Literal["video", "audio"]
    clips: tuple[Clip, ...]


class CaptionText(BaseModel):
    """Read from frame `start` up to, not including, frame `end`."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: int
    end: int


class Timeline(BaseModel):
    """`rate` frames a second, `frames` in all; `width` and `height` in pixels."""

    model_config = ConfigDict(frozen=True)

    title: str
    rate: Fraction
    width: int
    height: int
    frames: int
    tracks: tuple[Track, ...]
    captions: tuple[CaptionText, ...] = ()
