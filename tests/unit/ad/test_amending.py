"""A person's edit of the spec: merged field by field, refused with all its problems at once, never repaired."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ad.amending import amended
from functions.ad.beats import filled, library
from functions.ad.repair import repair
from functions.ad.rules import TEXTS, problems
from functions.ad.spec import Beat, Music, Spec, Style
from rushes.errors import BadRequest
from tests.unit.ad.test_spec import GOOD, asked, drafts, durations

SPEC = repair(GOOD, asked())
"""hero_shot 5 s, detail_showcase 5 s, usage_scenario 10 s, brand_moment 10 s."""


def refused(changes: dict[str, Any], spec: Spec = SPEC) -> dict[str, str]:
    """The problems that the changes are refused with, by field, in their order."""
    with pytest.raises(BadRequest) as error:
        amended(spec, changes)
    told = error.value.details["fields"]
    assert error.value.message == f"{told[0]['field']}: {told[0]['problem']}"
    return {each["field"]: each["problem"] for each in told}


def editable(spec: Spec) -> dict[str, Any]:
    """A spec's own dump, without what cannot be edited."""
    dump = spec.model_dump(mode="json", exclude={"kind", "repairs"})
    return dump | {"beats": [{k: v for k, v in beat.items() if k != "role"} for beat in dump["beats"]]}


def beats(spec: Spec) -> list[tuple[str, int]]:
    return [(beat.beat, beat.seconds) for beat in spec.beats]


# ---------------------------------------------------------------------- whatever comes in

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-3, 70)
    | st.floats()
    | st.text(max_size=9)
    | st.just("half \ud800")
)
json = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)
words = st.sampled_from(
    ["calm", "a long walk", "", "two  spaces", "#102030", *library(), "energetic_lifestyle"]
)


