"""The sketch painter's promises."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from rushes.errors import BadRequest
from rushes.providers.sketch.camera import Camera
from rushes.providers.sketch.composition import FRAMINGS, PLACES, compose
from rushes.providers.sketch.lettering import fit
from rushes.providers.sketch.painter import paint
from rushes.providers.sketch.subjects import SUBJECTS
from rushes.providers.sketch.vocabulary import MOODS, SHOTS, TIMES
from rushes.providers.sketch.vocabulary import PLACES as NAMED_PLACES
from rushes.providers.sketch.vocabulary import SUBJECTS as NAMED_SUBJECTS

SNEAKER = "Close-up. Product: Nike sneaker. Setting: city street at dusk. Mood: energetic. Palette: #ff4d00, #101820."


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.float32)


def difference(a: bytes, b: bytes) -> float:
    return float(np.abs(pixels(a) - pixels(b)).mean())


def test_the_same_arguments_give_the_same_bytes():
    assert paint(SNEAKER, 192, 108, 5) == paint(SNEAKER, 192, 108, 5)


def test_another_seed_is_another_composition():
    assert difference(paint(SNEAKER, 192, 108, 1), paint(SNEAKER, 192, 108, 2)) > 3


@pytest.mark.parametrize(("width", "height"), [(192, 108), (108, 192), (144, 144)])
def test_a_picture_has_the_size_asked_for(width, height):
    with Image.open(io.BytesIO(paint(SNEAKER, width, height, 1))) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (width, height), "RGB")


def test_a_size_nobody_can_paint_is_refused():
    with pytest.raises(BadRequest):
        paint(SNEAKER, 0, 720, 1)


def test_place_time_mood_and_palette_change_the_picture():
    plain = paint("Wide. Product: bottle. Setting: hills by day.", 192, 108, 3)
    for other in (
        "Wide. Product: bottle. Setting: hills by night.",
        "Wide. Product: bottle. Setting: desert by day.",
        "Wide. Product: bottle. Setting: hills by day. Mood: dark.",
        "Wide. Product: bottle. Setting: hills by day. Palette: #ff00aa, #220011.",
    ):
        assert difference(plain, paint(other, 192, 108, 3)) > 5


def test_the_product_carries_the_brands_colour():
    picture = pixels(
        paint("Close-up. Product: sneaker. Setting: studio. Palette: #00d060, #101010.", 256, 144, 1)
    )
    greenish = (picture[..., 1] > picture[..., 0] + 40) & (picture[..., 1] > picture[..., 2] + 20)
    assert greenish.mean() > 0.05


def test_a_title_is_lettered_inside_the_safe_margins():
    plain, titled = (
        pixels(paint(SNEAKER + title, 320, 180, 1)) for title in (' Title: "."', ' Title: "Just run."')
    )
    assert np.abs(plain - titled).max() > 60
    lines, font = fit("An uncommonly long title that has to be wrapped into lines", 300, 160)
    assert len(lines) > 1
    assert max(font.getlength(line) for line in lines) <= 300


def test_a_picture_says_that_it_is_a_sketch_and_how_to_draw_it_again():
    with Image.open(io.BytesIO(paint(SNEAKER, 192, 108, 9))) as image:
        note = json.loads(image.info["comment"])
    assert note["made_by"] == "rushes sketch"
    assert note["scene"] == {"prompt": SNEAKER, "seed": 9, "width": 192, "height": 108}


def test_everything_that_can_be_read_can_be_drawn():
    assert set(SUBJECTS) == set(NAMED_SUBJECTS)
    assert set(PLACES) == set(NAMED_PLACES)
    assert set(FRAMINGS) == set(SHOTS)


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_every_subject_is_drawn_in_some_place_and_shot(subject):
    at = sorted(SUBJECTS).index(subject)
    shot, place, hour = (sorted(names)[at % len(names)] for names in (SHOTS, PLACES, TIMES))
    mood = sorted(MOODS)[at % len(MOODS)]
    prompt = f"{shot}. Product: {subject}. Setting: {place}, {hour}. Mood: {mood}."
    assert np.asarray(compose(prompt, 96, 96, at).look(Camera(), 0.0)).std() > 5
