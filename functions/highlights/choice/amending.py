"""A person's changes to the choice of clips: taken as they are said, or refused with all that is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from pydantic import TypeAdapter, ValidationError

from functions.fields import Title
from functions.highlights.choice.boundaries import Ground, Side, milliseconds
from functions.highlights.choice.by_hand import SENTENCE, Hand
from functions.highlights.choice.choosing import clock, lasts
from functions.problems import Problem, refusal, shown, within

MOST_CLIPS = 30
SHORTEST, LONGEST = 1, 600
"""Seconds of a clip: a person may go beyond what is chosen by rule."""

_WORDS_OF_A_TITLE = 8
_TITLE: TypeAdapter[str] = TypeAdapter(Title)
_FIXED = {
    "id": "a clip keeps its id",
    "importance": "it is the topic's, and cannot be changed",
    "duration": "it follows from start and end",
    "original": "it tells what was chosen first, and cannot be changed",
    "reasons": "they tell how the clip was chosen, and cannot be changed",
}
_FIXED_IN_ALL = {
    "rate": "it is the lecture's, and cannot be changed",
    "passed_over": "it tells what was not chosen, and cannot be changed",
}
_FREE = {"start", "end", "first_sentence", "last_sentence", "title", "topic", "snap"}

Clip = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What the clips are cut from. `duration` in seconds."""

    transcript: Mapping[str, Any]
    silence: Mapping[str, Any]
    duration: Fraction


def context(documents: Mapping[str, Any]) -> Context:
    """From the documents `transcript` and `silence`."""
    transcript, silence = documents["transcript"], documents["silence"]
    return Context(transcript, silence, lasts(transcript, silence))


