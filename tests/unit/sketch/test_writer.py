"""The sketch's writer: what a prompt sells is what its ad is about, and its drafts need no repair."""

import string
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.ad.archetypes import archetypes
from functions.ad.beats import library
from functions.ad.lengths import lengths_are_legal
from functions.ad.prompting import WORDS_PER_SECOND, video_prompt
from functions.ad.repair import repair
from functions.ad.request import AdRequest
from functions.ad.spec import Draft, Spec
from rushes.providers.sketch import vocabulary
from rushes.providers.sketch.naming import audience_of, location_of, person_of, product_of
from rushes.providers.sketch.phrasebook import goods, phrases
from rushes.providers.sketch.reading import read
from rushes.providers.sketch.sequence import sequence
from rushes.providers.sketch.writer import write_ad

LIBRARY = [beat.model_dump(mode="json") for beat in library().values()]
WAYS = [way.model_dump(mode="json") for way in archetypes().values()]


def write(prompt: str, duration: int = 30, seed: int = 1) -> dict[str, Any]:
    brief = {"prompt": prompt, "duration": duration, "narration": True, "captions": True}
    return write_ad(brief, LIBRARY, WAYS, seed)


def repaired(prompt: str, duration: int = 30, seed: int = 1) -> Spec:
    draft = Draft.model_validate(write(prompt, duration, seed))
    return repair(draft, AdRequest(kind="ad", prompt="an ad", duration=duration))


@pytest.mark.parametrize(("prompt", "product"), [
    ("Create a 30-second Nike sneaker ad, energetic style", "Nike sneaker"),
    ("perfume called Noir for women, luxurious, at night in Paris", "Noir perfume"),
    ("an ad for my bakery's sourdough", "sourdough"),
    ("A calm ad for a bottle of water by the sea at dawn", "bottle of water"),
    ("A quiet film about our new teapot", "teapot"),
    ("Tesla Model 3 driving through snowy mountains at dawn, dark and dramatic", "Tesla Model 3"),
    ("minimalist wireless headphones in white, for commuters", "wireless headphones"),
    ("Introducing Lumen, a smart desk lamp that follows your eyes. Clean Scandinavian office.", "Lumen lamp"),
    ("A commercial for Levi's 501 jeans, gritty, desert road", "Levi's 501 jeans"),
    ("30s TikTok video for Instagram about Glow serum", "Glow serum"),
    ("Promote our meditation app Stillness. Calm, at dusk by the sea", "meditation app Stillness"),
    ("We are a roastery. Make a warm film about our Sunrise Blend coffee, for friends", "Sunrise Blend coffee"),
    ("a mother and daughter baking together, for Grandma's Cookies", "Grandma's Cookies"),
    ("Make an ad. Product: AirPods Max. Mood: playful.", "AirPods Max"),
    ("Fresh lemonade, summer", "fresh lemonade"),
    ("CREATE A NIKE SNEAKER AD", "NIKE SNEAKER"),
    ("Werbung für einen Rucksack im Wald, ruhig", "Rucksack"),
    ("Crea un anuncio de 20 segundos para la cerveza Alhambra", "cerveza Alhambra"),
    ("Une publicité pour le parfum Étoile, luxueuse", "parfum Étoile"),
    ("为耐克运动鞋制作一个广告", "为耐克运动鞋制作一个广告"),
    ("🚀🚀 launch our app now", "app"),
    ("make me a video", "product"),
])  # fmt: skip
def test_the_product_is_named_in_the_clients_words(prompt: str, product: str) -> None:
    assert product_of(prompt, read(prompt)).name == product


@pytest.mark.parametrize(("prompt", "it", "plural"), [
    ("an ad for a Nike sneaker", "the Nike sneaker", False),
    ("an ad for running shoes", "the running shoes", True),
    ("an ad for Tesla Model 3", "Tesla Model 3", False),
    ("an ad for a new lens", "the lens", False),
])  # fmt: skip
def test_the_product_is_spoken_of_in_good_english(prompt: str, it: str, plural: bool) -> None:
    product = product_of(prompt, read(prompt))
    assert (product.it, product.plural) == (it, plural)


def test_audience_person_and_location_are_taken_from_the_prompt() -> None:
    assert audience_of("coffee for people who get up early") == "people who get up early"
    assert audience_of("an app for stressed students, calm") == "stressed students"
    assert audience_of("an ad for a teapot") == ""
    assert person_of("kids laughing at the beach") == "a girl"
    assert person_of("an old sailor") == ""
    assert location_of("a perfume at night in Paris") == "Paris"
    draft = write("perfume called Noir for women, luxurious, at night in Paris")
    assert draft["audience"] == "women"
    assert draft["style"]["place"].endswith("in Paris")


