"""The sketch's writer: what a prompt sells is what its ad is about, and its drafts need no repair."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.ad.archetypes import archetypes
from functions.ad.beats import library
from functions.ad.repair import repair
from functions.ad.request import AdRequest
from functions.ad.spec import Draft
from rushes.providers.sketch.reading import read
from rushes.providers.sketch.writer import product_of, write_ad

LIBRARY = [beat.model_dump(mode="json") for beat in library().values()]
WAYS = [way.model_dump(mode="json") for way in archetypes().values()]


def write(prompt: str, duration: int = 30, seed: int = 1) -> dict:
    return write_ad({"prompt": prompt, "duration": duration}, LIBRARY, WAYS, seed)


@pytest.mark.parametrize(("prompt", "product"), [
    ("Create a 30-second Nike sneaker ad, energetic style", "Nike sneaker"),
    ("perfume called Noir for women, luxurious, at night in Paris", "Noir perfume"),
    ("an ad for my bakery's sourdough", "bakery's sourdough"),
    ("A calm ad for a bottle of water by the sea at dawn", "bottle of water"),
    ("A quiet film about our new teapot", "teapot"),
    ("electric car on a mountain road, dark and dramatic", "electric car"),
    ("🚀🚀 launch our app now", "app"),
])  # fmt: skip
def test_the_product_is_named_in_the_clients_words(prompt: str, product: str) -> None:
    assert product_of(prompt, read(prompt)) == product


@given(st.text(min_size=1, max_size=200), st.integers(10, 60), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_any_prompt_gives_a_draft_that_needs_no_repair_but_for_odd_lengths(prompt: str, duration: int, seed: int) -> None:
    draft = Draft.model_validate(write(prompt, duration, seed))
    repairs = repair(draft, AdRequest(kind="ad", prompt="an ad", duration=duration)).repairs
    assert repairs == [] or (duration % 5 and len(repairs) == 1)


def test_the_same_prompt_and_seed_give_the_same_draft_and_another_seed_another() -> None:
    assert write("A teapot") == write("A teapot")
    assert write("A teapot", seed=1) != write("A teapot", seed=2)


def test_mood_place_time_and_colours_of_the_prompt_shape_the_ad() -> None:
    draft = write("headphones in a city at night, playful, #ff00aa")
    assert draft["style"]["time_of_day"] == "night"
    assert draft["style"]["mood"] == "playful"
    assert "#ff00aa" in draft["style"]["palette"]
    assert read(draft["style"]["place"]).place == "city"


def test_different_prompts_give_different_ads() -> None:
    prompts = ["sneakers, energetic", "perfume, luxury", "tea, calm", "toys, playful", "a family car, emotional"]
    drafts = [write(prompt) for prompt in prompts]
    assert len({draft["tagline"] for draft in drafts}) == len(prompts)
    assert len({tuple(beat["beat"] for beat in draft["beats"]) for draft in drafts}) >= 4


def test_no_beat_follows_itself() -> None:
    for seed in range(20):
        beats = [beat["beat"] for beat in write("sneakers, energetic", 60, seed)["beats"]]
        assert all(one != two for one, two in zip(beats, beats[1:], strict=False))
