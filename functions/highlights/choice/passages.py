"""What a clip can be made of: whole sentences, and the run of them that says most in the time there is.

Of a lecture nobody wrote down, the stretches between its pauses stand for sentences.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from re import findall
from typing import Any

from functions.highlights.choice.boundaries import milliseconds

_STRETCH = 10_000
"""Milliseconds: a longer stretch without a pause is taken to be several sentences."""
_LONG_PAUSE = 1_000
"""Milliseconds: a longer one does not set two sentences farther apart."""
_SLACK = 1_000
"""Milliseconds that a part is shorter than it may be, so that its boundaries can move out into pauses."""
_LETTERS = 4
"""Shorter words are mostly of grammar, not of the topic."""
_OPENING, _PAUSE, _FULL = 0.15, 0.1, 0.1
"""What the topic's own beginning, a long pause on either side, and a full length add to a weight of 0–1."""


@dataclass(frozen=True)
class Sentence:
    """Times in milliseconds; `number` is the transcript's, None for a stretch of a lecture nobody wrote down."""

    start: int
    end: int
    number: int | None
    text: str


@dataclass(frozen=True)
class Run:
    """Sentences `first` to `last`, counted in the lecture's list, and how it came to be these."""

    first: int
    last: int
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Room:
    """In milliseconds: between which times a run may lie, and how long it should be."""

    begin: int
    end: int
    shortest: int
    longest: int


def sentences(transcript: Mapping[str, Any], silence: Mapping[str, Any], duration: int) -> list[Sentence]:
    """In order of time. `duration` in milliseconds."""
    if transcript["segments"]:
        return [
            Sentence(milliseconds(each["start"]), milliseconds(each["end"]), each["number"], each["text"])
            for each in transcript["segments"]
        ]
    pauses = [(milliseconds(each["start"]), milliseconds(each["end"])) for each in silence["silences"]]
    return list(_stretches(pauses, duration))


