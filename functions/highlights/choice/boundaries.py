"""Where a lecture can be cut: in a pause if one is near, never through a word, and always between two frames.

A cut lies before the frame it is named by; frame k begins at k/rate seconds. Everything is an integer or a Fraction.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any, Literal

REACH = Fraction(5)
"""Seconds by which a boundary moves to find a pause."""
LEAD = Fraction(3, 20)
"""Seconds of a pause that are kept before the first word and after the last, so that neither is clipped."""
WHOLE = Fraction(3)
"""Seconds that a boundary moves farther rather than break a sentence."""
_FARTHER = (REACH, Fraction(15), Fraction(60))
"""Seconds within which a gap between words is looked for, one after the other."""

Side = Literal["start", "end"]
Frames = tuple[int, int]
"""The first and the last frame of a range, both inside."""


def milliseconds(seconds: float) -> int:
    """A document's seconds. They have at most three decimals, so that rounding finds the exact value."""
    return round(seconds * 1000)


@dataclass(frozen=True)
class Cut:
    """A boundary: what was wanted, and where it came to be. Both are frames."""

    side: Side
    wanted: int
    frame: int
    place: Literal["pause", "edge", "gap"]
    """Inside a pause; at that edge of it that the side prefers; or just between words."""


@dataclass(frozen=True)
class _Place:
    """Frames at which a cut is allowed, and the one it would best be."""

    first: int
    last: int
    best: int
    pause: bool

    def nearest(self, first: int, last: int) -> int:
        """To the best one, of those between `first` and `last`: itself in here, but not always between those."""
        return min(max(min(max(self.best, first), last), self.first), self.last)


_Pair = tuple[_Place, int, _Place, int]
"""Two places, and the frame taken of each."""


