"""Ingredients: the moment of a clip that the next one begins with."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from rushes.media.encoding import PictureWriter
from rushes.rendering.sources import StoredSource


class Shelf:
    """A bucket of one clip: a dark second, then a bright one."""

    def __init__(self, clip: Path) -> None:
        self.clip = clip

    def fetch(self, key: str, path: Path) -> None:
        shutil.copy(self.clip, path)

    def link(self, key: str) -> str:
        return f"https://bucket.example/{key}?signature=1"


@pytest.fixture
def shelf(tmp_path: Path) -> Any:
    clip = tmp_path / "clip.mp4"
    with PictureWriter(clip, 64, 64) as writer:
        for level in (40, 200):
            for _ in range(24):
                writer.write(np.full((64, 64, 3), level, np.uint8))
    return Shelf(clip)


@pytest.mark.parametrize(("seconds", "bright"), [(None, True), (2, True), (1, False)])
def test_a_clip_goes_on_where_it_is_cut(
    shelf: Any, tmp_path: Path, seconds: int | None, bright: bool
) -> None:
    source = StoredSource("first_frame", "last_frame", "k/chunk_00_v1.mp4", tmp_path, shelf, seconds)
    level = np.asarray(Image.open(source.path()).convert("L")).mean()
    assert bool(level > 120) is bright


def test_a_file_has_an_address_for_those_who_fetch_it_themselves(shelf: Any, tmp_path: Path) -> None:
    source = StoredSource("speech", "whole", "k/speech_01_v1.flac", tmp_path, shelf)
    assert source.url() == "https://bucket.example/k/speech_01_v1.flac?signature=1"
    assert not (tmp_path / "speech_01_v1.flac").exists()
