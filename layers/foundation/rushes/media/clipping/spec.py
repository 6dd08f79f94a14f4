"""What a clip shall be, as a recipe's parameters say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from rushes.errors import BadRequest
from rushes.media.timeline import SAMPLE_RATE


class Rect(NamedTuple):
    """Whole pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Pane:
    """A part of the recording's picture as it is shown, and its place in the clip."""

    source: Rect
    target: Rect
    fit: Literal["cover", "contain"]


@dataclass(frozen=True)
class Shot:
    frames: int
    panes: tuple[Pane, ...]
    """Later ones lie over earlier ones."""


@dataclass(frozen=True)
class Word:
    """Spoken from frame `start` of the clip up to, not including, frame `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """A caption, shown from frame `start` of the clip up to, not including, frame `end`."""

    start: int
    end: int
    lines: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True)
class ClipSpec:
    rate: Fraction
    """Frames a second."""
    start: int
    """Frames of `rate` from the recording's start."""
    frames: int
    width: int
    height: int
    background: str
    """Of the clip, where no pane is: `#rrggbb`."""
    shots: tuple[Shot, ...]
    captions: tuple[Page, ...]
    emphasis: bool
    """The word that is spoken stands out in the captions."""
    loudness: float
    """LUFS."""
    title: str
    topic: str

    @property
    def samples(self) -> int:
        return samples_at(self.frames, self.rate)


def read(given: Mapping[str, Any]) -> ClipSpec:
    """Raises BadRequest for lengths or sizes that cannot be."""
    spec = ClipSpec(
        rate=Fraction(given["rate"]),
        start=given["start"],
        frames=given["frames"],
        width=given["width"],
        height=given["height"],
        background=given["background"],
        shots=tuple(
            Shot(shot["frames"], tuple(_pane(pane) for pane in shot["panes"])) for shot in given["shots"]
        ),
        captions=tuple(
            Page(page["start"], page["end"], tuple(tuple(_word(w) for w in line) for line in page["lines"]))
            for page in given["captions"]
        ),
        emphasis=given["emphasis"],
        loudness=given["loudness"],
        title=given["title"],
        topic=given["topic"] or "",
    )
    if spec.frames < 1 or spec.start < 0 or spec.rate <= 0:
        raise BadRequest("A clip starts within the recording and has at least one frame.")
    if sum(shot.frames for shot in spec.shots) != spec.frames:
        raise BadRequest("A clip's shots are exactly as long as the clip.")
    if spec.width % 2 or spec.height % 2 or min(spec.width, spec.height) < 2:
        raise BadRequest("A clip's sides are even numbers of pixels.")
    return spec


def samples_at(frames: int, rate: Fraction) -> int:
    """Audio samples until frame `frames` begins, to the nearest; half a sample rounds up."""
    return int(frames * SAMPLE_RATE / rate + Fraction(1, 2))


def _pane(given: Mapping[str, Any]) -> Pane:
    return Pane(Rect(*given["from"]), Rect(*given["to"]), given["fit"])


def _word(given: Mapping[str, Any]) -> Word:
    return Word(given["text"], given["start"], given["end"])
