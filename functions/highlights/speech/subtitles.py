"""A transcript, or a span of it in seconds, in the formats of others. Times count from the span's start."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any

from functions.highlights.frame import frame_at
from functions.highlights.speech.cues import CHARACTERS, LINES, Cue, cues
from functions.highlights.speech.lines import Unit, text_of
from functions.highlights.speech.ordering import Span, in_order
from functions.highlights.speech.spoken import exact
from functions.highlights.speech.transcript import Seconds, Segment, Transcript, between
from functions.highlights.speech.writing import spaced

_PARAGRAPH = 2
"""Seconds of silence that begin a paragraph."""
_LONG_PARAGRAPH = 600
"""Characters after which the next sentence begins one."""


def srt(transcript: Transcript, start: Seconds = 0, end: Seconds | None = None) -> str:
    """SubRip. Its text cannot have the arrow of its times, so that becomes a drawn one."""
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_text(cue).replace('-->', '→')}\n"
        for number, cue in enumerate(cues(_span(transcript, start, end)), 1)
    ]
    return "\n".join(blocks)


def vtt(transcript: Transcript, start: Seconds = 0, end: Seconds | None = None) -> str:
    """WebVTT."""
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{escape(_text(cue), quote=False)}\n"
        for cue in cues(_span(transcript, start, end))
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def plain(transcript: Transcript, start: Seconds = 0, end: Seconds | None = None) -> str:
    """Paragraphs of whole sentences, one a line; a long pause begins one."""
    paragraphs: list[list[str]] = []
    before: Segment | None = None
    for sentence in _span(transcript, start, end).segments:
        pause = exact(sentence.start) - exact(before.end) if before else _PARAGRAPH
        if pause >= _PARAGRAPH or sum(map(len, paragraphs[-1])) >= _LONG_PARAGRAPH:
            paragraphs.append([])
        paragraphs[-1].append(sentence.text)
        before = sentence
    return "\n\n".join(map(spaced, paragraphs)) + "\n"


def flat(transcript: Transcript, start: Seconds = 0, end: Seconds | None = None) -> dict[str, Any]:
    """For programs: the text, its sentences and its words side by side; seconds."""
    span = _span(transcript, start, end)
    return {
        "language": span.language,
        "duration": span.duration,
        "text": spaced(sentence.text for sentence in span.segments),
        "segments": [sentence.model_dump(exclude={"words"}) for sentence in span.segments],
        "words": [word.model_dump() for word in span.words],
    }


def pages(
    transcript: Transcript,
    start: int,
    frames: int,
    rate: Fraction | str,
    *,
    characters: int = CHARACTERS,
    lines: int = LINES,
) -> list[dict[str, Any]]:
    """The parameter `captions` of a clip: of `frames` frames from the lecture's frame `start`, at `rate` a second.

    Every word has frames of its own, for emphasis; what no space parts is one word.
    """
    rate = Fraction(rate)
    span = between(transcript, start / rate, (start + frames) / rate)
    shown = cues(span, characters=characters, lines=lines)
    words = [word for cue in shown for row in cue.rows for word in _words(row)]
    spoken = [(frame_at(word[0].start / 1000, rate), frame_at(word[-1].end / 1000, rate)) for word in words]
    spans = dict(zip((word[0] for word in words), in_order(spoken, 0, frames, 1), strict=True))
    found: list[dict[str, Any]] = []
    following = frames
    for cue in reversed(shown):
        rows = [[_drawn(word, spans[word[0]]) for word in _words(row)] for row in cue.rows]
        begin, last = rows[0][0]["start"], rows[-1][-1]["end"]
        # Only what says more words than the clip has frames reaches out of it.
        if last <= frames:
            end = min(max(frame_at(cue.end / 1000, rate), last), following)
            found.append({"start": begin, "end": end, "lines": rows})
            following = begin
    return found[::-1]


def _words(row: Sequence[Unit]) -> list[list[Unit]]:
    """A line's units, together what no space parts."""
    words: list[list[Unit]] = []
    for unit in row:
        if unit.spaced or not words:
            words.append([])
        words[-1].append(unit)
    return words


def _drawn(word: Sequence[Unit], span: Span) -> dict[str, Any]:
    return {"text": text_of(word), "start": span[0], "end": span[1]}


def _span(transcript: Transcript, start: Seconds, end: Seconds | None) -> Transcript:
    return between(transcript, start, transcript.duration if end is None else end)


def _text(cue: Cue) -> str:
    return "\n".join(cue.lines)


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
