"""What comes out at the end: real films by the sketch artist, looked at frame by frame."""

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image

from rushes.media.loudness import integrated_loudness
from rushes.media.probe import probe
from rushes.media.sound import decode
from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio, made_once


@pytest.mark.parametrize(("aspect_ratio", "duration", "size"), [
    ("16:9", 20, (1280, 720)), ("9:16", 12, (720, 1280)), ("1:1", 10, (960, 960)),
])  # fmt: skip
def test_a_prompt_becomes_a_film_of_exactly_the_length_and_size_asked_for(
    host: HostProcess, tmp_path: Path, aspect_ratio: str, duration: int, size: tuple[int, int]
) -> None:
    studio = Studio(host)
    production_id = studio.begin(
        f"sneakers {aspect_ratio}, energetic", aspect_ratio=aspect_ratio, duration=duration, auto_continue=True,
        narration=True, captions=True,
    )  # fmt: skip
    found = studio.until(production_id, "completed")
    film = tmp_path / "film.mp4"
    film.write_bytes(httpx.get(found["result"]["film_url"]).content)
    facts = probe(film)
    assert (facts.width, facts.height) == size
    assert (facts.frames, facts.fps) == (duration * 24, 24)
    assert (facts.video_codec, facts.audio_codec) == ("h264", "aac")
    assert facts.audio_duration is not None
    assert abs(facts.audio_duration - duration) <= 1 / 24
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert abs(integrated_loudness(decode(film)) - -14) < 1
    poster = Image.open(io.BytesIO(httpx.get(found["result"]["poster_url"]).content))
    assert poster.size == size
    assert found["cost_usd"] == 0
    made_once(studio, production_id)