@given(st.text(min_size=1, max_size=200), st.integers(10, 60), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_whatever_the_prompt_the_draft_needs_no_repair(prompt: str, duration: int, seed: int) -> None:
    assert repaired(prompt, duration, seed).repairs == []


@pytest.mark.parametrize(
    "prompt", ["word " * 800, "$it $$ ${who} {product} %s (s)", "👟👟 go", "a" * 4000, "sneaker, " * 440]
)
def test_long_and_odd_prompts_give_clean_drafts_too(prompt: str) -> None:
    assert repaired(prompt).repairs == []


def test_the_same_prompt_and_seed_give_the_same_draft_and_another_seed_another() -> None:
    assert write("A teapot") == write("A teapot")
    assert write("A teapot", seed=1) != write("A teapot", seed=2)


def test_mood_place_time_and_colours_of_the_prompt_shape_the_ad() -> None:
    draft = write("headphones in a city at night, playful, #ff00aa")
    assert draft["style"]["time_of_day"] == "night"
    assert draft["style"]["mood"] == "playful"
    assert "#ff00aa" in draft["style"]["palette"]
    assert read(draft["style"]["place"]).place == "city"


@pytest.mark.parametrize("subject", vocabulary.SUBJECTS)
def test_what_it_writes_is_read_again_as_it_was_meant(subject: str) -> None:
    for i, place in enumerate(vocabulary.PLACES):
        time, mood = list(vocabulary.TIMES)[i % 4], list(vocabulary.MOODS)[i % 8]
        thing = "sourdough" if subject == "box" else subject
        spec = repaired(f"Ad for a {thing}. Place: {place}. Time: {time}. Mood: {mood}.", seed=i)
        for beat in spec.beats:
            again = read(video_prompt(spec, beat, 0))
            assert (again.subject, again.place, again.time, again.mood) == (subject, place, time, mood)
            assert (again.movement, again.shot) == (beat.camera, beat.shot.lower().removesuffix(" shot"))


def test_ten_different_prompts_give_ten_different_ads() -> None:
    prompts = [
        "sneakers, energetic", "perfume, luxury", "green tea, calm", "a toy, playful", "a family car, emotional",
        "insurance", "a novel, dark", "smart watch", "pizza, fun", "backpack, mountains, uplifting",
    ]  # fmt: skip
    drafts = [write(prompt) for prompt in prompts]
    assert len({draft["tagline"] for draft in drafts}) >= 9
    assert len({tuple(beat["beat"] for beat in draft["beats"]) for draft in drafts}) >= 8
    actions = [beat["action"] for draft in drafts for beat in draft["beats"]]
    assert len(set(actions)) == len(actions)


def test_one_film_never_shows_or_says_the_same_twice() -> None:
    for seed in range(20):
        beats = write("sneakers, energetic", 60, seed)["beats"]
        assert all(one["beat"] != two["beat"] for one, two in pairwise(beats))
        assert len({beat["action"] for beat in beats}) == len(beats)
        assert len({beat["narration"] for beat in beats}) == len(beats)
        assert len({beat["caption"] for beat in beats}) == len(beats)


def test_energy_climbs_to_a_peak_before_the_end() -> None:
    energies = {beat.id: beat.energy for beat in library().values()}
    for prompt in ("sneakers, energetic", "perfume, luxury", "a toy, playful"):
        films = [[energies[beat["beat"]] for beat in write(prompt, 40, seed)["beats"]] for seed in range(30)]
        after_the_opening, before_the_end = sum(film[1] for film in films), sum(film[-2] for film in films)
        assert before_the_end > 1.2 * after_the_opening


@given(st.integers(10, 60), st.integers(0, 999), st.sampled_from(WAYS))
def test_a_sequence_is_legal_for_every_duration(duration: int, seed: int, way: dict[str, Any]) -> None:
    beats = sequence(duration, LIBRARY, way, ["food"], Random(seed))
    assert lengths_are_legal(duration, [seconds for _, seconds in beats])
    assert [beat["position"] for beat, _ in beats] == ["opening", *["middle"] * (len(beats) - 2), "closing"]
    assert all(one["id"] != two["id"] for (one, _), (two, _) in pairwise(beats))


def test_nothing_is_said_or_written_that_nobody_asked_for() -> None:
    beats = write_ad({"prompt": "A teapot", "duration": 30}, LIBRARY, WAYS, 1)["beats"]
    assert all(beat["narration"] is None and beat["caption"] is None for beat in beats)


def test_every_kind_of_thing_has_its_own_words_and_every_line_can_be_said_in_five_seconds() -> None:
    assert all(subject in goods(subject)["subjects"] for subject in vocabulary.SUBJECTS)
    said = phrases()["narration"]
    lines = [*said["middle"], *(line for lines in said["opening"].values() for line in lines)]
    lines += [line for subject in vocabulary.SUBJECTS for line in goods(subject)["says"]]
    assert all(len(line.split()) <= 5 * WORDS_PER_SECOND for line in lines)


def test_phrases_cover_all_that_can_be_read_and_only_use_words_that_are_filled_in() -> None:
    said = phrases()
    for dimension, kinds in [
        ("places", vocabulary.PLACES),
        ("lights", vocabulary.TIMES),
        ("music", vocabulary.MOODS),
    ]:
        assert set(said[dimension]) == set(kinds)
    assert set(said["actions"]) == set(library())
    known = {
        "it",
        "view",
        "ground",
        "path",
        "spot",
        "rush",
        "light",
        "who",
        "part",
        "other",
        "move",
        "use",
        "gain",
    }
    used = {
        name
        for lines in said["actions"].values()
        for line in lines
        for name in string.Template(line).get_identifiers()
    }
    assert used <= known
