"""The chosen clips as a timeline: spans of the lecture in the reel's order, with what is said in them."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.api.timelines import ClipView, TimelineView, TrackView
from functions.highlights.choice.choosing import chosen
from functions.highlights.timeline import timeline
from infra.cli.exporting import export
from rushes.errors import Conflict
from rushes.productions.artifact import Artifact
from rushes.productions.timeline import Timeline
from tests.unit.highlights.recordings import RATES, exact, heard_lectures, topics, transcript

HEARD = transcript([(10 * i, 10 * i + 9, f"sentence {i} says more") for i in range(30)], 300)


def lecture(duration: str = "300", **facts: Any) -> dict[str, Artifact]:
    known = {"duration": duration, "width": 1920, "height": 1080, "audio_codec": "aac"}
    made = Artifact(
        media="video", ext="mp4", bytes=1, sha256="", facts=known | facts, provider="fake", model="upload",
        made_by="a test", name="lecture", version=1, fingerprint="", created_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    return {"lecture": made}


def choice(*spans: tuple[float, float], rate: str = "25") -> dict[str, Any]:
    clips = [
        {"id": f"clip_{i:02d}", "title": f"Part {i}", "start": start, "end": end}
        for i, (start, end) in enumerate(spans, start=1)
    ]
    return {"rate": rate, "clips": clips, "passed_over": []}


def seen(*spans: tuple[float, float], rate: str = "25", **facts: Any) -> Timeline:
    documents = {"highlights": choice(*spans, rate=rate), "transcript": HEARD}
    return timeline({"title": "Heaps"}, documents, lecture(**facts))


def test_before_the_selection_there_is_nothing_to_be_seen() -> None:
    with pytest.raises(Conflict, match="begins with the selection of clips"):
        timeline({}, {"transcript": HEARD}, lecture())


def test_clips_are_spans_of_the_lecture_in_the_reels_order() -> None:
    found = seen((200, 249.12), (0.0, 30))
    assert (found.title, found.rate, found.width, found.height) == ("Heaps", 25, 1920, 1080)
    assert [(track.name, track.kind) for track in found.tracks] == [
        ("V1 Picture", "video"), ("A1 Sound", "audio")
    ]  # fmt: skip
    for track in found.tracks:
        assert [(each.name, each.start, each.frames, each.source_start) for each in track.clips] == [
            ("lecture", 0, 1228, 5000), ("lecture", 1228, 750, 0)
        ]  # fmt: skip
        assert {each.source_frames for each in track.clips} == {7500}
    assert found.frames == 1978
    assert [each.note for each in found.tracks[0].clips] == [
        "Part 1", "Part 2 · cut hard; in the reel it fades in over the clip before"
    ]  # fmt: skip


def test_a_lecture_without_sound_has_only_a_picture() -> None:
    assert [track.name for track in seen((0, 30), audio_codec=None).tracks] == ["V1 Picture"]


def test_captions_are_the_words_that_are_heard_in_a_clip() -> None:
    found = seen((204.5, 220), (0, 9))
    assert [(each.text, each.start, each.end) for each in found.captions] == [
        ("says more", 0, 112), ("sentence 21 says more", 137, 362), ("sentence 0 says more", 387, 612)
    ]  # fmt: skip
    documents = {"highlights": choice((0, 30))}
    assert timeline({}, documents, lecture()).captions == ()


@settings(max_examples=60, deadline=None)
@given(heard_lectures, st.sampled_from(RATES))
def test_whatever_is_chosen_fills_the_timeline_without_a_hole(
    drawn: tuple[dict[str, Any], dict[str, Any]], rate: str
) -> None:
    heard, quiet = drawn
    document = chosen(topics(), heard, quiet, {"shortest": 5, "longest": 20}, rate)
    found = timeline({}, {"highlights": document, "transcript": heard}, lecture(str(heard["duration"])))
    position = 0
    for clip, told in zip(found.tracks[0].clips, document["clips"], strict=True):
        assert clip.start == position
        assert clip.source_frames is not None
        assert clip.source_start + clip.frames <= clip.source_frames
        assert abs(clip.source_start / Fraction(rate) - exact(told["start"])) < Fraction(1, 1000)
        position += clip.frames
    assert position == found.frames
    assert all(0 <= each.start < each.end <= found.frames for each in found.captions)
    assert all(one.end <= other.start for one, other in pairwise(found.captions))


@pytest.mark.parametrize("suffix", ["otio", "fcpxml"])
def test_it_is_written_for_editing_programs_at_the_lectures_rate(tmp_path: Path, suffix: str) -> None:
    found = seen((200, 240), (10, 30), rate="30000/1001")
    tracks = [
        TrackView(
            name=track.name, kind=track.kind,
            clips=[ClipView(url="https://b/l_v1.mp4", **clip.model_dump(exclude={"ext"})) for clip in track.clips],
        )
        for track in found.tracks
    ]  # fmt: skip
    facts = found.model_dump(include={"title", "width", "height", "frames"})
    view = TimelineView(rate=str(found.rate), tracks=tracks, captions=list(found.captions), **facts)
    (written,) = export(view.model_dump(mode="json"), tmp_path / f"film.{suffix}", None)
    if suffix == "otio":
        film = otio.adapters.read_from_file(str(written))
        assert [each.source_range.start_time.value for each in film.tracks[0].find_clips()] == [5994, 300]
    else:
        assert 'frameDuration="1001/30000s"' in written.read_text()
