"""The talk: what is said when, what is seen meanwhile, and the truth about it for whoever wants to check."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml

from rushes.media.sound import Samples, silence
from rushes.media.timeline import SAMPLE_RATE

FPS = 25
FRAME_SAMPLES = SAMPLE_RATE // FPS

_LEAD, _BETWEEN_SENTENCES, _BETWEEN_SLIDES, _BETWEEN_TOPICS, _END = 25, (12, 16, 20), 28, 50, 40
"""Pauses in frames; those between sentences take turns."""
_ROOM = 10 ** (-62 / 20)
"""The room's own noise, RMS of full scale."""

Layout = Literal["picture_in_picture", "side_by_side"]


@dataclass(frozen=True)
class Slide:
    title: str
    points: tuple[str, ...]
    picture: str
    colour: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    title: str
    layout: Layout
    slides: tuple[Slide, ...]


@dataclass(frozen=True)
class Spoken:
    """A sentence, from frame `start` to frame `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Shown:
    """A slide, from frame `start` to frame `end`."""

    slide: Slide
    topic: Topic
    start: int
    end: int
    sentences: tuple[Spoken, ...]


@dataclass(frozen=True)
class Talk:
    title: str
    shown: tuple[Shown, ...]
    sound: Samples

    @property
    def frames(self) -> int:
        return self.shown[-1].end


def written() -> tuple[str, list[Topic]]:
    """The title and the topics of `lecture.yaml`."""
    found = yaml.safe_load(Path(__file__).with_name("lecture.yaml").read_text("utf-8"))
    return found["title"], [_topic(each) for each in found["topics"]]


def held(say: Callable[[str], Samples]) -> Talk:
    """The talk as it is given: every sentence begins on a frame, and pauses lie between."""
    title, topics = written()
    shown: list[Shown] = []
    pieces: list[tuple[int, Samples]] = []
    at = 0
    for topic in topics:
        for number, slide in enumerate(topic.slides):
            start, first = at, number == 0
            at += _LEAD if not shown else (_BETWEEN_TOPICS if first else _BETWEEN_SLIDES) // 2
            spoken: list[Spoken] = []
            for sentence in slide.sentences:
                if spoken:
                    at += _BETWEEN_SENTENCES[len(pieces) % len(_BETWEEN_SENTENCES)]
                sound = say(sentence)
                end = at + (sound.shape[1] + FRAME_SAMPLES - 1) // FRAME_SAMPLES
                pieces.append((at, sound))
                spoken.append(Spoken(sentence, at, end))
                at = end
            last = number == len(topic.slides) - 1
            at += (
                _END if last and topic is topics[-1] else (_BETWEEN_TOPICS if last else _BETWEEN_SLIDES) // 2
            )
            shown.append(Shown(slide, topic, start, at, tuple(spoken)))
    return Talk(title, tuple(shown), _sound(pieces, at))


def truth(talk: Talk, rectangles: dict[Layout, dict[str, list[int]]]) -> dict[str, Any]:
    """What a listener should find. Times are seconds, and exact: every sentence begins on a frame."""
    sentences = [each for shown in talk.shown for each in shown.sentences]
    return {
        "title": talk.title,
        "duration": _seconds(talk.frames),
        "rate": str(FPS),
        "sentences": [{"text": each.text, **_span(each.start, each.end)} for each in sentences],
        "topics": [
            {"title": each[0].topic.title, **_span(each[0].sentences[0].start, each[-1].sentences[-1].end)}
            for each in _together(talk, lambda shown: shown.topic.title)
        ],
        "slides": [_seconds(shown.start) for shown in talk.shown[1:]],
        "layout": [
            {"layout": each[0].topic.layout, **_span(each[0].start, each[-1].end),
             **rectangles[each[0].topic.layout]}
            for each in _together(talk, lambda shown: shown.topic.layout)
        ],
    }  # fmt: skip


def _together(talk: Talk, key: Callable[[Shown], str]) -> list[list[Shown]]:
    """Neighbours of one key."""
    runs: list[list[Shown]] = []
    for shown in talk.shown:
        if runs and key(runs[-1][-1]) == key(shown):
            runs[-1].append(shown)
        else:
            runs.append([shown])
    return runs


def _topic(found: dict[str, Any]) -> Topic:
    slides = (
        Slide(
            each["title"], tuple(each["points"]), each["picture"], found["colour"], tuple(each["sentences"])
        )
        for each in found["slides"]
    )
    return Topic(found["title"], found["layout"], tuple(slides))


def _sound(pieces: list[tuple[int, Samples]], frames: int) -> Samples:
    """The sentences in the room's noise."""
    sound = silence(frames * FRAME_SAMPLES)
    sound += np.random.default_rng(5).normal(0, _ROOM, sound.shape[1]).astype(np.float32)
    for at, piece in pieces:
        begin = at * FRAME_SAMPLES
        sound[:, begin : begin + piece.shape[1]] += piece
    return sound


def _span(start: int, end: int) -> dict[str, float]:
    return {"start": _seconds(start), "end": _seconds(end)}


def _seconds(frames: int) -> float:
    """Exact to the millisecond: a frame is 40 of them."""
    return frames * (1000 // FPS) / 1000
