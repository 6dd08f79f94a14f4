"""What the doubles hear in a sound: sentences of a lecture, spoken evenly from its beginning to its end."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

import av

_SENTENCES = (
    "Welcome to the lecture, and please take a seat.",
    "Today we talk about virtual memory and the page table.",
    "The page table maps a virtual page to a physical frame.",
    "When the mapping is missing, the processor raises a page fault.",
    "A page fault is not an error, it is a request.",
    "Now let us look at the scheduler and its queues.",
    "The scheduler decides which process may run next.",
    "A fair scheduler gives every process the same share of time.",
    "Finally we come to file systems, and how they survive a crash.",
    "A journal writes down what it is about to do, before it does it.",
)
_WORDS_A_SECOND = 2.5


@dataclass(frozen=True)
class Sentence:
    start: float
    end: float
    words: tuple[tuple[str, float, float], ...]
    """Text, start, end."""

    @property
    def text(self) -> str:
        return " ".join(text for text, _, _ in self.words)


def seconds_of(sound: bytes) -> float:
    """Raises `av.FFmpegError` for what is no sound."""
    with av.open(io.BytesIO(sound)) as container:
        return (container.duration or 0) / av.time_base


def heard(sound: bytes) -> Iterator[Sentence]:
    """Different ones in different sounds."""
    seconds = seconds_of(sound)
    begin = hashlib.sha256(sound).digest()[0] % len(_SENTENCES)
    at = 0.0
    for sentence in islice(cycle(_SENTENCES), begin, None):
        texts = sentence.split()
        end = at + len(texts) / _WORDS_A_SECOND
        if end > seconds:
            return
        edges = [at + number / _WORDS_A_SECOND for number in range(len(texts) + 1)]
        words = zip(texts, edges, edges[1:], strict=False)
        yield Sentence(at, end, tuple((text, round(start, 2), round(stop, 2)) for text, start, stop in words))
        at = end