def changes_of(model: type, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    likely = words | st.integers(0, 20) | st.none() | st.lists(st.just("#102030"), max_size=7) | json
    fields = dict.fromkeys((*model.model_fields, "colour"), likely)
    return st.fixed_dictionaries({}, optional=fields | parts)


of_a_beat = changes_of(Beat, beat=st.sampled_from(list(library())) | json, index=st.integers(-1, 4) | json)
sequences = (
    json
    | st.dictionaries(
        st.sampled_from(["0", "1", "2", "3", "4", "01", "-1", "x"]), of_a_beat | json, max_size=3
    )
    | st.lists(of_a_beat | json, max_size=14)
)
edits = changes_of(Spec, style=changes_of(Style) | json, music=changes_of(Music) | json, beats=sequences)


def first_only(changes: dict[str, Any]) -> dict[str, Any]:
    return dict(list(changes.items())[:1])


@given(edits | edits.map(first_only))
def test_whatever_comes_in_is_refused_with_its_fields_or_gives_a_spec_by_all_rules(
    changes: dict[str, Any],
) -> None:
    try:
        spec, told = amended(SPEC, changes), []
    except BadRequest as error:
        spec, told = SPEC, error.details["fields"]
        assert told
    assert problems(spec) == []
    assert Spec.model_validate(spec.model_dump(mode="json")) == spec
    for each in told:
        assert set(each) == {"field", "problem"}
        assert f"{each['field']}{each['problem']}".encode()


@given(drafts, durations)
def test_no_change_and_a_specs_own_words_give_the_same_spec(draft: Any, duration: int) -> None:
    spec = repair(draft, asked(duration))
    assert amended(spec, {}) == spec
    assert amended(spec, editable(spec)) == spec


@given(st.permutations(range(1, 5)), st.permutations(range(1, 5)))
def test_two_new_orders_after_each_other_are_the_order_they_make_together(
    one: list[int], two: list[int]
) -> None:
    middle = ["detail_showcase", "usage_scenario", "action_montage", "benefit_showcase"]
    spec = amended(SPEC, {"beats": [
        {"index": 0}, *({"beat": beat, "seconds": 5} for beat in middle), {"index": 3, "seconds": 5}
    ]})  # fmt: skip

    def ordered(spec: Spec, order: list[int]) -> Spec:
        return amended(spec, {"beats": [{"index": i} for i in (0, *order, 5)]})

    assert ordered(ordered(spec, one), two) == ordered(spec, [one[i - 1] for i in two])


# ---------------------------------------------------------------------- merging


def test_objects_are_merged_and_lists_of_colours_replaced() -> None:
    palette = ["#000000", "#444444", "#888888", "#ffffff"]
    spec = amended(
        SPEC,
        {"tagline": "Slowly.", "style": {"mood": "warm", "palette": palette}, "music": {"tempo_bpm": 90}},
    )
    assert spec == SPEC.model_copy(update={
        "tagline": "Slowly.",
        "style": SPEC.style.model_copy(update={"mood": "warm", "palette": palette}),
        "music": SPEC.music.model_copy(update={"tempo_bpm": 90}),
    })  # fmt: skip


def test_beats_named_by_their_index_are_changed_and_the_others_stay() -> None:
    spec = amended(SPEC, {"beats": {"2": {"action": "steam rises", "caption": "Now.", "energy": 1}}})
    changed = {"action": "steam rises", "caption": "Now.", "energy": 1.0}
    assert spec.beats == [*SPEC.beats[:2], SPEC.beats[2].model_copy(update=changed), SPEC.beats[3]]
    assert amended(spec, {"beats": {"2": {"caption": None}}}).beats[2].caption is None


def test_another_beat_of_the_library_brings_its_looks_along_and_keeps_a_persons_action() -> None:
    beat = amended(SPEC, {"beats": {"1": {"beat": "action_montage", "shot": "Top-down shot"}}}).beats[1]
    entry = library()["action_montage"]
    assert (beat.role, beat.camera, beat.energy) == (entry.role, entry.camera, entry.energy)
    assert (beat.shot, beat.seconds, beat.action) == ("Top-down shot", 5, SPEC.beats[1].action)


def test_an_action_that_was_the_librarys_changes_with_its_beat_unless_one_is_given() -> None:
    usual = {
        name: filled(library()[name].action, product="teapot")
        for name in ("usage_scenario", "action_montage")
    }
    spec = amended(SPEC, {"beats": {"1": {"beat": "usage_scenario", "action": usual["usage_scenario"]}}})
    change = {"beat": "action_montage"}
    assert amended(spec, {"beats": {"1": change}}).beats[1].action == usual["action_montage"]
    assert (
        amended(spec, {"beats": {"1": change | {"action": "leaves fall"}}}).beats[1].action == "leaves fall"
    )
    assert amended(spec, {"beats": {"1": {"beat": "usage_scenario"}}}) == spec


def test_a_new_beat_is_filled_from_the_library_with_the_product_of_this_edit() -> None:
    spec = amended(SPEC, {"product": "kettle", "duration": 35, "beats": [
        {"index": 0}, {"index": 1}, {"beat": "product_in_motion"}, {"index": 2}, {"index": 3}
    ]})  # fmt: skip
    entry = library()["product_in_motion"]
    assert spec.beats[2] == Beat(
        index=2, beat=entry.id, role=entry.role, seconds=entry.seconds, shot=entry.shot, camera=entry.camera,
        energy=entry.energy, action=filled(entry.action, product="kettle"), narration=None, caption=None,
    )  # fmt: skip
    assert [beat.index for beat in spec.beats] == [0, 1, 2, 3, 4]


def test_beats_are_reordered_repeated_and_left_out_by_the_list() -> None:
    swapped = amended(SPEC, {"beats": [{"index": i} for i in (0, 2, 1, 3)]})
    assert beats(swapped) == [beats(SPEC)[i] for i in (0, 2, 1, 3)]
    assert [beat.action for beat in swapped.beats] == [SPEC.beats[i].action for i in (0, 2, 1, 3)]
    left_out = amended(SPEC, {"beats": [{"index": 0}, {"index": 2, "seconds": 15}, {"index": 3}]})
    assert beats(left_out) == [("hero_shot", 5), ("usage_scenario", 15), ("brand_moment", 10)]
    twice = amended(SPEC, {"beats": [{"index": 0}, {"index": 1}, {"index": 1}, {"index": 1}, {"index": 3}]})
    assert [beat.beat for beat in twice.beats[1:4]] == ["detail_showcase"] * 3


def test_a_film_becomes_longer_when_its_beats_do() -> None:
    assert amended(SPEC, {"duration": 33, "beats": {"1": {"seconds": 8}}}).duration == 33
    assert refused({"duration": 33}) == {"beats": "the beats last 30 seconds, and the film 33"}


def test_what_was_repaired_in_the_draft_is_still_told_after_an_edit() -> None:
    spec = SPEC.model_copy(update={"repairs": ["The tempo is 180 instead of 400 beats a minute."]})
    assert amended(spec, {"music": {"tempo_bpm": 70}}).repairs == spec.repairs


# ---------------------------------------------------------------------- refusing


def test_all_problems_are_told_at_once_in_the_order_of_their_places() -> None:
    changes = {
        "tagline": "", "style": {"palette": ["red"], "light": "soft"}, "duration": "30",
        "beats": {"2": {"energy": 2, "action": " tea "}, "1": {"narration": "word " * 40, "role": "opening"}},
    }  # fmt: skip
    assert list(refused(changes)) == [
        "beats.1.narration", "beats.1.role", "beats.2.action", "beats.2.energy", "duration", "style.light",
        "style.palette", "tagline",
    ]  # fmt: skip


def test_beat_2_comes_before_beat_10() -> None:
    sequence: list[Any] = [{"index": 0}, *[None] * 10, {"index": 3}]
    assert list(refused({"beats": sequence})) == [f"beats.{i}" for i in range(1, 11)]


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"colour": "red"}, "colour", "no such field"),
        ({"kind": "ad"}, "kind", "cannot be changed"),
        ({"repairs": []}, "repairs", "cannot be changed"),
        ({"style": "calm"}, "style", "a JSON object"),
        ({"style": None}, "style", "a JSON object"),
        ({"style": {"palette": "#102030"}}, "style.palette", "valid list"),
        ({"style": {"palette": ["#102030", 5, "#102030"]}}, "style.palette.1", "valid string"),
        ({"music": {"tempo_bpm": "90"}}, "music.tempo_bpm", "valid integer"),
        ({"music": {"tempo_bpm": True}}, "music.tempo_bpm", "valid integer"),
        ({"music": {"tempo_bpm": 90.5}}, "music.tempo_bpm", "valid integer"),
        ({"music": {"tempo_bpm": 400}}, "music.tempo_bpm", "60 to 180"),
        ({"aspect_ratio": "4:3"}, "aspect_ratio", "'16:9', '9:16' or '1:1'"),
        ({"archetype": "film_noir"}, "archetype", "there is no archetype"),
        ({"title": None}, "title", "valid string"),
        ({"title": "x" * (TEXTS["title"] + 1)}, "title", "has 161 characters"),
        ({"title": "two\nlines"}, "title", "one line"),
        ({"title": " tea"}, "title", "one line"),
        ({"title": "half \ud800"}, "title", "one line"),
        ({"product": ""}, "product", "empty"),
        ({"beats": None}, "beats", "a list, the new sequence, or an object"),
        ({"beats": []}, "beats", "at least two beats"),
        ({"beats": [{"index": 0}]}, "beats", "at least two beats"),
        ({"beats": [{"index": 1}] * 13}, "beats", "at most 12 beats"),
        ({"beats": {"4": {}}}, "beats.4", "they are 0 to 3"),
        ({"beats": {"01": {}}}, "beats.01", "they are 0 to 3"),
        ({"beats": {"1": None}}, "beats.1", "a JSON object"),
        ({"beats": {"1": {"index": 1}}}, "beats.1.index", "give `beats` as a list"),
        ({"beats": {"1": {"role": "product"}}}, "beats.1.role", "follows from `beat`"),
        ({"beats": {"1": {"length": 5}}}, "beats.1.length", "no such field"),
        ({"beats": {"1": {"seconds": "5"}}}, "beats.1.seconds", "valid integer"),
        ({"beats": {"1": {"seconds": 10}}}, "beats", "the beats last 35 seconds, and the film 30"),
        ({"beats": {"1": {"seconds": 7}, "2": {"seconds": 8}}}, "beats", "a beat lasts 5, 10 or 15 seconds"),
        ({"beats": {"1": {"energy": float("nan")}}}, "beats.1.energy", "less than or equal to 1"),
        ({"beats": {"1": {"shot": "Close"}}}, "beats.1.shot", "'Close-up'"),
        ({"beats": {"1": {"beat": "explosion"}}}, "beats.1.beat", "no beat 'explosion' in the library"),
        ({"beats": {"0": {"beat": "brand_moment"}}}, "beats.0.beat", "belongs to the closing"),
        ({"beats": {"1": {"narration": ""}}}, "beats.1.narration", "null"),
        ({"beats": {"1": {"caption": "x" * 81}}}, "beats.1.caption", "81 characters"),
        ({"beats": [{"index": 0}, {"index": 4}, {"index": 3}]}, "beats.1.index", "they are 0 to 3"),
        ({"beats": [{"index": 0}, {"index": "1"}, {"index": 3}]}, "beats.1.index", "they are 0 to 3"),
        ({"beats": [{"index": 0}, {"index": True}, {"index": 3}]}, "beats.1.index", "they are 0 to 3"),
        (
            {"beats": [{"index": 0}, {"seconds": 15}, {"index": 3}]},
            "beats.1.beat",
            "one of the library: hero_shot",
        ),
        (
            {"beats": [{"index": 0}, {"beat": 3}, {"index": 3}]},
            "beats.1.beat",
            "one of the library: hero_shot",
        ),
        ({"beats": [{"index": 0}, 2, {"index": 3}]}, "beats.1", "a JSON object"),
    ],
)
def test_one_broken_rule_is_told_alone_at_its_place(
    changes: dict[str, Any], field: str, problem: str
) -> None:
    told = refused(changes)
    assert list(told) == [field]
    assert problem in told[field]


def test_a_film_opens_with_an_opening_and_closes_with_a_closing() -> None:
    told = refused({"beats": [{"index": i} for i in (1, 0, 2, 3)]})
    assert told == {
        "beats.0.beat": "detail_showcase belongs to the middle of a film, not to its opening",
        "beats.1.beat": "hero_shot belongs to the opening of a film, not to its middle",
    }
