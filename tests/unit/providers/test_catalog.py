"""The catalog's entries: whole, priced, and sensible as each other's stand-ins."""

from typing import Any

import pytest

from rushes.productions.recipe import Recipe
from rushes.providers.catalog import Catalog, entries
from rushes.providers.models import Model

MODELS = {model.id: model for model in entries().models}
REPLICATE = [model for model in MODELS.values() if model.provider == "replicate" and model.media != "text"]
TRANSCRIBERS = [model for model in MODELS.values() if model.role == "transcript"]
FACTS = {"prompt", "seconds", "seed", "aspect_ratio", "width", "height"}


def having(*keys: str) -> Catalog:
    return Catalog(entries(), lambda name: "a key" if name in keys else None)


def test_with_a_key_the_defaults_are_the_real_models_and_without_one_sketch() -> None:
    roles = ("image", "video", "music")
    real, sketch = having("REPLICATE_API_TOKEN").settle({}), having().settle({})
    assert [real[role] for role in roles] == ["flux_dev", "hailuo", "musicgen"]
    assert [sketch[role] for role in roles] == ["sketch_image", "sketch", "sketch_music"]


def test_the_models_of_the_specification_are_there() -> None:
    assert {model.id for model in REPLICATE} == {
        *("flux_dev", "flux_schnell", "flux_pro", "flux_kontext"),
        *("hailuo", "hailuo_23", "hailuo_02", "kling", "veo", "veo_fast", "wan", "seedance"),
        *("musicgen", "minimax_music"),
    }


@pytest.mark.parametrize("model", REPLICATE, ids=lambda model: model.id)
def test_a_stand_in_plays_the_same_role_and_is_no_sketch(model: Model) -> None:
    [first, *_] = having("REPLICATE_API_TOKEN").fallbacks(model)
    assert (first.role, first.provider) == (model.role, "replicate")


@pytest.mark.parametrize("model", REPLICATE, ids=lambda model: model.id)
def test_an_entry_says_what_its_input_needs(model: Model) -> None:
    given = {value[1:].partition(":")[0] for value in model.input.values() if str(value).startswith("$")}
    assert "prompt" in given
    assert ("seed" in given) == model.seed
    assert ("first_frame" in given) == model.first_frame
    assert ("last_frame" in given) == model.last_frame
    assert given - FACTS <= {"first_frame", "last_frame", "reference"}
    assert bool(model.lengths) == (model.media == "video")
    assert model.aspect_ratios or model.media == "audio"


def recipe(model: Model, **parameters: Any) -> Recipe:
    return model.recipe(prompt="a shoe", parameters=parameters)


@pytest.mark.parametrize("model", REPLICATE, ids=lambda model: model.id)
def test_every_render_has_a_price_that_is_known_beforehand(model: Model) -> None:
    assert not model.free
    for seconds in model.lengths or (30,):
        estimate = model.estimate(recipe(model, seconds=seconds))
        assert 0 < estimate.expected == estimate.most


@pytest.mark.parametrize(
    ("model_id", "seconds", "micro_usd"),
    [
        ("flux_dev", 0, 25_000),
        ("flux_schnell", 0, 3_000),
        ("hailuo", 6, 190_000),
        ("hailuo", 10, 320_000),
        ("kling", 5, 350_000),
        ("veo", 8, 3_200_000),
        ("musicgen", 30, 150_000),
        ("minimax_music", 30, 30_000),
    ],
)
def test_prices_are_those_of_the_price_lists(model_id: str, seconds: int, micro_usd: int) -> None:
    model = MODELS[model_id]
    assert model.estimate(recipe(model, seconds=seconds)).most == micro_usd


def test_only_models_with_sound_of_their_own_say_so() -> None:
    assert {model.id for model in REPLICATE if model.native_audio} == {"veo", "veo_fast", "wan"}


# ---------------------------------------------------------------------- transcripts


def test_who_listens_is_whoever_can_be_had_first_and_in_the_end_nobody() -> None:
    keys = ("OPENAI_API_KEY", "GROQ_API_KEY", "REPLICATE_API_TOKEN")
    defaults = [having(*keys[number:]).settle({})["transcript"] for number in range(4)]
    assert defaults == ["whisper", "groq_whisper", "replicate_whisper", "whisper_tiny"]
    assert TRANSCRIBERS[-1].id == "unheard"
    assert TRANSCRIBERS[-1].fallback is None


@pytest.mark.parametrize("model", TRANSCRIBERS[:-1], ids=lambda model: model.id)
def test_when_a_transcriber_cannot_be_had_another_listens_and_in_the_end_nobody(model: Model) -> None:
    line = [*having("OPENAI_API_KEY", "GROQ_API_KEY", "REPLICATE_API_TOKEN").fallbacks(model)]
    assert {other.role for other in line} == {"transcript"}
    assert line[-1].id == "unheard"
    assert [*having().fallbacks(model)][-1].id == "unheard"


@pytest.mark.parametrize("model", TRANSCRIBERS[:3], ids=lambda model: model.id)
def test_listening_is_paid_by_the_minute(model: Model) -> None:
    estimate = model.estimate(model.recipe(parameters={"seconds": 600, "language": None}))
    assert estimate.expected == estimate.most == round(model.price.usd * 10 * 1_000_000)
