"""The page reads subtitles itself: a player does not load those of another origin."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import pytest

SOURCE = files("functions.api").joinpath("page", "subtitles.js").read_text(encoding="utf-8")


def cues(text: str) -> Any:
    script = f"{SOURCE}\nconsole.log(JSON.stringify(cuesOf({json.dumps(text)})));"
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cues_have_their_times_in_seconds_and_their_lines(end: str) -> None:
    lines = ["WEBVTT", "", "1", "00:00.500 --> 00:02.000 line:90%", "Twice a day", "the sea walks up.", "",
             "01:02:03.250 --> 01:02:04.000", "And back.", ""]  # fmt: skip
    assert cues(end.join(lines)) == [
        {"start": 0.5, "end": 2, "text": "Twice a day\nthe sea walks up."},
        {"start": 3723.25, "end": 3724, "text": "And back."},
    ]


def test_a_file_without_cues_has_none() -> None:
    assert cues("WEBVTT\n\nNOTE nobody spoke\n") == []