def amended(document: Mapping[str, Any], changes: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The document `highlights` with these changes. What is not changed stays as it is, to the last digit.

    `clips` is an object of changes by id, where null drops a clip, or a list, the new sequence: an element with an
    `id` is the clip that was there, one without is new. A clip's `start` and `end` are kept to the frame, but for a
    word that would be cut through; with `"snap": false` even then. `first_sentence` and `last_sentence` are numbers
    of the transcript. A new clip counts as important as can be: somebody wanted it.

    Raises BadRequest with every problem as `fields=[{"field": "clips.clip_02.start", "problem": "…"}, …]`.
    """
    return _Amendment(document, context).made(changes)


@dataclass(frozen=True)
class _Placed:
    """A clip of the new sequence, where the changes speak of it, and whether its times are new."""

    field: str
    clip: Clip
    moved: bool


class _Amendment:
    """Collects what is wrong on the way; where it is, the old value stays, so that the rest can be judged too."""

    def __init__(self, document: Mapping[str, Any], context: Context) -> None:
        self._document = document
        self._clips: dict[str, Clip] = {clip["id"]: clip for clip in document["clips"]}
        self._topics = {each["topic"] for each in (*document["clips"], *document["passed_over"])} | {None}
        self._segments = context.transcript["segments"]
        self._ground = Ground(
            context.transcript, context.silence, context.duration, Fraction(document["rate"])
        )
        self._wrong: list[Problem] = []
        self._hand = Hand(self._ground, self._segments, self._wrong)

    def made(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        self._refuse_others(changes, {"clips"}, _FIXED_IN_ALL, self._document, "")
        placed = self._sequence(changes.get("clips", {}))
        if not 1 <= len(placed) <= MOST_CLIPS:
            self._wrong.append(("clips", f"a lecture has 1 to {MOST_CLIPS} clips"))
        self._wrong += [*self._overlaps(placed)]
        if self._wrong:
            raise refusal(self._wrong)
        clips = [each.clip for each in placed]
        return {**self._document, "clips": clips, "passed_over": self._passed_over(clips)}

    # ------------------------------------------------------------------ the sequence of clips

    def _sequence(self, changes: Any) -> list[_Placed]:
        match changes:
            case Mapping():
                return list(self._in_place(changes))
            case list() if len(changes) <= MOST_CLIPS:
                return list(self._in_order(changes))
            case list():
                self._wrong.append(("clips", f"a lecture has at most {MOST_CLIPS} clips"))
            case _:
                problem = "it is a list, the new sequence, or an object of changes by id"
                self._wrong.append(("clips", problem))
        return list(self._in_place({}))

    def _in_place(self, changes: Mapping[str, Any]) -> Iterator[_Placed]:
        unknown = changes.keys() - self._clips.keys()
        self._wrong += [(f"clips.{shown(id)}", self._no_such_clip()) for id in unknown]
        for id, clip in self._clips.items():
            if changes.get(id, {}) is not None:
                yield self._changed(f"clips.{id}", clip, changes.get(id, {}))

    def _in_order(self, elements: list[Any]) -> Iterator[_Placed]:
        seen: set[str] = set()
        number = max((int(id.removeprefix("clip_")) for id in self._clips), default=0)
        for i, element in enumerate(elements):
            field = f"clips.{i}"
            if not isinstance(element, Mapping):
                self._wrong.append((field, "it must be a JSON object"))
            elif "id" not in element:
                number += 1
                yield self._added(field, f"clip_{number:02d}", element)
            elif not isinstance(element["id"], str) or element["id"] not in self._clips:
                self._wrong.append((f"{field}.id", self._no_such_clip()))
            elif element["id"] in seen:
                self._wrong.append((f"{field}.id", "this clip is there already"))
            else:
                seen.add(element["id"])
                yield self._changed(field, self._clips[element["id"]], element)

    def _no_such_clip(self) -> str:
        return f"there is no such clip: they are {', '.join(self._clips)}"

    # ------------------------------------------------------------------ one clip

    def _changed(self, field: str, clip: Clip, changes: Any) -> _Placed:
        """The clip itself where nothing is changed."""
        if not isinstance(changes, Mapping):
            self._wrong.append((field, "it must be a JSON object, or null to drop the clip"))
            return _Placed(field, clip, moved=False)
        self._refuse_others(changes, _FREE, _FIXED, clip, f"{field}.")
        words = {name: self._word(field, name, changes, clip[name]) for name in ("title", "topic")}
        changed = clip if words.items() <= clip.items() else {**clip, **words}
        return self._moved(field, changed, changes)

    def _added(self, field: str, id: str, changes: Mapping[str, Any]) -> _Placed:
        """A new clip, called by its first words unless it has a title."""
        clip = {"id": id, "title": "", "topic": None, "importance": 1.0, "start": None, "end": None}
        self._refuse_others(changes, _FREE, _FIXED, {}, f"{field}.")
        for side, by_sentence in SENTENCE.items():
            if side not in changes and by_sentence not in changes:
                self._wrong.append((f"{field}.{side}", f"a new clip needs {side} or {by_sentence}"))
        words = {name: self._word(field, name, changes, clip[name]) for name in ("title", "topic")}
        new = {**clip, **words, "original": {"start": 0.0, "end": 0.0}, "reasons": ["added by hand"]}
        placed = self._moved(field, new, changes)
        if words["title"] or placed.clip["start"] is None:
            return placed
        title = self._first_words(placed.clip["start"])
        return _Placed(field, {**placed.clip, "title": title}, moved=True)

    def _refuse_others(
        self,
        changes: Mapping[str, Any],
        free: set[str],
        fixed: Mapping[str, str],
        now: Mapping[str, Any],
        at: str,
    ) -> None:
        """A field that cannot be changed may be said, as it is: so a document can be sent back as a whole."""
        for name, value in changes.items():
            if name in fixed and not (name in now and now[name] == value):
                self._wrong.append((f"{at}{name}", fixed[name]))
            elif name not in free and name not in fixed:
                self._wrong.append((f"{at}{shown(name)}", "there is no such field"))

    def _word(self, field: str, name: str, changes: Mapping[str, Any], now: str | None) -> str | None:
        """The clip's new title or topic."""
        value = changes.get(name, now)
        if value == now:
            return now
        if name == "topic":
            if not isinstance(value, str | None) or value not in self._topics:
                self._wrong.append((f"{field}.topic", "the lecture has no such topic"))
                return now
            return value
        try:
            return _TITLE.validate_python(value, strict=True)
        except ValidationError as error:
            self._wrong.append((f"{field}.title", error.errors(include_url=False)[0]["msg"]))
            return now

    def _first_words(self, start: float) -> str:
        words = [word for each in self._segments for word in each["words"] if word["start"] >= start]
        said = " ".join(word["text"] for word in words[:_WORDS_OF_A_TITLE]).strip(" ,.;:")
        return said[:120] or f"From {clock(milliseconds(start))}"

    # ------------------------------------------------------------------ its times

    def _moved(self, field: str, clip: Clip, changes: Mapping[str, Any]) -> _Placed:
        found = self._hand.boundaries(field, clip, changes)
        if not found:
            return _Placed(field, clip, moved=False)
        new = {**clip, "original": dict(clip["original"])}
        for side, boundary in found.items():
            new[side] = self._ground.seconds(boundary.frame)
            new["original"][side] = boundary.said
            new["reasons"] = [*(each for each in new["reasons"] if not _about(each, side)), boundary.reason]
        if not self._is_wrong(field):
            start, end = (self._ground.frame(milliseconds(new[side])) for side in SENTENCE)
            new["duration"] = self._ground.seconds(end - start)
            self._judge_length(f"{field}.{'end' if 'end' in found else 'start'}", end - start)
        return _Placed(field, new, moved=True)

    def _judge_length(self, field: str, frames: int) -> None:
        if frames <= 0:
            self._wrong.append((field, "the clip ends before it begins"))
        elif not SHORTEST <= frames / self._ground.rate <= LONGEST:
            told = f"the clip would last {self._ground.seconds(frames):.10g} s"
            self._wrong.append((field, f"{told}; {SHORTEST} to {LONGEST} s are allowed"))

    # ------------------------------------------------------------------ all of them

    def _is_wrong(self, field: str) -> bool:
        return any(within(wrong, field) for wrong, _ in self._wrong)

    def _overlaps(self, placed: list[_Placed]) -> Iterator[Problem]:
        """Only where the changes moved one of the two."""
        right = sorted(
            (each for each in placed if not self._is_wrong(each.field)), key=lambda each: each.clip["start"]
        )
        for earlier, later in combinations(right, 2):
            if later.clip["start"] < earlier.clip["end"] and (earlier.moved or later.moved):
                side, blamed, other = ("start", later, earlier) if later.moved else ("end", earlier, later)
                span = f"{other.clip['start']:.10g} to {other.clip['end']:.10g} s"
                yield f"{blamed.field}.{side}", f"it overlaps {other.clip['id']}, which is {span}"

    def _passed_over(self, clips: list[Clip]) -> list[dict[str, Any]]:
        used = {clip["topic"] for clip in clips}
        dropped = dict.fromkeys(clip["topic"] for clip in self._clips.values() if clip["topic"] is not None)
        kept = [each for each in self._document["passed_over"] if each["topic"] not in used]
        return [
            *kept,
            *({"topic": each, "reason": "dropped by hand"} for each in dropped if each not in used),
        ]


def _about(reason: str, side: Side) -> bool:
    """Does it no longer hold when that boundary was moved by hand?"""
    return reason.startswith((f"{side} ", "length:"))