class Ground:
    """A lecture's frames, and at which of them it can be cut.

    `silences` may be wrong: where a word is heard, there is no pause. Without words, any frame will do.
    """

    def __init__(
        self, transcript: Mapping[str, Any], silence: Mapping[str, Any], duration: Fraction, rate: Fraction
    ) -> None:
        self.duration = duration
        self.rate = rate
        self.last = floor(duration * rate)
        """The last frame's end, rounded down to be inside the lecture."""
        self._lead = max(1, floor(LEAD * rate))
        said = [
            [self._inside(word) for word in each["words"]] for each in transcript["segments"] if each["words"]
        ]
        words = sorted(word for each in said for word in each)
        self.has_words = bool(words)
        self._sentences = sorted((min(each)[0], max(last for _, last in each)) for each in said)
        self._gaps = _between(words, (0, self.last))
        self._starts = [first for first, _ in self._gaps]
        self._pauses = sorted(
            part for each in silence["silences"] for part in self._unspoken(self._lying_in(each))
        )

    def frame(self, milliseconds: int) -> int:
        """The nearest one; half a frame rounds up."""
        return min(max(0, floor(milliseconds * self.rate / 1000 + Fraction(1, 2))), self.last)

    def seconds(self, frame: int) -> float:
        """As a document has it, to the millisecond."""
        return float(round(frame / self.rate, 3))

    def off_words(self, frame: int, side: Side) -> int:
        """The nearest frame that is not within a word; of two, the one that loses nothing of the clip."""
        places = self._gaps_near(frame, (0, self.last), self.last)
        outward = -1 if side == "start" else 1
        return min((place.best for place in places), key=lambda f: (abs(f - frame), -outward * (f - frame)))

    def beside(self, frame: int, side: Side) -> int:
        """As `off_words`, and then a little into the pause, at most to its middle."""
        at, lead = self.off_words(frame, side), self._lead
        first, last = self._gaps[bisect_right(self._starts, at) - 1]
        if side == "start":
            return at - min(lead, (at - first) // 2)
        return at + min(lead, (last - at) // 2)

    def cut(self, start: int, end: int, free: Frames, length: Frames) -> tuple[Cut, Cut] | None:
        """Start and end of a clip that is wanted from frame `start` to frame `end`.

        It lies within `free` and has one of `length` frames. As many of the two as possible lie in a pause; of these
        the nearest are taken, where what the clip would lose of its own words counts twice, and a broken sentence as
        3 s. None where no cut between words, within a minute, makes such a clip.
        """
        for reach in _FARTHER:
            window = floor(reach * self.rate)
            starts = [*self._pauses_near(start, "start", free), *self._gaps_near(start, free, window)]
            ends = [*self._pauses_near(end, "end", free), *self._gaps_near(end, free, window)]
            pairs = [found for pair in product(starts, ends) if (found := _fitted(*pair, length))]
            if pairs:
                return self._nearest(pairs, start, end)
        return None

    def _nearest(self, pairs: list[_Pair], start: int, end: int) -> tuple[Cut, Cut]:
        def cost(pair: _Pair) -> tuple[int, int, int, int]:
            first, a, last, b = pair
            moved = abs(a - start) + abs(b - end)
            lost = self._spoken(start, a) + self._spoken(b, end)
            # Between words without a pause there is no better place than the nearest.
            breaks = (first.pause and self._breaks(a)) + (last.pause and self._breaks(b))
            broken = floor(WHOLE * self.rate) * breaks
            return 2 - first.pause - last.pause, moved + lost + broken, a - b, a

        first, a, last, b = min(pairs, key=cost)
        return Cut("start", start, a, _kind(first, a)), Cut("end", end, b, _kind(last, b))

    def _breaks(self, frame: int) -> bool:
        """Whether a sentence is heard on both sides."""
        before = bisect_right(self._sentences, (frame, self.last)) - 1
        return before >= 0 and frame <= self._sentences[before][1]

    def _spoken(self, begin: int, end: int) -> int:
        """Frames that begin while a word is spoken."""
        near = self._gaps[max(0, bisect_right(self._starts, begin) - 1) : bisect_right(self._starts, end)]
        silent = sum(max(0, min(last + 1, end) - max(first, begin)) for first, last in near)
        return max(0, end - begin - silent)

    # ------------------------------------------------------------------ places

    def _pauses_near(self, at: int, side: Side, free: Frames) -> Iterator[_Place]:
        """Of a start, the end of a pause is best; of an end, its beginning. Each a little inside."""
        # `at` was rounded to a frame, and is not to reach farther for it.
        reach, lead = floor(REACH * self.rate - Fraction(1, 2)), self._lead
        for first, last in self._pauses:
            best = max(first, last - lead) if side == "start" else min(last, first + lead)
            low, high = max(first, free[0], at - reach), min(last, free[1], at + reach)
            if low <= high:
                yield _Place(low, high, min(max(best, low), high), pause=True)

    def _gaps_near(self, at: int, free: Frames, reach: int) -> Iterator[_Place]:
        begin = max(0, bisect_right(self._starts, at - reach) - 1)
        for first, last in self._gaps[begin : bisect_right(self._starts, at + reach)]:
            low, high = max(first, free[0], at - reach), min(last, free[1], at + reach)
            if low <= high:
                yield _Place(low, high, min(max(at, low), high), pause=False)

    # ------------------------------------------------------------------ words and silences

    def _inside(self, word: Mapping[str, Any]) -> Frames:
        """Frames that begin while the word is spoken. What is after the lecture's last whole frame cannot be cut."""
        return max(1, self._before(word["start"]) + 1), min(self.last - 1, self._after(word["end"]) - 1)

    def _lying_in(self, silence: Mapping[str, Any]) -> Frames:
        return self._after(silence["start"]), min(self.last, self._before(silence["end"]))

    def _before(self, seconds: float) -> int:
        """The last frame that begins at this time or earlier."""
        return milliseconds(seconds) * self.rate.numerator // (1000 * self.rate.denominator)

    def _after(self, seconds: float) -> int:
        """The first frame that begins at this time or later."""
        return -(-milliseconds(seconds) * self.rate.numerator // (1000 * self.rate.denominator))

    def _unspoken(self, silence: Frames) -> Iterator[Frames]:
        begin = max(0, bisect_right(self._starts, silence[0]) - 1)
        for first, last in self._gaps[begin : bisect_right(self._starts, silence[1])]:
            if max(first, silence[0]) <= min(last, silence[1]):
                yield max(first, silence[0]), min(last, silence[1])


def _between(words: Iterable[Frames], whole: Frames) -> list[Frames]:
    """What the words, in order of their starts, leave of the whole."""
    gaps: list[Frames] = []
    free = whole[0]
    for first, last in words:
        if first > last:
            continue
        if free < first:
            gaps.append((free, first - 1))
        free = max(free, last + 1)
    return [*gaps, (free, whole[1])] if free <= whole[1] else gaps


# ---------------------------------------------------------------------- pairs


def _fitted(start: _Place, end: _Place, length: Frames) -> _Pair | None:
    """The frames of both places that make a clip of such a length, the end giving way first."""
    shortest, longest = length
    last = end.nearest(start.best + shortest, start.best + longest)
    first = start.nearest(last - longest, last - shortest)
    return (start, first, end, last) if shortest <= last - first <= longest else None


def _kind(place: _Place, frame: int) -> Literal["pause", "edge", "gap"]:
    if not place.pause:
        return "gap"
    return "edge" if frame == place.best else "pause"


# ---------------------------------------------------------------------- in words


def told(cut: Cut, ground: Ground) -> str:
    """Where the boundary went, and why."""
    moved = (cut.frame - cut.wanted) / ground.rate
    edge = "the end of a pause" if cut.side == "start" else "the beginning of a pause"
    where = {"edge": edge, "pause": "a point in a pause", "gap": "the nearest gap between words"}[cut.place]
    why = "" if cut.place != "gap" else ": no pause that fits lies within 5 s"
    if abs(moved) < Fraction(1, 20):
        there = {"edge": f"lies at {edge}", "pause": "lies in a pause", "gap": "stays"}[cut.place]
        return f"{cut.side} {there}{why}"
    if cut.place == "gap" and not ground.has_words:
        where = "make the length fit"
    return f"{cut.side} moved {float(abs(moved)):.1f} s {'back' if moved < 0 else 'on'} to {where}{why}"
