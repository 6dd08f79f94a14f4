"""When each portion of the speech is on the screen, and in which lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.highlights.speech.lines import Unit, set_in_lines, text_of, units
from functions.highlights.speech.portions import LONGEST, Room, portions, reading_time
from functions.highlights.speech.spoken import milliseconds
from functions.highlights.speech.transcript import Transcript
from functions.highlights.speech.writing import width

CHARACTERS = 42
LINES = 2
GAP = 84
"""Milliseconds, two frames of 24 a second: cues are that far apart at least, or not at all."""

_FLICKER = 500
"""Milliseconds: where the next cue comes sooner, the one before stays until then."""


@dataclass(frozen=True)
class Cue:
    """Shown from `start` up to `end`, in milliseconds from the transcript's start."""

    start: int
    end: int
    rows: tuple[tuple[Unit, ...], ...]

    @property
    def lines(self) -> list[str]:
        return [text_of(row) for row in self.rows]


def cues(transcript: Transcript, *, characters: int = CHARACTERS, lines: int = LINES) -> list[Cue]:
    """What is said, at most `lines` lines of `characters` columns at a time.

    A cue is 1 to 7 s long where the speech has room for it: it stays into the pause after it for as long as it takes
    to read. Cues never overlap.
    """
    sentences = [
        [(word.text, milliseconds(word.start), milliseconds(word.end)) for word in sentence.words]
        for sentence in transcript.segments
    ]
    parts = portions(units(sentences, characters), Room(characters, lines))
    length = milliseconds(transcript.duration)
    starts = [part[0].start for part in parts] + [length + _FLICKER + 1]
    return [_cue(part, end, length, characters) for part, end in zip(parts, starts[1:], strict=True)]


def _cue(part: Sequence[Unit], following: int, length: int, characters: int) -> Cue:
    """`following` is where the next cue begins."""
    start = part[0].start
    end = max(part[-1].end, start + reading_time(width(text_of(part))))
    end = min(end, start + LONGEST, following)
    if following - end <= _FLICKER and following - start <= LONGEST:
        end = following
    elif following - end < GAP:
        end = following - GAP
    rows = tuple(tuple(line) for line in set_in_lines(part, characters))
    return Cue(start, min(end, length), rows)
