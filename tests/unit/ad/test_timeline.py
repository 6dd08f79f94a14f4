"""A checkpoint's film as a timeline: the same cuts as the stitched film, and its sounds where the mix has them."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ad.chunks import CHUNKS
from functions.ad.refine import REFINE, beat_starts, captions
from functions.ad.repair import repair
from functions.ad.spec import Spec
from functions.ad.storyboard import STORYBOARD
from functions.ad.timeline import timeline
from rushes.errors import Conflict
from rushes.phase import Brief, Item, Phase, items_of
from rushes.productions.artifact import Artifact
from rushes.productions.timeline import Timeline, Track
from rushes.providers.catalog import entries
from tests.unit.ad.test_spec import GOOD, asked, durations

MODELS = {model.id: model for model in entries().models}
VIDEO = sorted(model.id for model in MODELS.values() if model.role == "video")
ROLES = {
    "image": "flux_dev", "music": "sketch_music", "speech": "sketch_speech", "stitch": "stitch", "master": "master",
    "poster": "poster",
}  # fmt: skip
SPEC = repair(GOOD, asked())


def briefed(spec: Spec, video: str = "sketch", **request: Any) -> Brief:
    models = {role: MODELS[name] for role, name in (ROLES | {"video": video}).items()}
    return Brief(request, 7, models, documents={"spec": spec.model_dump(mode="json")})


def made(item: Item, facts: dict[str, Any]) -> Artifact:
    seconds = item.recipe.parameters.get("seconds")
    known = {} if seconds is None or item.recipe.media == "image" else {"duration": float(seconds)}
    ext = {"image": "png", "video": "mp4", "audio": "mp3", "text": "json"}[item.recipe.media]
    return Artifact(
        media=item.recipe.media, ext=ext, bytes=1, sha256="", facts=known | facts, provider="fake",
        model=item.recipe.model, made_by="a test", name=item.name, version=1, fingerprint=item.recipe.fingerprint,
        created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip


def after(phase: Phase, brief: Brief, **facts: dict[str, Any]) -> Brief:
    """The brief with all that the phase makes; `facts` say what is special about the named ones."""
    for item in items_of(phase.recipes(brief)):
        brief = replace(brief, artifacts={**brief.artifacts, item.name: made(item, facts.get(item.name, {}))})
    return brief


def seen(brief: Brief) -> Timeline:
    return timeline(brief.request, brief.documents, brief.artifacts)


def track(of: Timeline, kind: str) -> Track:
    return next(track for track in of.tracks if track.name.endswith(kind))


def cuts(track: Track) -> list[tuple[str, int, int]]:
    return [(clip.name, clip.start, clip.frames) for clip in track.clips]


def test_before_the_storyboard_there_is_nothing_to_be_seen() -> None:
    with pytest.raises(Conflict, match="begins with the storyboard's pictures"):
        seen(briefed(SPEC))


def test_a_storyboard_is_a_still_for_the_length_of_each_beat() -> None:
    found = seen(after(STORYBOARD, briefed(SPEC)))
    assert [track.name for track in found.tracks] == ["V1 Picture"]
    assert cuts(found.tracks[0]) == [
        ("beat_00", 0, 120), ("beat_01", 120, 120), ("beat_02", 240, 240), ("beat_03", 480, 240)
    ]  # fmt: skip
    assert {
        (clip.media, clip.ext, clip.source_start, clip.source_frames) for clip in found.tracks[0].clips
    } == {("image", "png", 0, None)}
    assert (found.title, found.rate, found.frames) == (SPEC.title, 24, 720)
    assert (found.width, found.height) == (1280, 720)


def test_a_chain_of_chunks_follows_itself_within_its_beat_and_tells_what_happens() -> None:
    spec = SPEC.model_copy(
        update={
            "beats": [
                SPEC.beats[0],
                SPEC.beats[1],
                SPEC.beats[2].model_copy(update={"caption": "Now."}),
                SPEC.beats[3],
            ]
        }
    )
    found = track(seen(after(CHUNKS, after(STORYBOARD, briefed(spec)))), "Picture")
    assert cuts(found)[2:] == [
        ("chunk_02", 240, 120), ("chunk_02_2", 360, 120), ("chunk_03", 480, 120), ("chunk_03_2", 600, 120)
    ]  # fmt: skip
    assert [clip.note for clip in found.clips[:4]] == [
        SPEC.beats[0].action, SPEC.beats[1].action, *[f"{SPEC.beats[2].action} · “Now.”"] * 2
    ]  # fmt: skip


@given(durations, st.sampled_from(VIDEO), st.data())
def test_every_video_model_is_cut_as_the_stitched_film_is(
    duration: int, video: str, data: st.DataObject
) -> None:
    brief = after(STORYBOARD, briefed(repair(GOOD, asked(duration)), video))
    chains, ((stitched,),) = CHUNKS.recipes(brief)
    missed = st.fractions(Fraction(-12, 24), Fraction(11, 24), max_denominator=48)
    facts = {
        item.name: {"duration": float(item.recipe.parameters["seconds"] + data.draw(missed))}
        for chain in chains
        for item in chain
    }
    found = track(seen(after(CHUNKS, brief, **facts)), "Picture").clips
    shown = [each.name for each in stitched.recipe.ingredients]
    assert [(clip.name, clip.frames) for clip in found] == list(
        zip(shown, stitched.recipe.parameters["frames"], strict=True)
    )
    assert [clip.start for clip in found] == [
        sum(each.frames for each in found[:i]) for i in range(len(found))
    ]
    assert sum(clip.frames for clip in found) == duration * 24


def test_a_file_is_as_long_as_the_whole_frames_it_has() -> None:
    facts = {
        "chunk_00": {"duration": 121 / 24},
        "chunk_01": {"duration": 4.97},
        "chunk_02": {"duration": 143 / 24},
    }
    found = track(seen(after(CHUNKS, after(STORYBOARD, briefed(SPEC)), **facts)), "Picture")
    assert [(clip.source_frames, clip.frames) for clip in found.clips[:3]] == [
        (121, 120),
        (119, 120),
        (143, 144),
    ]


def test_a_beat_without_chunks_shows_its_image() -> None:
    brief = after(CHUNKS, after(STORYBOARD, briefed(SPEC)))
    kept = {name: each for name, each in brief.artifacts.items() if not name.startswith("chunk_02")}
    found = track(seen(replace(brief, artifacts=kept)), "Picture")
    assert ("beat_02", 240, 240) in cuts(found)


def test_music_is_cut_at_the_films_end_and_repeated_as_in_the_mix() -> None:
    brief = after(STORYBOARD, briefed(SPEC))

    def music(seconds: float) -> list[tuple[str, int, int]]:
        return cuts(track(seen(after(CHUNKS, brief, music={"duration": seconds})), "Music"))

    assert music(30.04) == [("music", 0, 720)]
    assert music(28) == [("music", 0, 672)]
    assert music(12) == [("music", 0, 240), ("music", 240, 240), ("music", 480, 240)]
    assert music(3) == [("music", 0, 72)]


def test_lines_are_spoken_at_their_beats_and_end_before_the_next() -> None:
    beats = [
        beat.model_copy(update={"narration": f"line {i}"} if i != 1 else {})
        for i, beat in enumerate(SPEC.beats)
    ]
    spec = SPEC.model_copy(update={"beats": beats})
    brief = after(CHUNKS, after(STORYBOARD, briefed(spec, narration=True, captions=True)))
    facts = {f"narration_{i:02d}": {"duration": seconds} for i, seconds in ((0, 2.5), (2, 60.0), (3, 60.0))}
    found = seen(after(REFINE, brief, **facts))
    assert cuts(track(found, "Narration")) == [
        ("narration_00", 0, 60), ("narration_02", 240, 240), ("narration_03", 480, 240)
    ]  # fmt: skip
    assert [clip.note for clip in track(found, "Narration").clips] == ["line 0", "line 2", "line 3"]
    assert beat_starts(spec)[2:] == [240, 480]


def test_captions_are_those_that_the_final_film_shows() -> None:
    beats = [beat.model_copy(update={"caption": f"Tea {i}"}) for i, beat in enumerate(SPEC.beats)]
    brief = after(STORYBOARD, briefed(SPEC.model_copy(update={"beats": beats}), captions=True))
    spec = Spec.model_validate(brief.documents["spec"])
    assert [each.model_dump() for each in seen(brief).captions] == captions(brief, spec)
    assert seen(replace(brief, request={})).captions == ()


def test_the_pictures_own_sound_is_on_a_track_of_its_own_if_the_stitched_film_keeps_it() -> None:
    brief = after(STORYBOARD, briefed(SPEC, "wan"))
    heard = {"audio_codec": "aac"}
    chunks = {f"chunk_{i:02d}": heard for i in (0, 1, 2)}
    silent = seen(after(CHUNKS, brief, **chunks))
    assert [track.name for track in silent.tracks] == ["V1 Picture"]
    found = seen(after(CHUNKS, brief, stitched=heard, **chunks))
    assert cuts(track(found, "Sound")) == cuts(track(found, "Picture"))[:3]
