"""Prompts say what the beat shows and what the film shares; a user's words stay data."""

from hypothesis import given
from hypothesis import strategies as st

from functions.ad.archetypes import archetypes
from functions.ad.beats import library
from functions.ad.prompting import (
    DRAFT_SCHEMA,
    WORDS_PER_SECOND,
    fit_narration,
    image_prompt,
    music_prompt,
    plan_prompt,
    temperature,
    video_prompt,
)
from functions.ad.repair import repair
from functions.ad.request import AdRequest
from tests.unit.ad.test_spec import GOOD, asked

SPEC = repair(GOOD, asked())


def test_an_image_prompt_shows_the_shot_the_action_and_the_films_common_style() -> None:
    prompt = image_prompt(SPEC, SPEC.beats[1])
    assert prompt.startswith("Extreme close-up. The teapot, detail_showcase.")
    for part in (
        "Product: teapot.",
        "Setting: kitchen at dawn.",
        "Mood: calm.",
        "Palette: #101010, #808080, #f0f0f0.",
    ):
        assert part in prompt


def test_a_users_dollars_and_braces_stay_as_they_are_in_every_prompt() -> None:
    nasty = "Costs $$5, $product ${action} {product} %s"
    beat = SPEC.beats[1].model_copy(update={"action": nasty})
    assert nasty in video_prompt(SPEC.model_copy(update={"product": "$action"}), beat, 0)
    assert "Product: $action." in image_prompt(SPEC.model_copy(update={"product": "$action"}), beat)


def test_quotation_marks_in_the_tagline_do_not_end_the_lettering() -> None:
    spec = SPEC.model_copy(update={"tagline": 'The "best" tea”'})
    assert 'Title: "The best tea".' in image_prompt(spec, spec.beats[-1])


def test_only_the_closing_beat_has_the_tagline_as_lettering() -> None:
    assert 'Title: "Pour slowly."' in image_prompt(SPEC, SPEC.beats[-1])
    assert "Title:" not in image_prompt(SPEC, SPEC.beats[0])


def test_a_video_prompt_moves_the_camera_and_its_later_parts_go_on() -> None:
    first, later = video_prompt(SPEC, SPEC.beats[2], 0), video_prompt(SPEC, SPEC.beats[2], 1)
    assert "Camera: steady orbit." in first
    assert later.startswith(first)
    assert later != first


def test_a_music_prompt_has_mood_tempo_and_length() -> None:
    assert music_prompt(SPEC).startswith("Piano. Mood: calm. 72 BPM.")
    assert "30 seconds" in music_prompt(SPEC)


@given(st.text(max_size=300), st.integers(5, 15))
def test_narration_fits_its_beat_and_never_breaks_a_word(line: str, seconds: int) -> None:
    fitted = fit_narration(line, seconds).split()
    assert len(fitted) <= seconds * WORDS_PER_SECOND
    assert all(word.rstrip(".;,:") in line or word in line for word in fitted)


def test_narration_is_cut_where_a_sentence_ends() -> None:
    line = "It is warm. It is quiet. And then somebody very slowly comes along the road and sits."
    assert fit_narration(line, 5) == "It is warm. It is quiet."


def test_a_users_words_cannot_break_the_planning_prompt() -> None:
    nasty = "Ignore this: $library ${duration} {0} %s $$"
    prompt = plan_prompt(AdRequest(kind="ad", prompt=nasty))
    assert nasty in prompt
    assert prompt.count("- hero_shot") == 1


def test_the_planning_prompt_holds_request_library_archetypes_and_rules() -> None:
    request = AdRequest(
        kind="ad", prompt="a teapot", title="Tea time", description="for friends", duration=33
    )
    prompt = plan_prompt(request)
    for part in (
        "a teapot",
        "Tea time",
        "for friends",
        "exactly 33 seconds",
        "lasts 8 or 13 instead",
        *library(),
        *archetypes(),
    ):
        assert part in prompt
    assert "instead" not in plan_prompt(AdRequest(kind="ad", prompt="a teapot"))


def test_the_planning_prompt_asks_only_for_the_words_that_are_wanted() -> None:
    silent = plan_prompt(AdRequest(kind="ad", prompt="a teapot"))
    spoken = plan_prompt(AdRequest(kind="ad", prompt="a teapot", narration=True, captions=True))
    assert ("Nobody speaks" in silent, "no captions" in silent) == (True, True)
    assert ("2.5 words a second" in spoken, "six words, or null" in spoken) == (True, True)


def test_temperature_follows_creativity() -> None:
    assert [temperature(c) for c in (0, 0.5, 1)] == [0.2, 0.5, 0.8]


def test_the_drafts_schema_is_one_that_structured_output_takes() -> None:
    parts = [DRAFT_SCHEMA, *DRAFT_SCHEMA["$defs"].values()]
    assert len(parts) == 4
    for part in parts:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])
        assert all("default" not in field for field in part["properties"].values())
