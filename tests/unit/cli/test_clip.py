"""A lecture is sent, its production is followed, and its clips come home in a folder."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from functions.pipelines import PHASES
from infra.cli.commands import clip as command
from infra.cli.commands.clip import Phase
from infra.cli.terminal import DONE, FAILED, WAITING, WRONG
from rushes.media.encoding import PictureWriter
from tests.unit.cli.lecture import FOLDER, completes, production, takes_uploads
from tests.unit.cli.studio import ONE, PRODUCTION, Studio, data, plays, problem, rushes

LECTURE = b"a lecture" * 20


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_LOOK_SECONDS", 0)


@pytest.fixture
def lecture() -> str:
    Path("lecture.mp4").write_bytes(LECTURE)
    return "lecture.mp4"


def begins(studio: Studio) -> None:
    takes_uploads(studio, {"state": "awaited"}, {"state": "begun"})


def bodies(studio: Studio, route: str) -> list[Any]:
    return [body for asked, body in studio.asked if asked == route]


# ---------------------------------------------------------------------- on its way


def test_the_file_is_sent_with_what_is_wanted_of_it(studio: Studio, lecture: str):
    begins(studio)
    completes(studio)
    assert rushes(studio, "clip", lecture, "--auto").exit_code == DONE
    options = {
        "clips": 5, "shortest": 20, "longest": 120, "aspect_ratio": "16:9", "captions": "burned", "emphasis": True,
        "reel": True, "auto_continue": True,
    }  # fmt: skip
    assert bodies(studio, "POST /uploads") == [
        {"filename": "lecture.mp4", "content_type": "video/mp4", "bytes": len(LECTURE), "purpose": "lecture",
         "options": options}
    ]  # fmt: skip
    (form,) = bodies(studio, "POST /bucket")
    assert LECTURE in form
    assert form.index(b"uploads/x") < form.index(LECTURE)


def test_every_option_is_sent_as_it_was_given(studio: Studio, lecture: str):
    begins(studio)
    completes(studio)
    given = (
        "--clips 3 --shortest 10 --longest 45 --aspect-ratio 9:16 --captions sidecar --no-emphasis --no-reel "
        "--language en --about moon --title Wonders --use transcript=whisper --use topics=gpt_5_mini --budget 1.5 "
        "--client acme --campaign spring --seed 7 --pause-at select --pause-at compile"
    )
    rushes(studio, "clip", lecture, *given.split())
    assert bodies(studio, "POST /uploads")[0]["options"] == {
        "clips": 3, "shortest": 10, "longest": 45, "aspect_ratio": "9:16", "captions": "sidecar", "emphasis": False,
        "reel": False, "language": "en", "prompt": "moon", "title": "Wonders", "seed": 7, "budget_usd": 1.5,
        "models": {"transcript": "whisper", "topics": "gpt_5_mini"}, "client_id": "acme", "campaign_id": "spring",
        "auto_continue": False, "pause_at": ["select", "compile"],
    }  # fmt: skip


def test_the_phases_to_pause_at_are_those_of_the_pipeline():
    assert tuple(Phase) == PHASES["highlights"]


@pytest.mark.parametrize(
    ("name", "content", "arguments", "says"),
    [
        ("nothing.mp4", None, [], "does not exist"),
        ("empty.mp4", b"", [], "is empty"),
        ("notes.txt", b"text", [], "is not called like"),
        ("lecture.mp4", b"x", ["--clips", "16"], "15"),
        ("lecture.mp4", b"x", ["--aspect-ratio", "4:3"], "9:16"),
        ("lecture.mp4", b"x", ["--auto", "--pause-at", "select"], "leave out"),
        ("lecture.mp4", b"x", ["--shortest", "60", "--longest", "30"], "shorter"),
        ("lecture.mp4", b"x", ["--use", "video=hailuo"], "transcript, topics"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_asked(
    studio: Studio, name: str, content: bytes | None, arguments: list[str], says: str
):
    if content is not None:
        Path(name).write_bytes(content)
    ran = rushes(studio, "clip", name, *arguments)
    assert (ran.exit_code, studio.asked) == (WRONG, [])
    assert says in ran.stderr


def test_a_file_that_is_too_large_is_not_sent(studio: Studio):
    with Path("long.mp4").open("wb") as file:
        file.truncate(501 * 2**20)
    ran = rushes(studio, "clip", "long.mp4")
    assert (ran.exit_code, studio.asked) == (WRONG, [])
    assert "501 MB; 500 MB are the most" in ran.stderr


def test_what_the_studio_refuses_on_arrival_is_told_in_its_words(studio: Studio, lecture: str):
    error = {
        "code": "REFUSED",
        "message": "this recording has no sound: there is nothing to listen to",
        "item": None,
    }
    takes_uploads(studio, {"state": "refused", "production_id": None, "error": error})
    ran = rushes(studio, "clip", lecture)
    assert (ran.exit_code, ran.stderr) == (FAILED, f"rushes: {error['message']}\n")
    ran = rushes(studio, "clip", lecture, "--json")
    assert json.loads(ran.stdout)["error"] == error


def test_what_the_studio_refuses_to_begin_is_a_wrong_request(studio: Studio, lecture: str):
    studio.on("POST /uploads", problem(422, "INVALID_REQUEST", "options.models: there is no such model"))
    ran = rushes(studio, "clip", lecture)
    assert (ran.exit_code, ran.stderr) == (WRONG, "rushes: options.models: there is no such model\n")


def test_a_studio_that_never_looks_is_not_waited_for_for_ever(
    studio: Studio, lecture: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(command, "_PATIENCE_SECONDS", -1)
    takes_uploads(studio, {"state": "awaited"})
    ran = rushes(studio, "clip", lecture)
    assert ran.exit_code == FAILED
    assert "rushes ls" in ran.stderr


def test_a_production_that_pauses_waits_for_its_review(studio: Studio, lecture: str):
    begins(studio)
    plays(studio, "paused")
    studio.on(f"GET {ONE}", data(production(studio, "paused", "select")))
    ran = rushes(studio, "clip", lecture, "--pause-at", "select")
    assert ran.exit_code == WAITING
    assert "select waits for your review" in ran.stdout


def test_an_estimate_asks_with_the_recordings_length(studio: Studio):
    with PictureWriter(Path("talk.mp4"), 64, 64) as writer:
        for _ in range(24):
            writer.write(np.zeros((64, 64, 3), np.uint8))
    studio.on("POST /productions/estimate", problem(422, "INVALID_REQUEST", "seconds: at least 5"))
    ran = rushes(studio, "clip", "talk.mp4", "--clips", "2", "--estimate")
    assert (ran.exit_code, ran.stderr) == (WRONG, "rushes: seconds: at least 5\n")
    (body,) = bodies(studio, "POST /productions/estimate")
    assert (body["kind"], body["seconds"], body["clips"]) == ("highlights", 1.0, 2)


# ---------------------------------------------------------------------- at home


def test_the_clips_come_home_in_a_folder_with_all_that_belongs_to_them(studio: Studio, lecture: str):
    begins(studio)
    completes(studio)
    ran = rushes(studio, "clip", lecture, "--auto")
    folder = Path(FOLDER)
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*")) == [
        "01-why-the-sea-has-tides.mp4", "01-why-the-sea-has-tides.vtt", "02-how-bread-rises-yeast.mp4",
        "02-how-bread-rises-yeast.vtt", "contact.jpg", "reel.mp4", "thumbnails/01-why-the-sea-has-tides.jpg",
        "thumbnails/02-how-bread-rises-yeast.jpg", "transcript.json", "transcript.srt", "transcript.txt",
        "transcript.vtt",
    ]  # fmt: skip
    assert (folder / "02-how-bread-rises-yeast.mp4").read_bytes() == b"clip_02"
    assert (folder / "transcript.srt").read_bytes() == b"srt"
    for words in ("Why the sea has tides", "0:04 – 0:40", "1:01:40 – 1:02:40", "60.5", "0.80", FOLDER):
        assert words in ran.stdout


def test_the_contact_sheet_has_a_card_for_each_clip(studio: Studio, lecture: str):
    begins(studio)
    completes(studio)
    rushes(studio, "clip", lecture, "--auto")
    with Image.open(Path(FOLDER, "contact.jpg")) as sheet:
        assert sheet.width > sheet.height
        colours = [sheet.getpixel((x, 260)) for x in (278, 766)]
    assert [round(colour[0], -1) for colour in colours] == [60, 120]


def test_what_there_is_not_is_not_fetched(studio: Studio, lecture: str):
    begins(studio)
    completes(studio)
    found = json.loads(studio.next(f"GET {ONE}").body)["data"]
    clips = [{**each, "subtitles_url": None} for each in found["result"]["clips"]]
    result = {**found["result"], "clips": clips, "reel_url": None, "transcript_url": None}
    studio.on(f"GET {ONE}", data({**found, "result": result}))
    ran = rushes(studio, "clip", lecture, "--auto", "--json")
    assert ran.exit_code == DONE
    names = {path.name for path in Path(FOLDER).iterdir()}
    assert names == {
        "01-why-the-sea-has-tides.mp4",
        "02-how-bread-rises-yeast.mp4",
        "contact.jpg",
        "thumbnails",
    }
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["files"]["clip_01"] == f"{FOLDER}/01-why-the-sea-has-tides.mp4"
    assert told["id"] == PRODUCTION
