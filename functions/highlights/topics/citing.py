"""Topics as models cite them, checked against the sentences they were shown. No time is taken from a model."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from functions.highlights.topics.windows import DraftTopic, Sentence, Window, clock

_TITLE, _DESCRIPTION, _TERM = 80, 500, 60  # characters
_KEYWORDS, _CONCEPTS = 8, 5
_SAME = 0.5  # of two spans' time, or of two titles' words, that make them one topic
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Span:
    """A topic over whole sentences: `first` to `last`, both included, are places in the list of sentences."""

    first: int
    last: int
    title: str
    description: str
    importance: float
    keywords: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """A topic that is not kept, and why."""

    title: str
    reason: str


def seconds(sentences: Sequence[Sentence], first: int, last: int) -> float:
    return sentences[last].end - sentences[first].start


def cited(window: Window, answer: Any, places: dict[int, int], refusals: list[Refusal]) -> list[Span]:
    """The topics of an answer about a window that cite it rightly. `places` has each sentence's number's place."""
    match answer:
        case {"topics": list(topics)}:
            return [span for topic in topics if (span := _span(window, topic, places, refusals))]
    refusals.append(Refusal(f"Part {window.number}", "the answer has no list of topics"))
    return []


def joined(better: Span, other: Span, first: int, last: int) -> Span:
    """One topic over both, called and weighed as the better one."""
    if other.importance > better.importance:
        better, other = other, better
    return replace(
        better,
        first=first,
        last=last,
        keywords=terms((*better.keywords, *other.keywords), _KEYWORDS),
        concepts=terms((*better.concepts, *other.concepts), _CONCEPTS),
    )


def without_doubles(sentences: Sequence[Sentence], spans: Iterable[Span]) -> list[Span]:
    """What two windows, or one answer, told twice is one topic: the better telling of it, over both spans where the
    titles agree, with the keywords of both."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last, -span.importance, span.title)):
        twin = next((index for index, other in enumerate(kept) if _same(sentences, other, span)), None)
        if twin is None:
            kept.append(span)
            continue
        other = kept[twin]
        better = max(other, span, key=lambda each: each.importance)
        reach = (other, span) if _alike(other.title, span.title) else (better,)
        kept[twin] = joined(other, span, min(s.first for s in reach), max(s.last for s in reach))
    return kept


def terms(said: Iterable[str], count: int) -> tuple[str, ...]:
    """The first `count` different ones, whatever their capitals."""
    cleaned = (_cleaned(term, _TERM).strip(" .,;:#\"'") for term in said)
    return tuple({term.lower(): term for term in reversed([t for t in cleaned if t])}.values())[::-1][:count]


def _span(window: Window, topic: Any, places: dict[int, int], refusals: list[Refusal]) -> Span | None:
    try:
        draft = DraftTopic.model_validate(topic)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the topic"
        refusals.append(Refusal(_told_title(topic), f"{where}: {fault['msg']}"))
        return None
    if reason := _wrong(window, draft):
        refusals.append(Refusal(_told_title(topic), reason))
        return None
    first, last = places[draft.first_sentence], places[draft.last_sentence]
    opening = next(said for said in window.sentences if said.number == draft.first_sentence)
    return Span(
        first=first,
        last=last,
        title=_cleaned(draft.title, _TITLE) or f"At {clock(opening.start)}",
        description=_cleaned(draft.description, _DESCRIPTION),
        importance=round(min(max(draft.importance, 0.0), 1.0), 3),
        keywords=terms(draft.keywords, _KEYWORDS),
        concepts=terms(draft.concepts, _CONCEPTS),
    )


def _wrong(window: Window, draft: DraftTopic) -> str | None:
    shown = {sentence.number for sentence in window.sentences}
    for number in (draft.first_sentence, draft.last_sentence):
        if number not in shown:
            return f"it cites sentence {number}, which is not among those of part {window.number}"
    if draft.first_sentence > draft.last_sentence:
        return f"it ends with sentence {draft.last_sentence}, before it begins with {draft.first_sentence}"
    return None if math.isfinite(draft.importance) else "its importance is no number"


def _same(sentences: Sequence[Sentence], one: Span, other: Span) -> bool:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        return False
    shared = seconds(sentences, first, last)
    whole = seconds(sentences, min(one.first, other.first), max(one.last, other.last))
    return shared >= _SAME * whole or _alike(one.title, other.title)


def _alike(one: str, other: str) -> bool:
    ours, theirs = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return bool(ours & theirs) and len(ours & theirs) >= _SAME * len(ours | theirs)


def _told_title(topic: Any) -> str:
    title = topic.get("title") if isinstance(topic, dict) else None
    return _cleaned(title, _TITLE) if isinstance(title, str) else ""


def _cleaned(text: str, longest: int) -> str:
    """On one line, and cut at a word's end where it is too long."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut.rsplit(' ', 1)[0]}…"
