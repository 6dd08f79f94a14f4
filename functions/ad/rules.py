"""What must hold of a spec, whoever wrote it: `problems` judges a person's edit, and what `repair` made of a draft."""

import re
import unicodedata
from collections.abc import Iterator

from functions.ad.archetypes import archetypes
from functions.ad.beats import library, position_of
from functions.ad.lengths import LENGTHS, lengths_are_legal
from functions.ad.prompting import fit_narration
from functions.ad.spec import Beat, Spec
from functions.problems import Problem

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
COLOURS = range(3, 7)
TEMPO = range(60, 181)
DURATION = range(10, 61)
TEXTS = {
    "title": 160, "product": 80, "audience": 200, "tagline": 80,
    "style.mood": 80, "style.lighting": 200, "style.camera": 200, "style.place": 200, "style.time_of_day": 80,
    "music.direction": 300, "music.mood": 80,
}  # fmt: skip
"""Every text of the film and how many characters it may have: one line, never empty."""
ACTION, CAPTION = 500, 80
"""The same for a beat's own texts."""


def problems(spec: Spec) -> list[Problem]:
    """What is against the rules. Empty for everything `repair` makes."""
    return [
        *_of_the_film(spec),
        *_of_the_sequence(spec),
        *(p for beat in spec.beats for p in _of_a_beat(beat)),
    ]


def plain(text: str, limit: int) -> str:
    """The text on one line, without control characters, cut after a word if it is longer than `limit` characters."""
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    words = text[: limit + 1].rpartition(" ")[0]
    return (words or text[:limit]).rstrip(" ,;:")


def text_of(spec: Spec, field: str) -> str:
    """The text at a path of `TEXTS`."""
    part, _, name = field.rpartition(".")
    return getattr(getattr(spec, part) if part else spec, name)


def _of_the_film(spec: Spec) -> Iterator[Problem]:
    for field, limit in TEXTS.items():
        yield from _of_a_text(field, text_of(spec, field), limit)
    if spec.archetype not in archetypes():
        yield "archetype", f"there is no archetype {spec.archetype!r}: choose from {', '.join(archetypes())}"
    palette = spec.style.palette
    if len(palette) not in COLOURS or not all(map(COLOUR.fullmatch, palette)):
        yield "style.palette", "a palette is 3 to 6 colours like #1b2a49"
    if spec.music.tempo_bpm not in TEMPO:
        yield "music.tempo_bpm", "a tempo is 60 to 180 beats a minute"
    if spec.duration not in DURATION:
        yield "duration", "a film lasts 10 to 60 seconds"


def _of_the_sequence(spec: Spec) -> Iterator[Problem]:
    lengths = [beat.seconds for beat in spec.beats]
    if len(lengths) < 2:
        yield "beats", "a film has an opening and a closing: at least two beats"
    elif sum(lengths) != spec.duration:
        yield "beats", f"the beats last {sum(lengths)} seconds, and the film {spec.duration}"
    elif not lengths_are_legal(spec.duration, lengths):
        yield (
            "beats",
            f"a beat lasts {', '.join(map(str, LENGTHS[:-1]))} or {LENGTHS[-1]} seconds; "
            + (
                f"one after the opening may carry the remainder of {spec.duration % 5}"
                if spec.duration % 5
                else "here no other length is needed"
            ),
        )
    for i, beat in enumerate(spec.beats):
        place = position_of(i, len(spec.beats))
        entry = library().get(beat.beat)
        if beat.index != i:
            yield f"beats.{i}.index", f"this is beat {i}"
        if entry is None:
            yield f"beats.{i}.beat", f"there is no beat {beat.beat!r} in the library"
        elif entry.position != place:
            yield (
                f"beats.{i}.beat",
                f"{beat.beat} belongs to the {entry.position} of a film, not to its {place}",
            )
        elif entry.role != beat.role:
            yield f"beats.{i}.role", f"the role of {beat.beat} is {entry.role}"


def _of_a_beat(beat: Beat) -> Iterator[Problem]:
    at = f"beats.{beat.index}"
    yield from _of_a_text(f"{at}.action", beat.action, ACTION)
    if beat.caption is not None:
        yield from _of_a_text(f"{at}.caption", beat.caption, CAPTION)
    if beat.narration is not None and not beat.narration.strip():
        yield f"{at}.narration", "say nothing at all with null"
    elif beat.narration is not None and beat.narration != fit_narration(
        plain(beat.narration, ACTION), beat.seconds
    ):
        yield f"{at}.narration", f"it is too long to be said in {beat.seconds} seconds, or not on one line"


def _of_a_text(field: str, text: str, limit: int) -> Iterator[Problem]:
    if not text.strip():
        yield field, "it is empty"
    elif len(text) > limit:
        yield field, f"it has {len(text)} characters, and {limit} are allowed"
    elif text != plain(text, limit):
        yield field, "it must be one line without control characters or double spaces"
