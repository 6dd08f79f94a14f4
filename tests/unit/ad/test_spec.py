"""A draft becomes a spec: whatever a model answers, every rule holds afterwards, and every repair is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from functions.ad.beats import library
from functions.ad.lengths import LENGTHS
from functions.ad.repair import repair
from functions.ad.request import AdRequest
from functions.ad.rules import problems
from functions.ad.spec import Draft, DraftBeat, Music, Spec, Style

text = st.text(max_size=20) | st.just("word, " * 90) | st.just("a\n\x00 " * 200)
colours = st.lists(text | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True), max_size=8)
styles = st.builds(
    Style, mood=text, palette=colours, lighting=text, camera=text, place=text, time_of_day=text
)
beats = st.builds(
    DraftBeat,
    beat=text | st.sampled_from(list(library())),
    seconds=st.integers(-5, 100),
    action=text,
    narration=st.none() | text,
    caption=st.none() | text,
)
drafts = st.builds(
    Draft,
    product=text,
    audience=text,
    archetype=text,
    style=styles,
    music=st.builds(Music, direction=text, mood=text, tempo_bpm=st.integers(-5, 500)),
    tagline=text,
    beats=st.lists(beats, max_size=20),
)
durations = st.integers(10, 60)


def asked(duration: int = 30) -> AdRequest:
    return AdRequest(kind="ad", prompt="an ad", duration=duration)


def drafted(spec: Spec) -> Draft:
    """A spec as if a model had answered it."""
    beat_fields = set(DraftBeat.model_fields)
    return Draft.model_validate(
        spec.model_dump(include=set(Draft.model_fields) - {"beats"})
        | {"beats": [beat.model_dump(include=beat_fields) for beat in spec.beats]}
    )


GOOD = Draft(
    product="teapot",
    audience="tea drinkers",
    archetype="minimalist_reveal",
    style=Style(
        mood="calm", palette=["#101010", "#808080", "#f0f0f0"], lighting="soft", camera="still", place="kitchen",
        time_of_day="dawn",
    ),
    music=Music(direction="piano", mood="calm", tempo_bpm=72),
    tagline="Pour slowly.",
    beats=[
        DraftBeat(beat=beat, seconds=seconds, action=f"the teapot, {beat}", narration=None, caption=None)
        for beat, seconds in [("hero_shot", 5), ("detail_showcase", 5), ("usage_scenario", 10), ("brand_moment", 10)]
    ],
)  # fmt: skip


def with_beat(index: int, **change: object) -> list[DraftBeat]:
    """The good draft's beats, one of them changed."""
    return [beat.model_copy(update=change) if i == index else beat for i, beat in enumerate(GOOD.beats)]


@given(drafts, durations)
def test_whatever_a_model_answers_every_rule_holds_afterwards(draft: Draft, duration: int) -> None:
    assert problems(repair(draft, asked(duration))) == []


@given(drafts, durations)
def test_repairing_twice_changes_nothing_more(draft: Draft, duration: int) -> None:
    once = repair(draft, asked(duration))
    twice = repair(drafted(once), asked(duration))
    assert (twice.beats, twice.style, twice.music, twice.repairs) == (once.beats, once.style, once.music, [])


def test_a_good_draft_is_kept_as_it_is_and_nothing_is_told() -> None:
    spec = repair(GOOD, asked())
    assert spec.repairs == []
    assert [(beat.beat, beat.seconds, beat.action) for beat in spec.beats] == [
        (beat.beat, beat.seconds, beat.action) for beat in GOOD.beats
    ]


