"""Where nothing changes in the picture, a clip has the recording's own packets and an edit list."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest

from rushes.media.clipping.clip import clip
from rushes.media.clipping.copying import span_of
from rushes.media.clipping.spec import read
from tests.unit.media.barred import B_FRAMES, OPEN_GOP, X264, constant, numbers, record, spec
from tests.unit.media.material import index_before_data, sine, turned_by_a_quarter
from tests.unit.media.material import packets as stored


def presented(path: Path) -> Iterator[tuple[int, int]]:
    """(time in the stream's ticks, duration) of each packet that an edit list leaves."""
    with av.open(path) as container:
        for packet in container.demux(video=0):
            if packet.pts is not None and not packet.is_discard:
                yield packet.pts, packet.duration


@pytest.mark.parametrize("options", [X264, B_FRAMES], ids=["no b-frames", "b-frames"])
@pytest.mark.parametrize("container", ["mp4", "mkv"])
@pytest.mark.parametrize(
    ("start", "frames"), [(0, 60), (0, 5), (12, 12), (17, 20), (23, 14), (11, 27), (31, 29)]
)
def test_exactly_the_clips_frames_are_shown(
    tmp_path: Path, options: dict, container: str, start: int, frames: int
):
    lecture = record(tmp_path / f"lecture.{container}", constant(60, 25), options=options, sound=sine(3))
    out = tmp_path / "clip.mp4"
    clip(lecture, out, spec(frames, start=start))
    assert set(stored(out)) <= set(stored(lecture))
    assert numbers(out) == list(range(start, start + frames))
    times = sorted(presented(out))
    assert [time for time, _ in times] == [n * times[0][1] for n in range(frames)]
    with av.open(out) as film:
        assert film.streams.video[0].duration * film.streams.video[0].time_base == Fraction(frames, 25)
        assert film.duration == frames * 40_000
    assert index_before_data(out)


@pytest.mark.parametrize("rate", ["20", "30000/1001"])
def test_other_rates_are_copied_too(tmp_path: Path, rate: str):
    lecture = record(tmp_path / "lecture.mp4", constant(60, Fraction(rate)))
    out = tmp_path / "clip.mp4"
    clip(lecture, out, spec(31, start=15, rate=rate))
    assert set(stored(out)) <= set(stored(lecture))
    assert numbers(out) == list(range(15, 46))


CAPTION = {"start": 0, "end": 9, "lines": [[{"text": "word", "start": 0, "end": 9}]]}


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ({}, {"captions": [CAPTION]}),
        ({}, {"rate": "24"}),
        ({"size": (96, 64)}, {}),
        ({"pix_fmt": "yuv444p"}, {}),
        ({"codec": "mpeg4", "options": {}, "ticks": 25}, {}),
        ({"options": OPEN_GOP}, {}),
        ({}, {"shots": [{"frames": 9, "panes": []}, {"frames": 11, "panes": []}]}),
    ],
    ids=str,
)
def test_what_is_not_the_clips_picture_to_the_bit_is_not_copied(tmp_path: Path, recorded: dict, asked: dict):
    lecture = record(tmp_path / "lecture.mp4", constant(60, 25), **recorded)
    assert span_of(lecture, read(spec(20, start=17) | asked)) is None


def test_a_recording_with_a_variable_rate_is_not_copied(tmp_path: Path):
    times = constant(60, 25)
    lecture = record(tmp_path / "lecture.mp4", [*times[:30], *(time + times[1] / 2 for time in times[30:])])
    assert span_of(lecture, read(spec(20, start=20))) is None
    assert span_of(lecture, read(spec(20, start=5))) is not None


def test_a_turned_recording_is_not_copied(tmp_path: Path):
    lecture = turned_by_a_quarter(record(tmp_path / "lecture.mp4", constant(30, 25), size=(64, 64)))
    assert span_of(lecture, read(spec(20, size=(64, 64)))) is None