def _stretches(pauses: list[tuple[int, int]], duration: int) -> Iterator[Sentence]:
    begin = 0
    for start, end in [*sorted(pauses), (duration, duration)]:
        length = min(start, duration) - begin
        parts = -(-length // _STRETCH)
        for part in range(parts):
            yield Sentence(begin + part * length // parts, begin + (part + 1) * length // parts, None, "")
        begin = max(begin, end)


def indices(topic: Mapping[str, Any], among: Sequence[Sentence]) -> range:
    """The topic's sentences: those it cites, or those whose middle lies within its time."""
    if topic.get("first_sentence") is not None:
        own = [
            i
            for i, each in enumerate(among)
            if topic["first_sentence"] <= (each.number or 0) <= topic["last_sentence"]
        ]
    else:
        begin, end = milliseconds(topic["start"]), milliseconds(topic["end"])
        own = [i for i, each in enumerate(among) if begin <= (each.start + each.end) // 2 < end]
    return range(own[0], own[-1] + 1) if own else range(0)


def fitted(topic: Mapping[str, Any], own: range, among: Sequence[Sentence], room: Room) -> Run:
    """The run of a topic's sentences, all of them in the room, that is as long as wanted.

    Too long a topic is cut to its best part, too short a one extended by its neighbours; it may still be too short
    where there is no more room.
    """
    first, last = own[0], own[-1]
    length = among[last].end - among[first].start
    if length > room.longest:
        return _best(topic, own, among, room)
    if length < room.shortest:
        return _extended(first, last, among, room)
    return _run(first, last, among, f"length: all of the topic, {_told(length)}")


# ---------------------------------------------------------------------- too long, too short


def _best(topic: Mapping[str, Any], own: range, among: Sequence[Sentence], room: Room) -> Run:
    """The longest run from each sentence on, and of these the one that weighs most; the earlier one of two."""
    weights = dict(zip(own, _weights(topic, [among[i] for i in own]), strict=True))

    def weight(run: range) -> float:
        lengths = [among[i].end - among[i].start for i in run]
        content = sum(weights[i] * length for i, length in zip(run, lengths, strict=True)) / max(
            1, sum(lengths)
        )
        pauses = sum(min(_pause(i, among), _LONG_PAUSE) for i in (run[0] - 1, run[-1])) / _LONG_PAUSE
        full = (among[run[-1]].end - among[run[0]].start) / room.longest
        return content + _OPENING * (run[0] == own[0]) + _PAUSE * pauses + _FULL * min(1, full)

    longest = room.longest - min(_SLACK, (room.longest - room.shortest) // 2)
    runs = [_from(first, own, among, longest) for first in own]
    long_enough = [run for run in runs if among[run[-1]].end - among[run[0]].start >= room.shortest]
    best = max(long_enough or runs, key=lambda run: (weight(run), -run[0]))
    whole = _told(among[own[-1]].end - among[own[0]].start)
    run = _run(best[0], best[-1], among, "")
    if run.end - run.start > room.longest:
        reason = f"length: the first {_told(room.longest)} of a sentence that is longer than a clip may be"
        return Run(run.first, run.last, run.start, run.start + room.longest, reason)
    part = "its beginning" if best[0] == own[0] else "the part that says most of it"
    told = _told(run.end - run.start)
    return _run(best[0], best[-1], among, f"length: {told} of {whole}: {part}{_cited(best, among)}")


def _from(first: int, own: range, among: Sequence[Sentence], longest: int) -> range:
    last = first
    while last < own[-1] and among[last + 1].end - among[first].start <= longest:
        last += 1
    return range(first, last + 1)


def _extended(first: int, last: int, among: Sequence[Sentence], room: Room) -> Run:
    """By the neighbour that follows after, or comes before, the shorter pause."""
    begin, end = first, last
    while among[end].end - among[begin].start < room.shortest:
        before = begin - 1 if begin and among[begin - 1].start >= room.begin else None
        after = end + 1 if end + 1 < len(among) and among[end + 1].end <= room.end else None
        if before is not None and among[end].end - among[before].start > room.longest:
            before = None
        if after is not None and among[after].end - among[begin].start > room.longest:
            after = None
        if before is None and after is None:
            break
        if after is None or (before is not None and _pause(before, among) <= _pause(end, among)):
            begin -= 1
        else:
            end += 1
    added = [f"{n} {side}" for n, side in ((first - begin, "before"), (end - last, "after")) if n]
    what = "sentence" if among[first].number is not None else "stretch"
    reason = f"length: {_told(among[end].end - among[begin].start)}"
    if added:
        reason += f", with neighbours that make it long enough ({what}s: {' and '.join(added)})"
    return _run(begin, end, among, reason)


def _pause(i: int, among: Sequence[Sentence]) -> int:
    """Milliseconds between sentence `i` and the next. Before the first and after the last one it is long."""
    if i < 0 or i + 1 >= len(among):
        return _LONG_PAUSE
    return max(0, among[i + 1].start - among[i].end)


def _run(first: int, last: int, among: Sequence[Sentence], reason: str) -> Run:
    return Run(first, last, among[first].start, among[last].end, reason)


# ---------------------------------------------------------------------- what is said


def terms(topic: Mapping[str, Any]) -> frozenset[str]:
    """What the topic is about, as words to compare."""
    return frozenset(each.casefold() for each in (*topic.get("keywords", ()), *topic.get("concepts", ())))


def _weights(topic: Mapping[str, Any], said: Sequence[Sentence]) -> list[float]:
    """Of each sentence, 0–1: more for the topic's own terms in it than for words that are often in the topic."""
    texts = [each.text.casefold() for each in said]
    words = [{word for word in findall(r"\w+", text) if len(word) >= _LETTERS} for text in texts]
    often = Counter(word for each in words for word in each)
    named = [sum(term in text for term in terms(topic)) for text in texts]
    central = [sum(often[word] for word in each) / max(1, len(each)) for each in words]
    return [(2 * a / max(1, *named) + b / max(1, *central)) / 3 for a, b in zip(named, central, strict=True)]


def _cited(run: range, among: Sequence[Sentence]) -> str:
    first, last = among[run[0]].number, among[run[-1]].number
    if first is None:
        return ""
    return f" (sentence {first})" if first == last else f" (sentences {first} to {last})"


def _told(length: int) -> str:
    return f"{length / 1000:.0f} s"
