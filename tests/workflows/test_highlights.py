"""A lecture becomes clips, from its upload to its reel, whatever happens on the way."""

import time
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from tests.workflows.editing import Editor
from tests.workflows.host import HostProcess
from tests.workflows.lectures import LectureHall, lecture
from tests.workflows.studio import made_once

OPTIONS: dict[str, Any] = {
    "clips": 3,
    "shortest": 10,
    "longest": 20,
    "aspect_ratio": "source",
    "captions": "sidecar",
}


@pytest.fixture
def hall(quick_host: HostProcess) -> LectureHall:
    return LectureHall(quick_host)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lecture(tmp_path_factory.mktemp("lectures") / "On tides.mp4")


def completed(hall: LectureHall, production_id: str) -> dict[str, Any]:
    return hall.until(production_id, "completed")


def frames_of(url: str, path: Path) -> tuple[int, Fraction]:
    """How many frames a film has, and how long its sound is."""
    path.write_bytes(httpx.get(url, trust_env=False).content)
    with av.open(path) as container:
        frames = sum(1 for _ in container.decode(video=0))
    with av.open(path) as container:
        return frames, sum(
            (Fraction(frame.samples, frame.sample_rate) for frame in container.decode(audio=0)), Fraction()
        )


def test_a_lecture_that_arrives_becomes_clips_a_reel_and_a_transcript(
    hall: LectureHall, talk: Path, tmp_path: Path
):
    framed = {**OPTIONS, "aspect_ratio": "1:1", "captions": "burned"}
    production_id = hall.begun(talk, auto_continue=True, **framed)
    found = completed(hall, production_id)
    assert found["title"] == "On tides"
    result = found["result"]
    assert len(result["clips"]) == 3
    total = 0
    for clip in result["clips"]:
        frames, sound = frames_of(clip["url"], tmp_path / "clip.mp4")
        assert frames == round(clip["duration"] * 10)
        assert abs(sound - Fraction(frames, 10)) < Fraction(1, 20)
        assert httpx.get(clip["subtitles_url"], trust_env=False).text.startswith("WEBVTT\n")
        assert httpx.get(clip["thumbnail_url"], trust_env=False).content[:3] == b"\xff\xd8\xff"
        total += frames
    assert frames_of(result["reel_url"], tmp_path / "reel.mp4")[0] == total - 2 * 5
    for form in ("srt", "vtt", "json", "txt"):
        answer = hall.host.call("GET", f"/productions/{production_id}/transcript.{form}")
        assert (answer.status_code, "tide" in answer.text) == (200, True)
    at = f"/productions/{production_id}/checkpoints/{found['current_checkpoint']}"
    timeline = hall.host.call("GET", f"{at}/timeline").json()["data"]
    assert [track["kind"] for track in timeline["tracks"]] == ["video", "audio"]
    assert {clip["name"] for track in timeline["tracks"] for clip in track["clips"]} == {"lecture"}
    made_once(hall, production_id)


def test_no_clip_begins_or_ends_within_a_word(hall: LectureHall, talk: Path):
    production_id = hall.begun(talk, pause_at=["select"], **OPTIONS)
    hall.until(production_id, "paused", phase="select")
    words = [
        word
        for sentence in hall.document(production_id, "transcript")["segments"]
        for word in sentence["words"]
    ]
    clips = hall.document(production_id, "highlights")["clips"]
    assert clips
    for boundary in (each for clip in clips for each in (clip["start"], clip["end"])):
        assert not any(word["start"] < boundary < word["end"] for word in words)


def test_silence_layout_and_transcript_are_made_side_by_side(hall: LectureHall, talk: Path):
    production_id = hall.begun(talk, pause_at=["listen"], **OPTIONS, title="Side by side")
    hall.until(production_id, "paused", phase="listen")
    arn = hall.host.address.state_machines["highlights"].replace(":stateMachine:", ":execution:")
    (name,) = hall.executions(production_id)
    pages = (
        hall.host.aws("stepfunctions")
        .get_paginator("get_execution_history")
        .paginate(executionArn=f"{arn}:{name}")
    )
    happened = [event["type"] for page in pages for event in page["events"]]
    began = happened.index("MapStateEntered")
    assert happened[began + 1 : began + 4] == ["TaskScheduled"] * 3


def test_arriving_twice_is_one_production(hall: LectureHall, talk: Path):
    upload = hall.announce(talk, pause_at=["listen"], **OPTIONS, title="Twice")
    for _ in range(2):
        hall.send(upload, talk)
    production_id = hall.arrived(upload)["production_id"]
    hall.until(production_id, "paused", phase="listen")
    listed = hall.host.call("GET", "/productions?kind=highlights&limit=100").json()["data"]
    assert [each["id"] for each in listed if each["title"] == "Twice"] == [production_id]
    assert len(hall.executions(production_id)) == 1


def test_what_is_no_lecture_is_refused_and_begins_nothing(hall: LectureHall, tmp_path: Path):
    text = tmp_path / "lecture.mp4"
    text.write_text("not a film\n" * 500)
    upload = hall.announce(text)
    hall.send(upload, text)
    found = hall.arrived(upload)
    assert (found["state"], found["error"]["code"]) == ("refused", "UNPLAYABLE")
    assert hall.host.call("GET", f"/productions/{found['production_id']}").status_code == 404


