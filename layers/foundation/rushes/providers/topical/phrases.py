"""What a segment is called: words and pairs of words that stand out in it, by count and by meaning."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rushes.providers.topical.words import stem, tells, written_words

Floats = NDArray[np.floating]
Embed = Callable[[Sequence[str]], Floats]
"""Texts → a row for each, of length 1 or 0."""

_CLAUSE = re.compile(r"[,.;:!?()\"“”…]|\s[–—-]\s")
_CANDIDATES = (
    16  # words and as many pairs of each segment, by count: only these are looked at for their meaning
)
_BEFORE_NOUN = re.compile(
    r"a|an|the|this|these|those|of|in|on|by|from|into|with|our|your|their|its|his|her|each|every|some|no"
)
_PAIR, _CHANCE_PAIR = 1.6, 0.6  # a pair of words says more than either of them, unless they only met once


@dataclass(frozen=True)
class Phrase:
    """As it is most often written, and how well it tells its segment from the others (0 and up)."""

    text: str
    key: tuple[str, ...]
    """Its stems."""
    score: float


def phrases(texts: Sequence[str], centres: Floats, embed: Embed) -> list[list[Phrase]]:
    """For the text of each segment with its centre, a vector as `embed` makes them: phrases, the most telling first."""
    counted = [_counted(text) for text in texts]
    spread = Counter(key for found in counted for key in found)
    chosen = [_standing_out(found, spread, len(texts)) for found in counted]
    everything = sorted({phrase.text for found in chosen for phrase in found})
    vectors = dict(zip(everything, embed(everything), strict=True)) if everything else {}
    return [
        sorted(
            (_weighed(phrase, float(vectors[phrase.text] @ centre)) for phrase in found),
            key=lambda phrase: (-phrase.score, phrase.text),
        )
        for found, centre in zip(chosen, centres, strict=True)
    ]


def distinct(found: Sequence[Phrase], count: int) -> list[str]:
    """The first `count` of them that do not repeat a word of one before."""
    kept: list[Phrase] = []
    for phrase in found:
        if len(kept) < count and not any(set(phrase.key) & set(other.key) for other in kept):
            kept.append(phrase)
    return [phrase.text for phrase in kept]


@dataclass
class _Count:
    spellings: Counter[str]
    times: int = 0
    as_noun: int = 0


def _counted(text: str) -> dict[tuple[str, ...], _Count]:
    found: dict[tuple[str, ...], _Count] = defaultdict(lambda: _Count(Counter()))
    for said, written, as_noun in _spans(text):
        count = found[tuple(stem(word) for word in said)]
        count.spellings[" ".join(written)] += 1
        count.times += 1
        count.as_noun += as_noun
    return found


def _spans(text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Single words and pairs of neighbours within a clause, in lower case and as written, and whether what stands
    around them announces a noun."""
    for clause in _CLAUSE.split(text):
        written = written_words(clause)
        if written and written[0].istitle():
            written[0] = written[0].lower()  # the first word's capital says nothing
        said = ["", *(word.lower() for word in written), "", ""]
        for place, word in enumerate(said[1:-2]):
            before, following, after = said[place], said[place + 2], said[place + 3]
            if not tells(word):
                continue
            announced = bool(_BEFORE_NOUN.fullmatch(before))
            yield (word,), (written[place],), announced
            if tells(following) and not following.endswith(("ly", "ed")):
                pair = (written[place], written[place + 1])
                yield (word, following), pair, announced and not _BEFORE_NOUN.fullmatch(after)


def _standing_out(
    found: dict[tuple[str, ...], _Count], spread: Counter[tuple[str, ...]], segments: int
) -> list[Phrase]:
    scored = [
        Phrase(
            text=min(count.spellings, key=lambda written: (-count.spellings[written], written)),
            key=key,
            score=_standing(count, len(key)) * (0.3 + math.log((1 + segments) / spread[key])),
        )
        for key, count in found.items()
        if len(set(key)) == len(key)
    ]
    scored.sort(key=lambda phrase: (-phrase.score, phrase.text))
    return [
        phrase
        for size in (1, 2)
        for phrase in [phrase for phrase in scored if len(phrase.key) == size][:_CANDIDATES]
    ]


def _standing(count: _Count, size: int) -> float:
    """By how often it is said, and by how often it is surely a noun."""
    often = (1 + math.log(count.times)) * (0.5 + count.as_noun / count.times)
    if size == 1:
        return often
    return often * (_PAIR if count.times > 1 or count.as_noun else _CHANCE_PAIR)


def _weighed(phrase: Phrase, similarity: float) -> Phrase:
    return Phrase(phrase.text, phrase.key, phrase.score * (0.1 + max(0.0, similarity)))