@pytest.mark.parametrize(("change", "told"), [
    ({"archetype": "film_noir"}, "The archetype 'film_noir' is unknown; minimalist_reveal fits best."),
    ({"product": "tea\npot\x00"}, "product was not one clean line"),
    ({"tagline": " "}, "tagline was empty; now it is 'teapot'."),
    ({"style": GOOD.style.model_copy(update={"palette": ["red"]})}, "The palette was made 4 valid colours"),
    ({"style": GOOD.style.model_copy(update={"place": ""})}, "style.place was empty; now it is 'a studio'."),
    ({"music": GOOD.music.model_copy(update={"tempo_bpm": 400})}, "The tempo is 180 instead of 400"),
    ({"beats": []}, "3 beats were added"),
    ({"beats": GOOD.beats[1:]}, "Beat 0 is hero_shot: 'detail_showcase' does not belong to the opening."),
    ({"beats": with_beat(1, beat="Detail Showcas")}, "Beat 1 is detail_showcase: 'Detail Showcas'"),
    ({"beats": with_beat(2, beat="explosion")}, "'explosion' is not in the library"),
    ({"beats": with_beat(1, seconds=7)}, "The beats now last 5, 5, 10, 10 seconds: 30 in all."),
    ({"beats": with_beat(1, action="")}, "The action of beat 1 was not one clean line; now it is 'the material of"),
    ({"beats": with_beat(1, narration="word " * 40)}, "The narration of beat 1 was fitted to its 5 seconds."),
    ({"beats": with_beat(1, caption="a" * 90)}, "The caption of beat 1 was made one short line."),
    ({"beats": [GOOD.beats[0], *GOOD.beats[1:3] * 4, GOOD.beats[3]]}, "4 of 10 beats had no time and were left out."),
])  # fmt: skip
def test_what_was_repaired_is_told(change: dict[str, object], told: str) -> None:
    spec = repair(GOOD.model_copy(update=change), asked())
    assert problems(spec) == []
    assert told in " ".join(spec.repairs)


@given(durations)
def test_a_good_draft_of_another_length_keeps_its_ends_and_its_words(duration: int) -> None:
    beats = repair(GOOD, asked(duration)).beats
    assert (beats[0].action, beats[-1].action) == (GOOD.beats[0].action, GOOD.beats[-1].action)
    assert sum(beat.seconds for beat in beats) == duration


def test_the_library_has_fifteen_beats_in_four_roles_with_legal_lengths() -> None:
    by_role: dict[str, int] = {}
    for beat in library().values():
        by_role[beat.role] = by_role.get(beat.role, 0) + 1
        assert beat.seconds in LENGTHS
    assert by_role == {"opening": 5, "product": 5, "dynamic": 3, "closing": 2}


def edited(field: str, value: object) -> Spec:
    """The good spec with one field, as in `beats.0.action`, changed by a person."""
    document = repair(GOOD, asked()).model_dump(mode="json")
    *path, last = [int(step) if step.isdigit() else step for step in field.split(".")]
    part = document
    for step in path:
        part = part[step]
    part[last] = value
    return Spec.model_validate(document)


@pytest.mark.parametrize(("field", "value"), [
    ("title", ""), ("title", "a" * 161), ("product", "two\nlines"), ("audience", "   "), ("tagline", "a\x00b"),
    ("duration", 9), ("archetype", "film_noir"),
    ("style.palette", []), ("style.palette", ["#101010", "#202020", "blue"]), ("style.place", ""),
    ("music.tempo_bpm", 59), ("music.tempo_bpm", 181), ("music.direction", ""),
    ("beats", []),
    ("beats.0.index", 3), ("beats.0.beat", "detail_showcase"), ("beats.1.beat", "hero_shot"),
    ("beats.1.beat", "nothing"), ("beats.3.beat", "usage_scenario"), ("beats.1.role", "closing"),
    ("beats.1.action", ""), ("beats.1.action", "a" * 501),
    ("beats.1.narration", ""), ("beats.1.narration", "word " * 13),
    ("beats.1.caption", ""), ("beats.1.caption", "a" * 81),
])  # fmt: skip
def test_an_edit_is_judged_by_the_same_rules_and_its_field_is_named(field: str, value: object) -> None:
    assert field in {named for named, _ in problems(edited(field, value))}


@pytest.mark.parametrize("seconds", [10, 6, 0, -5])
def test_an_edit_of_one_length_must_keep_the_films_length(seconds: int) -> None:
    assert problems(edited("beats.1.seconds", seconds))


@pytest.mark.parametrize(
    ("field", "value"), [("beats.0.camera", "jump"), ("beats.0.shot", "Nice"), ("beats.0.energy", 2)]
)
def test_what_the_models_types_forbid_is_refused_at_once(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        edited(field, value)


def test_a_good_edit_is_clean() -> None:
    assert problems(edited("beats.1.action", "Steam rises from the teapot in the first light.")) == []
    assert problems(edited("style.palette", ["#FF4D00", "#101820", "#f2f2f2"])) == []
