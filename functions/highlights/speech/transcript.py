"""The document `transcript`: what is said in a lecture, in sentences and words with the lecture's time."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from functions.highlights.speech.sentences import sentences
from functions.highlights.speech.spoken import Heard, Spoken, exact, milliseconds, spoken
from functions.highlights.speech.writing import spaced

Seconds = Fraction | float


class Word(BaseModel):
    """Times are seconds from the lecture's start, with at most 3 decimals."""

    model_config = ConfigDict(frozen=True)

    text: str
    start: float
    end: float
    confidence: float | None = None


class Segment(BaseModel):
    """A sentence. Its number is its place in the transcript, from 0."""

    model_config = ConfigDict(frozen=True)

    number: int
    start: float
    end: float
    text: str
    confidence: float | None = None
    words: tuple[Word, ...]


class Transcript(BaseModel):
    model_config = ConfigDict(frozen=True)

    language: str | None
    heard: bool
    """Whether anybody listened; if not, nothing is known about what is said."""
    duration: float
    segments: tuple[Segment, ...]

    @property
    def words(self) -> list[Word]:
        return [word for segment in self.segments for word in segment.words]


Timed = TypeVar("Timed", Word, Segment)


def joined(pieces: Sequence[Heard], length: Fraction) -> Transcript:
    """What was heard in the pieces of a lecture of `length` seconds, as one.

    Every word is there once, in order; none overlaps another, and none is empty.
    """
    words = spoken(pieces)
    return Transcript(
        language=_language(pieces),
        heard=any(piece.content["heard"] for piece in pieces),
        duration=max(milliseconds(length), words[-1].end if words else 0) / 1000,
        segments=tuple(_segment(number, said) for number, said in enumerate(sentences(words))),
    )


def words_between(transcript: Transcript, start: Seconds, end: Seconds) -> list[Word]:
    """Those of which something is heard between two times, in seconds."""
    return [
        word
        for segment in sentences_between(transcript, start, end)
        for word in _within(segment.words, start, end)
    ]


def sentences_between(transcript: Transcript, start: Seconds, end: Seconds) -> list[Segment]:
    """Those of which something is heard between two times, in seconds."""
    return _within(transcript.segments, start, end)


def between(transcript: Transcript, start: Seconds, end: Seconds) -> Transcript:
    """The span as a transcript of its own, whose times count from `start`. Sentences keep their numbers."""
    first, length = milliseconds(start), milliseconds(end) - milliseconds(start)
    segments = (_moved(segment, first, length) for segment in sentences_between(transcript, start, end))
    return transcript.model_copy(
        update={"duration": length / 1000, "segments": tuple(each for each in segments if each.words)}
    )


def _within(timed: Iterable[Timed], start: Seconds, end: Seconds) -> list[Timed]:
    first, last = exact(start), exact(end)
    return [each for each in timed if exact(each.start) < last and exact(each.end) > first]


def _moved(segment: Segment, first: int, length: int) -> Segment:
    """What is left of it between two times, in milliseconds, counted from `first`."""
    edges = [(milliseconds(word.start) - first, milliseconds(word.end) - first) for word in segment.words]
    words = tuple(
        word.model_copy(update={"start": max(0, start) / 1000, "end": min(end, length) / 1000})
        for word, (start, end) in zip(segment.words, edges, strict=True)
        if max(0, start) < min(end, length)
    )
    if not words:
        return segment.model_copy(update={"words": ()})
    whole = len(words) == len(segment.words)
    text = segment.text if whole else spaced(word.text for word in words)
    update = {"start": words[0].start, "end": words[-1].end, "text": text, "words": words}
    return segment.model_copy(update=update)


def _language(pieces: Sequence[Heard]) -> str | None:
    """That of most words."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        if language := piece.content["language"]:
            counts[language] += len(piece.content["words"]) or len(piece.content["segments"])
    return max(counts, key=counts.__getitem__, default=None)


def _segment(number: int, said: Sequence[Spoken]) -> Segment:
    sure = [word.confidence for word in said if word.confidence is not None]
    return Segment(
        number=number,
        start=said[0].start / 1000,
        end=said[-1].end / 1000,
        text=spaced(word.text for word in said),
        confidence=round(sum(sure) / len(sure), 3) if sure else None,
        words=tuple(
            Word(text=word.text, start=word.start / 1000, end=word.end / 1000, confidence=word.confidence)
            for word in said
        ),
    )
