"""The document `topics`: what a lecture is about, part by part, from what models said of its windows."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from functions.highlights.topics.citing import Refusal, Span, cited, without_doubles
from functions.highlights.topics.shaping import apart, cut, grown, limited
from functions.highlights.topics.windows import Sentence, sentences_of, windows
from rushes.providers.topical.limits import topics_at_most


class Topic(BaseModel):
    """Times in seconds from the lecture's start, and always those of the sentences it covers."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    description: str
    start: float
    end: float
    first_sentence: int | None
    """None in a lecture that nobody listened to, like the last one."""
    last_sentence: int | None
    importance: float
    """0 to 1."""
    keywords: tuple[str, ...]
    concepts: tuple[str, ...]


class RefusedTopic(BaseModel):
    """What is not among the topics, and why."""

    model_config = ConfigDict(frozen=True)

    title: str
    reason: str


class Topics(BaseModel):
    """In order of time, without overlaps."""

    model_config = ConfigDict(frozen=True)

    by: str
    """What they were found by, for people."""
    topics: tuple[Topic, ...]
    refused: tuple[RefusedTopic, ...] = ()


def merged(
    transcript: Mapping[str, Any], answers: Sequence[Any], by: str = "what is said in the lecture"
) -> Topics:
    """The topics of a transcript (the document) from the answers about its windows, one for each, in order.

    What a model cites is checked, and nothing else is believed: a topic that names sentences it was not shown, or
    anything that is not as asked, is refused with its reason. Topics are 30 to 300 s long wherever there are sentences
    to make it true.
    """
    sentences = sentences_of(transcript)
    places = {sentence.number: place for place, sentence in enumerate(sentences)}
    refusals: list[Refusal] = []
    spans = [
        span
        for window, answer in zip(windows(transcript), answers, strict=True)
        for span in cited(window, answer, places, refusals)
    ]
    spans = apart(sentences, without_doubles(sentences, spans), refusals)
    spans = grown(sentences, cut(sentences, spans), refusals)
    spans = limited(sentences, spans, topics_at_most(transcript["duration"]), refusals)
    return Topics(
        by=by,
        topics=tuple(_topic(sentences, span, number) for number, span in enumerate(spans, start=1)),
        refused=tuple(RefusedTopic(title=refusal.title, reason=refusal.reason) for refusal in refusals),
    )


def _topic(sentences: Sequence[Sentence], span: Span, number: int) -> Topic:
    first, last = sentences[span.first], sentences[span.last]
    return Topic(
        id=topic_id(number),
        title=span.title,
        description=span.description,
        start=first.start,
        end=last.end,
        first_sentence=first.number,
        last_sentence=last.number,
        importance=span.importance,
        keywords=span.keywords,
        concepts=span.concepts,
    )


def topic_id(number: int) -> str:
    """Counted from 1."""
    return f"topic_{number:02d}"
