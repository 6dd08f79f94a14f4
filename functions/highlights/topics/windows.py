"""Windows of a transcript: as much as a model reads well in one go, and a recipe's row can hold.

Neighbours overlap, so that a topic at the edge of one is whole in the other.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from rushes.providers.topical.limits import topics_at_most

_LONGEST = 30 * 60.0
_OVERLAP = 3 * 60.0
_HEAVIEST = 170_000
"""Bytes of JSON the sentences of a window may take: an item of the table holds 400 KB, and there is more in it."""
_BESIDES = (
    80  # bytes of JSON for a sentence's numbers, times and punctuation, in the prompt and in the parameters
)
_MINUTE = 60
_TOPICS_A_MINUTE = 1 / 12


class Sentence(NamedTuple):
    """Times in seconds from the lecture's start."""

    number: int
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Window:
    """Neighbouring sentences, part `number` (from 1) of `count`."""

    number: int
    count: int
    sentences: tuple[Sentence, ...]

    @property
    def seconds(self) -> float:
        return self.sentences[-1].end - self.sentences[0].start


class DraftTopic(BaseModel):
    """A topic as a model cites it: by sentences, never by times."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str = Field(description="At most 8 words.")
    description: str = Field(description="One or two sentences.")
    first_sentence: int = Field(description="The number of the sentence it begins with.")
    last_sentence: int = Field(description="The number of the sentence it ends with.")
    importance: float = Field(description="0 to 1")
    keywords: list[str]
    concepts: list[str]


class CitedTopics(BaseModel):
    """What a model answers for one window."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: list[DraftTopic]


def schema() -> dict[str, Any]:
    """JSON Schema of an answer: every field required and no others, as strict structured output wants it."""
    return CitedTopics.model_json_schema()


def sentences_of(transcript: Mapping[str, Any]) -> list[Sentence]:
    """Those in which something is said, in order."""
    return [
        Sentence(said["number"], said["start"], said["end"], text)
        for said in transcript["segments"]
        if (text := " ".join(said["text"].split()))
    ]


def windows(transcript: Mapping[str, Any]) -> list[Window]:
    """Of a transcript; none where nothing was heard. Every sentence is in at least one."""
    sentences = sentences_of(transcript) if transcript["heard"] else []
    if not sentences:
        return []
    spans = _spans(sentences)
    return [
        Window(number, len(spans), tuple(sentences[span.start : span.stop]))
        for number, span in enumerate(spans, start=1)
    ]


def prompt_of(window: Window, wish: str | None = None) -> str:
    """The whole prompt. `wish` is what the user would like to see; like the transcript it is put in as it is."""
    template = Template(
        files("functions.highlights").joinpath("prompts/topics.md").read_text(encoding="utf-8")
    )
    minutes = window.seconds / _MINUTE
    wished = " ".join((wish or "").split())
    return template.substitute(
        part=window.number,
        parts=window.count,
        minutes=max(1, round(minutes)),
        least=max(1, math.floor(minutes * _TOPICS_A_MINUTE)),
        most=topics_at_most(window.seconds),
        wish=f"# The viewer\nTopics the viewer asked for are more important than others: {wished}\n"
        if wished
        else "",
        transcript="\n".join(_lines(window.sentences)),
    )


def clock(seconds: float) -> str:
    """12:40, or 1:02:40 from an hour on."""
    minutes, rest = divmod(int(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _lines(sentences: Sequence[Sentence]) -> list[str]:
    lines: list[str] = []
    minute = -1
    for sentence in sentences:
        if int(sentence.start) // _MINUTE != minute:
            minute = int(sentence.start) // _MINUTE
            lines.append(f"({clock(sentence.start)})")
        lines.append(f"[{sentence.number}] {sentence.text}")
    return lines


def _spans(sentences: Sequence[Sentence]) -> list[range]:
    """Indexes: windows of about the same length, none longer or heavier than allowed unless one sentence is."""
    whole = sentences[-1].end - sentences[0].start
    count = max(1, math.ceil((whole - _OVERLAP) / (_LONGEST - _OVERLAP)))
    even = (whole + (count - 1) * _OVERLAP) / count
    # Windows end with whole sentences, which is a little before they might.
    longest = min(_LONGEST, even + _MINUTE)
    spans = [_span(sentences, 0, longest)]
    while spans[-1].stop < len(sentences):
        spans.append(_span(sentences, _restart(sentences, spans[-1]), longest))
    return spans


def _span(sentences: Sequence[Sentence], first: int, longest: float) -> range:
    stop, weight = first, 0
    while stop < len(sentences):
        weight += 2 * len(json.dumps(sentences[stop].text)) + _BESIDES
        if stop > first and (sentences[stop].end - sentences[first].start > longest or weight > _HEAVIEST):
            break
        stop += 1
    return range(first, stop)


def _restart(sentences: Sequence[Sentence], span: range) -> int:
    """The first sentence within the overlap, and in any case one of the span's second half or the next."""
    until = sentences[span.stop - 1].end - _OVERLAP
    middle = span.start + (len(span) + 1) // 2
    return next((index for index in range(middle, span.stop) if sentences[index].start >= until), span.stop)
