"""Lectures as documents: written by hand, and drawn by hypothesis."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import strategies as st

RATES = ["24", "25", "30000/1001", "24000/1001", "30", "60", "12", "25/2"]


def transcript(
    sentences: Sequence[tuple[float, float, str]], duration: float, gap: float = 0.05
) -> dict[str, Any]:
    """Words share their sentence's time evenly, each but the last ending `gap` seconds before the next."""
    segments = [
        {"number": number, "start": start, "end": end, "text": text, "confidence": 0.9,
         "words": _words(start, end, text.split(), gap)}
        for number, (start, end, text) in enumerate(sentences)
    ]  # fmt: skip
    return {"language": "en", "heard": True, "duration": duration, "segments": segments}


def _words(start: float, end: float, texts: list[str], gap: float) -> list[dict[str, Any]]:
    step = (end - start) / len(texts)
    return [
        {"text": text, "start": round(start + i * step, 3), "confidence": 0.9,
         "end": round(end if i + 1 == len(texts) else start + (i + 1) * step - gap, 3)}
        for i, text in enumerate(texts)
    ]  # fmt: skip


def unheard(duration: float) -> dict[str, Any]:
    return {"language": None, "heard": False, "duration": duration, "segments": []}


def silence(spans: Sequence[tuple[float, float]], duration: float) -> dict[str, Any]:
    return {
        "threshold_dbfs": -35.0, "floor_dbfs": -60.0, "minimum": 0.5, "duration": duration,
        "silences": [{"start": start, "end": end} for start, end in spans], "energy": {"step": 1.0, "dbfs": []},
    }  # fmt: skip


def topic(number: int, first: int, last: int, heard: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": f"topic_{number:02d}", "title": f"Topic {number}", "description": "", "importance": 0.5,
        "first_sentence": first, "last_sentence": last, "keywords": [], "concepts": [],
        "start": heard["segments"][first]["start"], "end": heard["segments"][last]["end"],
    } | more  # fmt: skip


def topics(*listed: dict[str, Any]) -> dict[str, Any]:
    return {"by": "a test", "topics": list(listed), "refused": []}


def spoken(found: dict[str, Any]) -> list[tuple[Fraction, Fraction]]:
    return [
        (exact(word["start"]), exact(word["end"])) for each in found["segments"] for word in each["words"]
    ]


def exact(seconds: float) -> Fraction:
    return Fraction(str(seconds))


def frame_of(seconds: float, rate: str) -> int:
    return int(exact(seconds) * Fraction(rate) + Fraction(1, 2))


# ---------------------------------------------------------------------- drawn

_WORDS = ["trees", "heaps", "sorting", "the", "of", "hashing", "graphs", "we", "search"]


def _heard(random: Random, sentences: int) -> tuple[dict[str, Any], dict[str, Any]]:
    now, segments, pauses = random.randint(0, 3_000), [], []
    for number in range(sentences):
        words: list[dict[str, Any]] = []
        for _ in range(random.randint(1, 12)):
            end = now + random.choice([40, 180, 333, 401, 1_250])
            words.append({"text": random.choice(_WORDS), "start": now / 1000, "end": end / 1000})
            now = end + random.choice([0, 0, 7, 60])
        text = " ".join(word["text"] for word in words)
        span = {"start": words[0]["start"], "end": words[-1]["end"]}
        segments.append({"number": number, "text": text, "words": words, **span})
        pause = random.choice([0, 90, 500, 1_700, 9_000])
        if pause >= 500 or random.random() < 0.1:
            start = now - random.choice([0, 200])
            pauses.append((start / 1000, start / 1000 + max(pause, 500) / 1000))
        now += pause
    duration = max(1_000, now, round(1000 * segments[-1]["end"]) + 1) + random.randint(0, 2_000)
    pauses = [(start, min(end, duration / 1000)) for start, end in pauses]
    heard = {"language": "en", "heard": True, "duration": duration / 1000, "segments": segments}
    return heard, silence(pauses, duration / 1000)


heard_lectures = st.builds(_heard, st.integers(0, 2**32).map(Random), st.integers(1, 40))
"""A transcript and a silence that may contradict it. Words may touch each other, and the lecture's ends."""


@st.composite
def analyzed(draw: st.DrawFn, heard: dict[str, Any]) -> dict[str, Any]:
    """Topics that cite some of the sentences, in order, none twice."""
    count = len(heard["segments"])
    marks = sorted(draw(st.sets(st.integers(0, count), max_size=12)))
    return topics(
        *(
            topic(
                number, first, last - 1, heard,
                importance=draw(st.sampled_from([0.0, 0.31, 0.5, 0.86, 1.0])),
                keywords=draw(st.lists(st.sampled_from(_WORDS), max_size=3)),
            )
            for number, (first, last) in enumerate(pairwise(marks), start=1)
        )
    )  # fmt: skip


options = st.tuples(st.integers(1, 15), st.integers(5, 40), st.integers(0, 80)).map(
    lambda drawn: {"clips": drawn[0], "shortest": drawn[1], "longest": drawn[1] + drawn[2]}
)
