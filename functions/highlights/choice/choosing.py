"""Which parts of a lecture become clips: by importance, spread over it, in whole sentences, with the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from functions.highlights.choice.boundaries import Cut, Ground, milliseconds, told
from functions.highlights.choice.passages import Room, Run, fitted, indices, sentences, terms

CLIPS, SHORTEST, LONGEST = 5, 20, 120
"""What is chosen if nobody says otherwise: how many at most, and seconds."""

_SAME, _NEAR = 0.35, 0.25
"""What a topic loses of its importance of 0–1 to a chosen one: where all its keywords are the same, or it is beside."""

Topic = Mapping[str, Any]


def chosen(
    topics: Mapping[str, Any],
    transcript: Mapping[str, Any],
    silence: Mapping[str, Any],
    options: Mapping[str, Any],
    rate: Fraction | str,
) -> dict[str, Any]:
    """The document `highlights`: at most `clips` clips of `shortest` to `longest` seconds, in order of time.

    The same documents give the same choice. A topic gives a second clip only where there are too few topics. A
    lecture shorter than `shortest` is one clip; it has at least a frame. `original` is what a clip was before its
    boundaries were moved.
    """
    return _Choice(topics, transcript, silence, options, Fraction(rate)).document()


def lasts(transcript: Mapping[str, Any], silence: Mapping[str, Any]) -> Fraction:
    """The lecture's duration in seconds."""
    return Fraction(str(transcript.get("duration") or silence["duration"]))


@dataclass(frozen=True)
class _Clip:
    topic: Topic
    run: Run
    start: Cut
    end: Cut
    reasons: tuple[str, ...]


