"""A draft becomes a spec: whatever a model answers, every rule holds afterwards, and every repair is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ad.beats import LENGTHS, lengths_for, library
from functions.ad.repair import problems, repair
from functions.ad.request import AdRequest
from functions.ad.spec import Draft, DraftBeat, Music, Spec, Style

text = st.text(max_size=20)
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


@given(durations, st.lists(st.integers(1, 30), min_size=2, max_size=14))
def test_lengths_fill_the_duration_and_only_a_remainder_breaks_the_five_second_grid(
    duration: int, wished: list[int]
) -> None:
    lengths = lengths_for(duration, wished)
    assert sum(lengths) == duration
    assert len(lengths) >= 2
    odd = [length for length in lengths if length not in LENGTHS]
    assert odd == [] if duration % 5 == 0 else len(odd) <= 1


@pytest.mark.parametrize(("change", "told"), [
    ({"archetype": "film_noir"}, "archetype"),
    ({"style": GOOD.style.model_copy(update={"palette": ["red"]})}, "palette"),
    ({"music": GOOD.music.model_copy(update={"tempo_bpm": 400})}, "tempo"),
    ({"beats": GOOD.beats[1:]}, "opening"),
    ({"beats": [*GOOD.beats[:2], GOOD.beats[2].model_copy(update={"beat": "explosion"}), GOOD.beats[3]]}, "explosion"),
    ({"beats": [beat.model_copy(update={"seconds": 7}) for beat in GOOD.beats]}, "lengths"),
])  # fmt: skip
def test_what_was_repaired_is_told(change: dict[str, object], told: str) -> None:
    spec = repair(GOOD.model_copy(update=change), asked())
    assert problems(spec) == []
    sentences = " ".join(spec.repairs)
    assert told in sentences or (told == "opening" and "does not stand there" in sentences)


def test_the_library_has_fifteen_beats_in_four_roles_with_legal_lengths() -> None:
    by_role: dict[str, int] = {}
    for beat in library().values():
        by_role[beat.role] = by_role.get(beat.role, 0) + 1
        assert beat.seconds in LENGTHS
    assert by_role == {"opening": 5, "product": 5, "dynamic": 3, "closing": 2}


def test_a_broken_edit_is_described_field_by_field() -> None:
    spec = repair(GOOD, asked())
    broken = spec.model_copy(
        update={
            "beats": spec.beats[::-1],
            "archetype": "x",
            "style": spec.style.model_copy(update={"palette": []}),
        }
    )
    assert {field for field, _ in problems(broken)} == {
        "beats.0.beat",
        "beats.3.beat",
        "archetype",
        "style.palette",
    }
