"""By which rules a given file may take the place of an artifact, and how it is made to fit there."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from rushes.errors import BadRequest
from rushes.productions.recipe import Media

_FPS = 24  # as in media.timeline, which stands above the domain
MOST_ENLARGED = 2
"""Times. More looks soft."""
LEAST_KEPT = Fraction(1, 2)
"""Of the given picture; a crop that leaves less shows something else."""
SHORTEST_SOUND = Fraction(1, 2)
LONGEST = 600
"""Seconds of a given file. The whole sound is decoded, which takes 23 MB a minute."""

_KINDS = {"text": "a text", "image": "an image", "video": "a video", "audio": "a sound"}
_TICK = 90_000  # of the clocks in media files: by it, what a float stands for is found again


def fitting(
    name: str,
    media: Media,
    given_media: Media,
    given: Mapping[str, Any],
    replaced: Mapping[str, Any],
    most_seconds: float | None,
) -> dict[str, Any]:
    """The parameters of the fit: width and height in pixels; `frames` (24 fps) of a video; `seconds` of a sound.

    `given` and `replaced` are artifacts' media facts; `most_seconds` is how long a sound may be, the replaced one's
    length when None. Raises `BadRequest`, which says what is wrong and what is needed.
    """
    if media == "text":
        raise BadRequest(f"{name} is a text, which no file replaces: edit the document instead", name=name)
    if given_media != media:
        raise BadRequest(
            f"{name} is {_KINDS[media]}; {_KINDS[given_media]} cannot take its place", name=name, needed=media
        )
    if media == "audio":
        return _shortened(name, given, replaced, most_seconds)
    if media == "video":
        return _covering(name, given, replaced, step=2) | _cut(name, given, replaced)
    if given.get("frames", 1) > 1:
        raise BadRequest(f"the file is animated; {name} needs a single picture", name=name)
    return _covering(name, given, replaced)


def _covering(
    name: str, given: Mapping[str, Any], replaced: Mapping[str, Any], step: int = 1
) -> dict[str, Any]:
    """Scaled until the replaced size is covered, cropped around the centre. Sides are multiples of `step`."""
    width, height = (replaced[side] // step * step for side in ("width", "height"))
    wide, high = given["width"], given["height"]
    scale = max(Fraction(width, wide), Fraction(height, high))
    is_and_needs = f"the file has {wide} × {high} pixels and {name} {width} × {height}"
    if Fraction(width * height, wide * high) / scale**2 < LEAST_KEPT:
        raise BadRequest(
            f"{is_and_needs}: more than half of it would be cut off; its shape must be nearer to that",
            name=name,
        )
    if scale > MOST_ENLARGED:
        needed = f"{ceil(width / MOST_ENLARGED)} × {ceil(height / MOST_ENLARGED)}"
        raise BadRequest(f"{is_and_needs}: it is too small; at least {needed} are needed", name=name)
    return {"width": width, "height": height}


def _cut(name: str, given: Mapping[str, Any], replaced: Mapping[str, Any]) -> dict[str, Any]:
    """As long as what is replaced: the end is cut off."""
    frames = _frames(_length(replaced))
    if _frames(_given_length(given)) < frames:
        raise BadRequest(
            f"the file is {_told(_length(given))} s long; {name} needs at least {_told(_length(replaced))} s",
            name=name,
        )
    return {"frames": frames}


def _shortened(
    name: str, given: Mapping[str, Any], replaced: Mapping[str, Any], most_seconds: float | None
) -> dict[str, Any]:
    """As long as it is, in milliseconds, or as it may be."""
    seconds = _given_length(given)
    if seconds < SHORTEST_SOUND:
        raise BadRequest(f"the file is {_told(seconds)} s long; {name} needs at least 0.5 s", name=name)
    most = _length(replaced) if most_seconds is None else _exact(most_seconds)
    kept = Fraction(floor(min(seconds, most) * 1000), 1000)
    return {"seconds": kept.numerator if kept.denominator == 1 else float(kept)}


def _given_length(given: Mapping[str, Any]) -> Fraction:
    if "duration" not in given:
        raise BadRequest("the file does not say how long it is; save it as mp4, or as mp3, and give it again")
    seconds = _length(given)
    if seconds > LONGEST:
        raise BadRequest(f"the file is {_told(seconds)} s long; {LONGEST} s are the most")
    return seconds


def _length(facts: Mapping[str, Any]) -> Fraction:
    return _exact(facts["duration"])


def _exact(seconds: float | str) -> Fraction:
    return Fraction(seconds).limit_denominator(_TICK)


def _frames(seconds: Fraction) -> int:
    """The nearest whole number."""
    return floor(seconds * _FPS + Fraction(1, 2))


def _told(seconds: Fraction) -> str:
    return f"{float(seconds):.2f}".rstrip("0").rstrip(".")