class _Choice:
    def __init__(
        self,
        topics: Mapping[str, Any],
        transcript: Mapping[str, Any],
        silence: Mapping[str, Any],
        options: Mapping[str, Any],
        rate: Fraction,
    ) -> None:
        duration = lasts(transcript, silence)
        self._duration = floor(duration * 1000)
        self._ground = Ground(transcript, silence, duration, rate)
        self._sentences = sentences(transcript, silence, self._duration)
        self._wanted = options.get("clips", CLIPS)
        self._seconds = options.get("shortest", SHORTEST), options.get("longest", LONGEST)
        shortest = ceil(self._seconds[0] * rate)
        self._length = shortest, max(shortest, floor(self._seconds[1] * rate))
        self._topics: Sequence[Topic] = topics["topics"] or [_whole(duration)]
        self._taken: list[_Clip] = []
        self._unfit: dict[str, str] = {}

    def document(self) -> dict[str, Any]:
        if self._ground.last >= self._length[0]:
            self._take_topics()
            self._take_seconds()
        if not self._taken:
            self._taken.append(self._all())
        clips = sorted(self._taken, key=lambda clip: clip.start.frame)
        return {
            "rate": str(self._ground.rate),
            "clips": [self._told(number, clip) for number, clip in enumerate(clips, start=1)],
            "passed_over": list(self._passed_over()),
        }

    # ------------------------------------------------------------------ choosing

    def _take_topics(self) -> None:
        """The one worth most, beside those already taken, again and again."""
        left = list(self._topics)
        while left and len(self._taken) < self._wanted:
            topic = max(left, key=self._worth)
            left.remove(topic)
            parts = self._unspent(indices(topic, self._sentences))
            clip = self._clip(topic, max(parts, key=self._length_of)) if parts else None
            if clip:
                self._taken.append(clip)
            elif topic["id"]:
                no_cut = (
                    f"no {self._seconds[0]} to {self._seconds[1]} s of it can be cut out between two words"
                )
                self._unfit[topic["id"]] = no_cut if parts else "other clips have its sentences"

    def _take_seconds(self) -> None:
        """What is left of the topics, where there are fewer of them than clips are wanted."""
        tried: set[range] = set()
        while len(self._taken) < self._wanted:
            parts = [
                (topic, part)
                for topic in self._topics
                for part in self._unspent(indices(topic, self._sentences))
                if part not in tried and self._length_of(part) >= self._seconds[0] * 1000
            ]
            if not parts:
                return
            topic, part = max(parts, key=lambda each: (self._worth(each[0]), -each[1].start))
            tried.add(part)
            if clip := self._clip(topic, part):
                self._taken.append(clip)

    def _worth(self, topic: Topic) -> float:
        return topic["importance"] - sum(self._losses(topic))

    def _losses(self, topic: Topic) -> tuple[float, float]:
        """To what was taken: for the same keywords, and for being near."""
        same = max((_likeness(topic, clip.topic) for clip in self._taken), default=0.0)
        far = self._duration / self._wanted
        gap = min((self._apart(topic, clip) for clip in self._taken), default=far)
        return _SAME * same, _NEAR * max(0.0, 1 - gap / far)

    def _apart(self, topic: Topic, clip: _Clip) -> int:
        """Milliseconds between the middles."""
        middle = milliseconds(topic["start"]) + milliseconds(topic["end"])
        return abs(middle - clip.run.start - clip.run.end) // 2

    # ------------------------------------------------------------------ cutting

    def _clip(self, topic: Topic, part: range) -> _Clip | None:
        """Of a topic's part that no other clip has. None where it cannot be cut out."""
        room = self._room(part)
        run = fitted(topic, part, self._sentences, room)
        free = self._ground.frame(room.begin), self._ground.frame(room.end)
        start, end = self._ground.frame(run.start), self._ground.frame(run.end)
        cuts = self._ground.cut(start, end, free, self._length)
        if cuts is None:
            return None
        return _Clip(topic, run, *cuts, tuple(self._reasons(topic, run, cuts)))

    def _all(self) -> _Clip:
        """The whole lecture: it is too short, or its words leave no other cut."""
        topic = max(self._topics, key=lambda each: each["importance"])
        seconds, (shortest, longest) = self._ground.seconds(self._ground.last), self._seconds
        if seconds < shortest:
            reason = f"length: all of the lecture, {seconds:.0f} s; a clip would have at least {shortest} s"
        else:
            reason = (
                f"length: all of the lecture: no {shortest} to {longest} s can be cut out between two words"
            )
        run = Run(0, len(self._sentences) - 1, 0, self._duration, reason)
        last = self._ground.last
        cuts = Cut("start", 0, 0, "gap"), Cut("end", last, last, "gap")
        return _Clip(topic, run, *cuts, (self._ranked(topic), reason))

    def _room(self, part: range) -> Room:
        """Between the clips before and after it."""
        at = self._sentences[part[0]].start
        ends = [self._milliseconds(clip.end) for clip in self._taken]
        starts = [self._milliseconds(clip.start) for clip in self._taken]
        return Room(
            begin=max((end for end in ends if end <= at), default=0),
            end=min((start for start in starts if start > at), default=self._duration),
            shortest=self._seconds[0] * 1000,
            longest=self._seconds[1] * 1000,
        )

    def _unspent(self, own: range) -> list[range]:
        """Of these sentences, what lies between the clips already taken."""
        spans = [(self._milliseconds(clip.start), self._milliseconds(clip.end)) for clip in self._taken]
        parts: list[range] = []
        for i in own:
            each = self._sentences[i]
            if any(each.start < end and start < each.end for start, end in spans):
                continue
            if parts and parts[-1].stop == i:
                parts[-1] = range(parts[-1].start, i + 1)
            else:
                parts.append(range(i, i + 1))
        return parts

    def _milliseconds(self, cut: Cut) -> int:
        return milliseconds(self._ground.seconds(cut.frame))

    def _length_of(self, part: range) -> int:
        return self._sentences[part[-1]].end - self._sentences[part[0]].start

    # ------------------------------------------------------------------ reasons

    def _reasons(self, topic: Topic, run: Run, cuts: tuple[Cut, Cut]) -> Iterator[str]:
        yield self._ranked(topic)
        if any(clip.topic is topic for clip in self._taken):
            yield f"another clip of its topic, as there are fewer topics than the {self._wanted} clips asked for"
        elif self._taken:
            apart = min(self._apart(topic, clip) for clip in self._taken)
            yield f"spread: its middle is {clock(apart)} from the nearest clip chosen before it"
        yield run.reason
        yield from (told(cut, self._ground) for cut in cuts)

    def _ranked(self, topic: Topic) -> str:
        if topic["id"] is None:
            return "importance: nothing tells the parts of this lecture apart"
        count = len(self._topics)
        place = 1 + sum(other["importance"] > topic["importance"] for other in self._topics)
        rank = "the only topic" if count == 1 else f"the highest of {count}"
        if place > 1:
            rank = f"number {place} of {count}"
        return f"importance {topic['importance']:.2f}, {rank}"

    def _passed_over(self) -> Iterator[dict[str, Any]]:
        used = {clip.topic["id"] for clip in self._taken}
        least = min((clip.topic["importance"] for clip in self._taken), default=0)
        for topic in self._topics:
            if topic["id"] and topic["id"] not in used:
                yield {"topic": topic["id"], "reason": self._against(topic, least)}

    def _against(self, topic: Topic, least: float) -> str:
        if unfit := self._unfit.get(topic["id"]):
            return unfit
        told = f"importance {topic['importance']:.2f}"
        if topic["importance"] < least:
            return f"{told}, less than any of the {len(self._taken)} that were chosen"
        same, near = self._losses(topic)
        if same >= near:
            like = max(self._taken, key=lambda clip: _likeness(topic, clip.topic))
            return f"{told}, but it says much the same as “{like.topic['title']}”"
        beside = min(self._taken, key=lambda clip: self._apart(topic, clip))
        return f"{told}, but it is close to “{beside.topic['title']}”, and clips are spread over the lecture"

    def _told(self, number: int, clip: _Clip) -> dict[str, Any]:
        seconds = self._ground.seconds
        frames = clip.end.frame - clip.start.frame
        again = sum(
            other.topic is clip.topic and other.start.frame < clip.start.frame for other in self._taken
        )
        title = clip.topic["title"] or f"From {clock(clip.run.start)}"
        return {
            "id": f"clip_{number:02d}",
            "title": f"{title} · {again + 1}" if again and clip.topic["title"] else title,
            "topic": clip.topic["id"],
            "importance": clip.topic["importance"],
            "start": seconds(clip.start.frame),
            "end": seconds(clip.end.frame),
            "duration": seconds(frames),
            "original": {"start": clip.run.start / 1000, "end": clip.run.end / 1000},
            "reasons": list(clip.reasons),
        }


def _whole(duration: Fraction) -> Topic:
    """The lecture as its only topic, where none was found."""
    return {"id": None, "title": "", "start": 0, "end": float(duration), "importance": 0.5}


def _likeness(one: Topic, other: Topic) -> float:
    """Of their keywords and concepts, the part that both have."""
    both = terms(one) | terms(other)
    return len(terms(one) & terms(other)) / len(both) if both else 0.0


def clock(milliseconds: int) -> str:
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02d}"
