"""Sounds to listen to, and jobs about them: what the tests of transcription share."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from rushes.providers.catalog import entries
from rushes.providers.port import Finished, Job
from tests.doubles.openai import OpenAIDouble

SECONDS = 20
MODELS = {model.id: model for model in entries().models}


class Given:
    """A sound that is at hand, and at an address."""

    role, moment = "speech", "whole"

    def __init__(self, sound: Path, address: str = "") -> None:
        self.sound, self.address = sound, address

    def path(self) -> Path:
        return self.sound

    def url(self) -> str:
        return self.address or self.sound.as_uri()


@pytest.fixture
def openai() -> Iterator[OpenAIDouble]:
    with OpenAIDouble() as double:
        yield double


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    return a_sound(tmp_path / "speech_01_v1.flac", SECONDS)


def a_sound(path: Path, seconds: float, level: float = 0.1) -> Path:
    """Noise, mono, 16 kHz, in the form the file's name says."""
    samples = np.random.default_rng(1).normal(0, level * 32_767, int(seconds * 16_000)).clip(-32_768, 32_767)
    frame = av.AudioFrame.from_ndarray(samples.astype(np.int16)[None], format="s16", layout="mono")
    frame.sample_rate = 16_000
    with av.open(path, "w") as file:
        stream = file.add_stream(
            {".flac": "flac", ".wav": "pcm_s16le"}[path.suffix], rate=16_000, layout="mono"
        )
        stream.codec_context.format = "s16"
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)
    return path


def hearing(model: str, speech: Path, folder: Path, language: str | None = None, address: str = "") -> Job:
    parameters = {"seconds": SECONDS, "language": language}
    recipe = MODELS[model].recipe(parameters=parameters)
    return Job(recipe, (Given(speech, address),), folder, MODELS[model], "ask_1")


def document(finished: Finished) -> dict[str, Any]:
    return json.loads(finished.path.read_text())
