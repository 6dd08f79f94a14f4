"""A lecture's timeline: every frame where it was, at whatever rate it has."""

from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from infra.cli.exporting import export
from tests.unit.cli.test_exporting import checked, clip, film, read


def spans(rate: str) -> dict[str, Any]:
    """Two spans of one recording, the later one first, and a caption in each."""
    lecture = {"url": "https://bucket/p/lecture_v1.mp4", "media": "video"}
    clips = [
        clip("lecture", 0, 600, 90_000, source_start=50_000, **lecture),
        clip("lecture", 600, 900, 90_000, source_start=1_000, **lecture),
    ]
    tracks = [
        {"name": "V1 Picture", "kind": "video", "clips": clips},
        {"name": "A1 Sound", "kind": "audio", "clips": clips},
    ]
    captions = [{"text": "Trees.", "start": 10, "end": 70}, {"text": "Heaps.", "start": 610, "end": 640}]
    return film(rate=rate, tracks=tracks, captions=captions, frames=1500)


@pytest.mark.parametrize(
    ("rate", "frame_duration"),
    [("25", "100/2500s"), ("30000/1001", "1001/30000s"), ("24000/1001", "1001/24000s"), ("25/2", "2/25s")],
)
def test_fcpxml_counts_in_the_exact_frames_of_any_rate(
    tmp_path: Path, rate: str, frame_duration: str
) -> None:
    export(spans(rate), tmp_path / "film.fcpxml", None)
    root = checked(tmp_path / "film.fcpxml")
    assert next(root.iter("format")).attrib["frameDuration"] == frame_duration

    def counted(element: Element, name: str) -> Fraction:
        return Fraction(element.attrib[name].removesuffix("s")) * Fraction(rate)

    spine = next(root.iter("spine"))
    assert [
        (counted(each, "offset"), counted(each, "start"), counted(each, "duration")) for each in spine
    ] == [(0, 50_000, 600), (600, 1_000, 900)]
    (asset,) = root.iter("asset")
    assert counted(asset, "duration") == 90_000
    sounds = [each for each in root.iter("asset-clip") if "lane" in each.attrib]
    assert [each.attrib["audioRole"] for each in sounds] == ["dialogue"] * 2
    assert [counted(each, "start") for each in root.iter("marker")] == [50_010, 1_010]


def test_otio_counts_whole_frames_of_any_rate_and_keeps_the_rates_exact_text(tmp_path: Path) -> None:
    export(spans("30000/1001"), tmp_path / "film.otio", None)
    timeline = read(tmp_path / "film.otio")
    assert timeline.metadata["rushes"]["rate"] == "30000/1001"
    for track in timeline.tracks:
        ranges = [(each.range_in_parent(), each.source_range) for each in track.find_clips()]
        assert [(place.start_time.value, source.start_time.value) for place, source in ranges] == [
            (0, 50_000), (600, 1_000)
        ]  # fmt: skip
        assert {source.start_time.rate for _, source in ranges} == {30_000 / 1_001}