def test_one_boundary_moved_is_one_clip_compiled_again(hall: LectureHall, talk: Path):
    production_id = hall.begun(talk, auto_continue=True, **OPTIONS, title="Moved")
    completed(hall, production_id)
    before = hall.versions(production_id)
    tree = hall.host.call("GET", f"/productions/{production_id}/checkpoints").json()["data"]
    at = next(each["id"] for each in tree if each["phase"] == "select")
    clip = hall.document(production_id, "highlights")["clips"][1]
    path = f"/productions/{production_id}/checkpoints/{at}"
    changes = {"clips": {clip["id"]: {"end": clip["end"] - 5}}}
    edited = hall.host.call("PATCH", f"{path}/highlights", json=changes)
    assert edited.status_code == 200, edited.text
    later = edited.json()["data"]["later"]
    number = clip["id"].removeprefix("clip_")
    assert set(later["stale"]) == {clip["id"], f"thumb_{number}", f"subtitles_{number}", "reel"} & set(
        later["stale"]
    )
    assert hall.go_on(production_id, at).json()["data"]["branch"] == "main-1"
    hall.until(production_id, "completed")
    after = hall.versions(production_id)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"highlights", clip["id"], f"thumb_{number}", f"subtitles_{number}", "reel"}


@pytest.mark.parametrize("phase", ["listen", "analyze", "select", "compile"])
def test_killed_in_any_phase_it_goes_on_and_nothing_is_made_twice(
    hall: LectureHall, tmp_path: Path, phase: str
):
    talk = lecture(tmp_path / f"{phase}.mp4", seed=len(phase))
    production_id = hall.begun(talk, auto_continue=True, **OPTIONS)
    deadline = time.monotonic() + 120
    while hall.show(production_id)["phase"] != phase and time.monotonic() < deadline:
        time.sleep(0.02)
    hall.host.kill()
    hall.host.start()
    completed(hall, production_id)
    made_once(hall, production_id)


def test_ten_lectures_at_once_all_become_clips(hall: LectureHall, tmp_path: Path):
    files = [lecture(tmp_path / f"{number}.mp4", 30, seed=number) for number in range(10)]
    short = {**OPTIONS, "clips": 1, "auto_continue": True}
    with ThreadPoolExecutor(10) as pool:
        begun = list(pool.map(lambda file: hall.begun(file, **short), files))
    assert len(set(begun)) == 10
    for production_id in begun:
        assert len(completed(hall, production_id)["result"]["clips"]) == 1


def test_a_clip_is_adopted_from_another_branch_with_its_boundaries_and_only_the_reel_is_made_again(
    hall: LectureHall, talk: Path
):
    production_id = hall.begun(talk, auto_continue=True, **OPTIONS, title="Adopted")
    completed(hall, production_id)
    editor = Editor(hall.host, production_id)
    first, second, _ = hall.document(production_id, "highlights")["clips"]
    changes = {first["id"]: {"end": first["end"] - 5}, second["id"]: {"end": second["end"] - 5}}
    select = editor.checkpoint("main", "select")["id"]
    path = f"/productions/{production_id}/checkpoints/{select}/highlights"
    assert hall.host.call("PATCH", path, json={"clips": changes}).status_code == 200
    assert editor.go_on(select)["branch"] == "main-1"
    completed(hall, production_id)
    here, there = (editor.checkpoint(branch, "compile")["id"] for branch in ("main", "main-1"))
    before = editor.checkpoint("main", "compile")["selection"]
    done = editor.edit(here, f"artifacts/{first['id']}/adopt", {"from_checkpoint_id": there})
    number = first["id"].removeprefix("clip_")
    assert set(done["stale"]) == {"highlights", first["id"], f"thumb_{number}", "reel"}
    after = editor.checkpoint("main", "compile")["selection"]
    with_it = {first["id"], f"thumb_{number}", f"subtitles_{number}"}
    assert {name for name in after if after[name] != before[name]} == {"highlights", "reel"} | with_it
    of_the_other = editor.checkpoint("main-1", "compile")["selection"]
    assert {name: after[name] for name in with_it} == {name: of_the_other[name] for name in with_it}
    assert [item["name"] for item in done["items"] if not item["reused"]] == ["reel"]
    assert editor.go_on(here)["branch"] == "main-2"
    clips = completed(hall, production_id)["result"]["clips"]
    assert [each["end"] for each in clips[:2]] == pytest.approx([first["end"] - 5, second["end"]])


def test_what_a_lecture_s_documents_were_written_from_is_changed_where_they_were_written(
    hall: LectureHall, talk: Path
):
    production_id = hall.begun(talk, pause_at=["select"], **OPTIONS, title="Refused")
    hall.until(production_id, "paused", phase="select")
    at = hall.show(production_id)["current_checkpoint"]
    for name, told in {
        "lecture": "began with",
        "speech_00": "earlier phase",
        "silence": "earlier phase",
    }.items():
        path = f"/productions/{production_id}/checkpoints/{at}/artifacts/{name}/regenerate"
        answer = hall.host.call("POST", path, json={}, params={"preview": "true"})
        assert (answer.status_code, told in answer.text) == (422, True), answer.text
