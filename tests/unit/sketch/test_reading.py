"""What the sketch artist understands of a prompt."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rushes.providers.sketch.reading import read
from rushes.providers.sketch.vocabulary import MOODS, MOVEMENTS, PEOPLE, PLACES, SHOTS, SUBJECTS, TIMES

BEAT = (
    "Close-up. Nike sneaker lands on wet asphalt, spray frozen in the air. Product: Nike sneaker. Setting: city street "
    "at dusk. Mood: energetic. Lighting: hard rim light. Palette: #ff4d00, #101820, #f2f2f2. Camera: slow push in."
)


def test_a_composed_image_prompt_is_read_field_by_field():
    reading = read(BEAT)
    assert (reading.product, reading.subject, reading.place) == ("Nike sneaker", "sneaker", "city")
    assert (reading.time, reading.mood) == ("dusk", "energetic")
    assert (reading.shot, reading.movement) == ("close-up", "push in")
    assert reading.palette == ("#ff4d00", "#101820", "#f2f2f2")


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("luxury perfume at night", "subject", "perfume"),
        ("luxury perfume at night", "mood", "luxury"),
        ("coffee at dawn by the sea", "place", "sea"),
        ("coffee at dawn by the sea", "time", "dawn"),
        ("electric car on a mountain road", "subject", "car"),
        ("electric car on a mountain road", "place", "road"),
        ("phone app in the office", "subject", "phone"),
        ("headphones in a city at night with a dancing person", "person", "dance"),
        ("a woman taps a phone", "person", "hold"),
        ("hiking backpack in a forest", "subject", "backpack"),
        ("watch minimalist studio", "subject", "watch"),
        ("A 30 second ad for the new Aurora electric car", "product", "Aurora electric car"),
        ("Product: Leica camera. Wide shot", "subject", "camera"),
        ("Extreme close-up of a shoe", "shot", "extreme close-up"),
        ("An aerial view of a beach", "shot", "aerial"),
        ("Drink it. Camera: dolly out.", "movement", "pull out"),
        ("Camera: tracking", "movement", "track"),
        ("Senators stand around Caesar", "subject", "person"),
        ("A sunset over the hills", "subject", "scenery"),
        ("A red car", "palette", ("#d7263d",)),
        ("Palette: #fff, #1B2A49.", "palette", ("#ffffff", "#1b2a49")),
        ('Title: "Just run." Camera: static', "title", "Just run."),
    ],
)
def test_plain_words_are_understood(text, field, value):
    assert getattr(read(text), field) == value


@pytest.mark.parametrize("text", ["Take care of your skin", "watch the sunrise with me", "scared of oscars"])
def test_words_inside_other_words_and_verbs_are_no_products(text):
    assert read(text).subject not in {"car", "watch"}


def test_what_is_labelled_outweighs_what_is_told():
    reading = read(
        "A city, a street, a city, a building. Setting: forest. Product: watch. The car passes the car."
    )
    assert (reading.place, reading.subject) == ("forest", "watch")


@given(st.text(max_size=400))
def test_every_text_has_a_reading(text):
    reading = read(text)
    assert reading.subject in SUBJECTS or reading.subject in {"person", "scenery"}
    assert reading.person in PEOPLE or reading.person == ""
    assert reading.place in PLACES
    assert reading.time in TIMES
    assert reading.mood in MOODS
    assert reading.shot in SHOTS
    assert reading.movement in MOVEMENTS


@pytest.mark.parametrize(
    "text", ["Nike sneaker in the city. " * 600, "title: " * 2200, "a" * 15000, "#" * 15000]
)
def test_the_longest_prompt_is_read_at_once(text):
    started = time.process_time()
    read(text[:15000])
    assert time.process_time() - started < 2
