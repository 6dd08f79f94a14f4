"""The Whisper on this machine hears English, without a key and without a network."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rushes.errors import Unplayable
from rushes.providers.listening_room import ListeningRoom
from rushes.providers.local.adapter import Local
from rushes.providers.port import Job
from tests.unit.providers.hearing import MODELS, SECONDS, a_sound, document, hearing

SPOKEN = Path(__file__).parents[2] / "fakes/spoken/page_fault.ogg"
GERMAN = SPOKEN.with_name("speicher.ogg")


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise ConnectionRefusedError("nothing may be asked over the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_speech_is_heard_word_by_word_where_it_is_spoken(tmp_path: Path) -> None:
    heard = document(Local().submit(hearing("whisper_tiny", SPOKEN, tmp_path)))
    words = {word["text"].strip(".,").lower(): word for word in heard["words"]}
    assert {"mapping", "missing", "processor", "demand", "paging"} <= set(words)
    assert words["processor"]["end"] < words["this"]["start"]
    assert abs(words["this"]["start"] - 6.50) < 0.6
    assert abs(words["paging"]["end"] - 8.03) < 0.4
    assert (heard["language"], heard["heard"], heard["model"]) == ("en", True, "whisper_tiny")
    assert all(0 < word["confidence"] <= 1 for word in heard["words"])


def test_the_same_sound_gives_the_same_words(tmp_path: Path) -> None:
    job = hearing("whisper_tiny", SPOKEN, tmp_path)
    first, second = (document(Local().submit(job)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("level", [0, 0.05])
def test_in_silence_and_in_noise_nothing_is_said(level: float, tmp_path: Path) -> None:
    sound = a_sound(tmp_path / "noise.flac", 12, level)
    heard = document(Local().submit(hearing("whisper_tiny", sound, tmp_path)))
    assert (heard["heard"], heard["words"]) == (True, [])


@pytest.mark.parametrize(("sound", "hint"), [(SPOKEN, "de"), (GERMAN, None), (GERMAN, "en")])
def test_to_another_language_nobody_listens_whether_it_is_said_or_not(
    sound: Path, hint: str | None, tmp_path: Path
) -> None:
    heard = document(Local().submit(hearing("whisper_tiny", sound, tmp_path, language=hint)))
    assert (heard["heard"], heard["words"], heard["segments"]) == (False, [], [])


def test_a_sound_that_is_cut_short_is_unplayable(tmp_path: Path) -> None:
    whole = a_sound(tmp_path / "whole.flac", 8).read_bytes()
    (tmp_path / "speech.flac").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unplayable):
        Local().submit(hearing("whisper_tiny", tmp_path / "speech.flac", tmp_path))


def test_an_estimate_is_told_as_many_words_as_there_may_be(tmp_path: Path) -> None:
    """By the model that is there wherever an estimate is asked for."""
    recipe = MODELS["whisper_tiny"].recipe(parameters={"seconds": SECONDS, "language": None})
    job = Job(recipe, (), tmp_path, MODELS["unheard"])
    assert len(document(ListeningRoom().submit(job))["words"]) > SECONDS


def test_a_cold_start_loads_no_model() -> None:
    program = "import rushes.providers.local.adapter, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout
    assert not {"faster_whisper", "ctranslate2", "numpy", "av"} & set(loaded.split())
