"""By which rules a given file may take the place of an artifact."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from rushes.errors import BadRequest
from rushes.productions.fitting import fitting
from rushes.productions.recipe import Media

IMAGE = {"width": 1280, "height": 720}
VIDEO = {"width": 1280, "height": 720, "duration": "5", "frames": 120, "fps": "24"}
SOUND = {"duration": "30"}
SIZES = st.integers(min_value=16, max_value=8192)


def image(width: int, height: int, **more: Any) -> dict[str, Any]:
    return fitting("beat_02", "image", "image", {"width": width, "height": height, **more}, IMAGE, None)


def video(**given: Any) -> dict[str, Any]:
    return fitting("chunk_03", "video", "video", VIDEO | given, VIDEO, None)


def sound(duration: float, most: float | None = None) -> dict[str, Any]:
    return fitting("music", "audio", "audio", {"duration": duration}, SOUND, most)


@pytest.mark.parametrize("given", ["text", "image", "video", "audio"])
def test_a_text_is_edited_never_replaced(given: Media):
    with pytest.raises(BadRequest, match="spec is a text, which no file replaces: edit the document instead"):
        fitting("spec", "text", given, {}, {}, None)


@pytest.mark.parametrize(
    ("media", "given", "sentence"),
    [
        ("image", "video", "beat_02 is an image; a video cannot take its place"),
        ("video", "image", "beat_02 is a video; an image cannot take its place"),
        ("audio", "video", "beat_02 is a sound; a video cannot take its place"),
        ("image", "text", "beat_02 is an image; a text cannot take its place"),
    ],
)
def test_only_the_same_kind_takes_a_place(media: Media, given: Media, sentence: str):
    with pytest.raises(BadRequest, match=sentence):
        fitting("beat_02", media, given, VIDEO, VIDEO, None)


@pytest.mark.parametrize("size", [(1280, 720), (3840, 2160), (640, 360), (1080, 1080), (800, 900)])
def test_a_picture_comes_to_the_replaced_size(size: tuple[int, int]):
    assert image(*size) == {"width": 1280, "height": 720}


@pytest.mark.parametrize("size", [(639, 360), (640, 359), (320, 180), (1, 1)])
def test_a_picture_that_would_be_enlarged_more_than_twice_is_refused(size: tuple[int, int]):
    with pytest.raises(BadRequest, match=r"it is too small; at least 640 × 360 are needed"):
        image(*size)


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 1441), (4000, 1000), (10, 4000)])
def test_a_picture_that_would_lose_more_than_half_is_refused(size: tuple[int, int]):
    with pytest.raises(BadRequest, match="more than half of it would be cut off"):
        image(*size)


def test_an_animation_is_no_picture():
    with pytest.raises(BadRequest, match="the file is animated; beat_02 needs a single picture"):
        image(1280, 720, frames=12)


@whatever(SIZES, SIZES, SIZES, SIZES)
def test_no_accepted_picture_is_enlarged_more_than_twice_or_loses_more_than_half(
    wide: int, high: int, width: int, height: int
):
    given, replaced = {"width": wide, "height": high}, {"width": width, "height": height}
    scale = max(Fraction(width, wide), Fraction(height, high))
    shown = Fraction(width * height, wide * high) / scale**2
    try:
        fit = fitting("poster", "image", "image", given, replaced, None)
    except BadRequest:
        assert scale > 2 or shown < Fraction(1, 2)
    else:
        assert fit == replaced
        assert scale <= 2
        assert shown >= Fraction(1, 2)


@pytest.mark.parametrize("seconds", ["5", "249/50", 5.4, 600.0])
def test_a_video_is_cut_to_the_replaced_frames(seconds: float | str):
    assert video(duration=seconds, fps="30000/1001") == {"width": 1280, "height": 720, "frames": 120}


def test_frames_are_those_of_24_a_second_whatever_the_replaced_has():
    replaced = VIDEO | {"fps": "25", "frames": 150, "duration": "6"}
    fit = fitting("chunk_03", "video", "video", VIDEO | {"duration": "61/10"}, replaced, None)
    assert fit["frames"] == 144


@whatever(st.integers(min_value=1, max_value=14_400))
def test_as_many_frames_as_a_video_has_are_found_again(frames: int):
    for duration in (str(Fraction(frames, 24)), frames / 24):
        facts = VIDEO | {"duration": duration}
        assert fitting("chunk_03", "video", "video", facts, facts, None)["frames"] == frames


def test_a_video_that_is_too_short_is_refused():
    with pytest.raises(BadRequest, match=r"the file is 4\.5 s long; chunk_03 needs at least 5 s"):
        video(duration=4.5)


def test_a_video_has_even_sides():
    odd = VIDEO | {"width": 1281, "height": 721}
    assert fitting("chunk_03", "video", "video", VIDEO, odd, None) == {
        "width": 1280,
        "height": 720,
        "frames": 120,
    }


@pytest.mark.parametrize(
    ("duration", "most", "seconds"),
    [
        (12.0, None, 12),
        (31.0, None, 30),
        (31.0, 20, 20),
        (31.0, 20.5, 20.5),
        (12.3456, 40, 12.345),
        (0.5, 10, 0.5),
    ],
)
def test_a_sound_is_cut_where_it_may_not_go_on(duration: float, most: float | None, seconds: float):
    fit = sound(duration, most)
    assert fit == {"seconds": seconds}
    assert isinstance(fit["seconds"], int) == (seconds == int(seconds))


@whatever(st.floats(min_value=0.5, max_value=600), st.floats(min_value=0.5, max_value=600))
def test_a_sound_is_never_longer_than_it_was_nor_than_it_may_be(duration: float, most: float):
    seconds = sound(duration, most)["seconds"]
    assert min(duration, most) - 0.0011 < seconds <= min(duration, most) + 0.0001


def test_a_sound_that_is_too_short_is_refused():
    with pytest.raises(BadRequest, match=r"the file is 0\.4 s long; music needs at least 0\.5 s"):
        sound(0.4)


def test_what_is_much_too_long_is_refused():
    with pytest.raises(BadRequest, match="the file is 3600 s long; 600 s are the most"):
        sound(3600.0)
    with pytest.raises(BadRequest, match="600 s are the most"):
        video(duration=600.5)


def test_what_does_not_say_how_long_it_is_is_refused():
    with pytest.raises(BadRequest, match="does not say how long it is; save it as mp4"):
        fitting("music", "audio", "audio", {}, SOUND, None)
