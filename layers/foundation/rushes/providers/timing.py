"""Words where they sound. Whisper, whoever runs it, tells each word's time to the next: in speech with pauses a word
often has the pause before or after it, and a lecture is cut, and read, by its pauses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from rushes.providers.heard import Span

SHORTEST_PAUSE = Fraction(1, 5)
"""Seconds. Stops within words are shorter."""

SHORTEST_WORD = 0.1
"""Seconds, of what had that long: the last syllable fades below what is called silence."""

_BESIDE = 0.15
"""Seconds from a pause's edge within which a word belongs to the sound on its other side: so far Whisper is off."""

_SIGNS = ".,;:!?…"
_BY_SIGN = 3.0
"""So many times as long the other part must be for a word to be on the other side of a pause than its sign says."""

Pause = tuple[float, float]
"""Seconds, from and to."""


def on_their_sound(words: Sequence[Span], speech: Path) -> list[Span]:
    """The words of the recording, without the pauses that they were given. Raises Unplayable as `pauses` does."""
    from rushes.media.listening.silence import pauses

    found = [(float(start), float(end)) for start, end in pauses(speech, SHORTEST_PAUSE)]
    return outside(found, words)


def outside(pauses: Sequence[Pause], words: Sequence[Span]) -> list[Span]:
    """Each word on one side of every pause: on the longer one, and rather before it than after it where the word has
    a sign, after it where the word before has one. Of a word that is all in a pause a moment at the pause's edge is
    left; farther in it stays, for it may be whispered.

    Pauses and words are in order of time.
    """
    found: list[Span] = []
    at, after_sign = 0, False
    for word in words:
        while at < len(pauses) and pauses[at][1] <= word.start:
            at += 1
        parts = list(_sounding(word, pauses[at:]))
        has_sign = word.text.rstrip("\"'”’)]").endswith(tuple(_SIGNS))
        if parts:
            word = _longest(word, parts, first=has_sign and not after_sign, last=after_sign and not has_sign)
        elif word.start < word.end:
            word = _at_the_edge(word, pauses[at])
        found.append(word)
        after_sign = has_sign
    return found


def _sounding(word: Span, pauses: Sequence[Pause]) -> Iterator[Pause]:
    """What the pauses, none of which ends before the word, leave of it."""
    free = word.start
    for start, end in pauses:
        if start >= word.end:
            break
        if start > free:
            yield free, start
        free = end
    if free < word.end:
        yield free, word.end


def _longest(word: Span, parts: Sequence[Pause], *, first: bool, last: bool) -> Span:
    """The word as its longest part, where the first or the last one counts for more."""
    lengths = [end - start for start, end in parts]
    if first:
        lengths[0] *= _BY_SIGN
    if last:
        lengths[-1] *= _BY_SIGN
    start, end = parts[lengths.index(max(lengths))]
    end = min(max(end, start + SHORTEST_WORD), word.end)
    return replace(word, start=max(min(start, end - SHORTEST_WORD), word.start), end=end)


def _at_the_edge(word: Span, pause: Pause) -> Span:
    """What is left of a word that is all in the pause."""
    if word.start - pause[0] <= _BESIDE:
        return replace(word, end=min(word.end, word.start + SHORTEST_WORD))
    if pause[1] - word.end <= _BESIDE:
        return replace(word, start=max(word.start, word.end - SHORTEST_WORD))
    return word
