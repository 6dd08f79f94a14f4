"""A clip's frames and samples are exactly those of its span of the recording, whatever the recording is."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushes.errors import BadRequest, Unplayable
from rushes.media.clipping.clip import clip
from rushes.media.loudness import integrated_loudness, true_peak
from rushes.media.sound import decode
from tests.unit.media.barred import (
    B_FRAMES,
    OPEN_GOP,
    SIZE,
    bars,
    constant,
    decoded,
    numbers,
    record,
    spec,
)
from tests.unit.media.material import index_before_data, sine, turned_by_a_quarter

AGAIN = {"width": 32, "height": 24}
"""Another size than the recording's, so that the picture is encoded."""


def again(frames: int, **given) -> dict:
    size = given.pop("of", SIZE)
    panes = [{"from": [0, 0, *size], "to": [0, 0, 32, 24], "fit": "cover"}]
    return spec(frames, **given) | AGAIN | {"shots": [{"frames": frames, "panes": panes}]}


def cut(lecture: Path, parameters: dict) -> Path:
    out = lecture.parent / "clip.mp4"
    clip(lecture, out, parameters)
    return out


RATES = ["10", "20", "24", "25", "30", "24000/1001", "30000/1001", "60000/1001"]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("container", ["mp4", "mkv"])
def test_at_the_recordings_own_rate_every_frame_is_there_once(tmp_path: Path, rate: str, container: str):
    lecture = record(tmp_path / f"lecture.{container}", constant(60, Fraction(rate)), rate=Fraction(rate))
    assert numbers(cut(lecture, again(31, start=17, rate=rate))) == list(range(17, 48))


@pytest.mark.parametrize(
    ("own", "rate"), [("20", "25"), ("60000/1001", "30000/1001"), ("50", "24"), ("15", "30")]
)
def test_at_another_rate_each_frame_is_the_one_on_screen(tmp_path: Path, own: str, rate: str):
    times = constant(100, Fraction(own))
    lecture = record(tmp_path / "lecture.mp4", times, rate=Fraction(own))
    shown = [int((11 + k) / Fraction(rate) * Fraction(own)) for k in range(25)]
    assert numbers(cut(lecture, again(25, start=11, rate=rate))) == shown


def test_of_a_recording_with_a_variable_rate_each_frame_is_the_one_on_screen(tmp_path: Path):
    chance = np.random.default_rng(5)
    steps = chance.integers(3, 400, 60)
    times = [Fraction(int(t), 1000) for t in np.cumsum(steps) - steps[0]]
    lecture = record(tmp_path / "lecture.mkv", times, rate=30, ticks=1000)
    moments = [(30 + k) / Fraction(25) for k in range(150)]
    expected = [max(n for n, time in enumerate(times) if time <= moment) for moment in moments]
    assert numbers(cut(lecture, again(150, start=30))) == expected


@pytest.mark.parametrize("options", [B_FRAMES, OPEN_GOP], ids=["b-frames", "open gop"])
@pytest.mark.parametrize("container", ["mp4", "ts", "mkv"])
@pytest.mark.parametrize("start", [0, 11, 12, 23, 25, 40])
def test_frames_that_refer_to_others_are_exact_from_any_start(
    tmp_path: Path, options: dict, container: str, start: int
):
    lecture = record(tmp_path / f"lecture.{container}", constant(60, 25), options=options)
    assert numbers(cut(lecture, again(9, start=start))) == list(range(start, start + 9))


@pytest.mark.parametrize("container", ["mp4", "ts", "mkv"])
def test_the_recording_starts_with_its_first_picture_wherever_its_clock_stands(
    tmp_path: Path, container: str
):
    times = [time + 7 for time in constant(50, 25)]
    tone = sine(2)
    lecture = record(tmp_path / f"lecture.{container}", times, sound=tone, sound_at=7)
    assert numbers(cut(lecture, again(20, start=5))) == list(range(5, 25))


@pytest.mark.parametrize(
    ("codec", "pix_fmt", "size", "suffix"),
    [
        ("libx264", "yuv420p10le", SIZE, "mp4"),
        ("libx264", "yuv444p", (65, 49), "mp4"),
        ("libx265", "yuv420p", SIZE, "mp4"),
        ("libvpx-vp9", "yuv420p", (65, 49), "webm"),
        ("mpeg4", "yuv420p", SIZE, "avi"),
        ("mjpeg", "yuvj420p", SIZE, "mov"),
        ("ffv1", "bgr0", SIZE, "mkv"),
    ],
    ids=str,
)
def test_any_codec_depth_and_size_is_cut_to_the_frame(
    tmp_path: Path, codec: str, pix_fmt: str, size: tuple[int, int], suffix: str
):
    options = {"libvpx-vp9": {"lossless": "1"}, "libx265": {"x265-params": "log-level=none"}}.get(
        codec, {"g": "12"}
    )
    path = tmp_path / f"lecture.{suffix}"
    lecture = record(
        path, constant(40, 25), codec=codec, pix_fmt=pix_fmt, size=size, options=options, ticks=25
    )
    out = cut(lecture, again(20, start=15, of=size))
    assert numbers(out) == list(range(15, 35))
    with av.open(out) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt, context.colorspace, context.color_range) == (
            "h264",
            "yuv420p",
            1,
            1,
        )


def test_a_turned_recording_is_shown_upright(tmp_path: Path):
    lecture = turned_by_a_quarter(record(tmp_path / "lecture.mp4", constant(10, 25)))
    panes = [{"from": [0, 0, 48, 64], "to": [0, 0, 48, 64], "fit": "cover"}]
    out = cut(lecture, spec(5, start=3, size=(48, 64), shots=[{"frames": 5, "panes": panes}]))
    pictures = decoded(out)
    assert pictures[0].shape == (64, 48, 3)
    expected = [np.rot90(bars(3 + k, *SIZE), -1) for k in range(5)]
    assert max(np.abs(a.astype(int) - b).mean() for a, b in zip(pictures, expected, strict=True)) < 12


def test_after_its_end_a_recording_holds_its_last_picture_and_is_silent(tmp_path: Path):
    lecture = record(tmp_path / "lecture.mp4", constant(30, 25), sound=sine(Fraction(6, 5)))
    out = cut(lecture, again(50, start=20))
    assert numbers(out) == [*range(20, 30), *[29] * 40]
    assert np.abs(decode(out)[:, 24_000:]).max() < 1e-3


@pytest.mark.parametrize("rate", ["25", "30000/1001", "10"])
def test_durations_are_exact_and_the_file_says_what_it_is(tmp_path: Path, rate: str):
    lecture = record(
        tmp_path / "lecture.mp4", constant(80, Fraction(rate)), rate=Fraction(rate), sound=sine(8)
    )
    out = cut(lecture, again(47, start=9, rate=rate))
    with av.open(out) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert video.frames == 47
        assert video.duration * video.time_base == 47 / Fraction(rate)
        assert video.average_rate == Fraction(rate)
        assert (audio.rate, audio.layout.name, audio.codec_context.name) == (48_000, "stereo", "aac")
        told = {name: container.metadata[name] for name in ("title", "comment", "description")}
        assert told == {"title": "Sorting", "comment": "Quicksort", "description": "Quicksort"}
    assert decode(out).shape[1] == round(47 * 48_000 / Fraction(rate))
    assert index_before_data(out)


def test_a_reel_can_copy_what_is_between_the_crossfades(tmp_path: Path):
    out = cut(record(tmp_path / "lecture.mp4", constant(60, 20), rate=20), again(53, rate="20"))
    with av.open(out) as container:
        keys = [n for n, p in enumerate(p for p in container.demux(video=0) if p.size) if p.is_keyframe]
    assert {0, 10, 43} <= set(keys)


def test_a_recording_without_sound_gets_a_silent_track(tmp_path: Path):
    out = cut(record(tmp_path / "lecture.mp4", constant(30, 25)), again(25))
    assert decode(out).shape == (2, 48_000)
    assert true_peak(decode(out)) < -80


def test_loudness_is_as_asked_and_no_peak_leaves_the_ceiling(tmp_path: Path):
    chance = np.random.default_rng(2)
    speech = chance.standard_normal((2, 48_000 * 6)) * np.repeat(chance.random((1, 60)), 4800) ** 3 * 0.05
    lecture = record(tmp_path / "lecture.mp4", constant(60, 10), rate=10, sound=speech)
    sound = decode(cut(lecture, again(50, start=5, rate="10")))
    assert integrated_loudness(sound) == pytest.approx(-14, abs=0.5)
    assert true_peak(sound) <= -1


@pytest.mark.parametrize(
    "wrong",
    [
        {"frames": 0},
        {"start": -1},
        {"width": 33},
        {"shots": [{"frames": 9, "panes": []}]},
        {
            "shots": [
                {"frames": 10, "panes": [{"from": [200, 0, 64, 48], "to": [0, 0, 64, 48], "fit": "cover"}]}
            ]
        },
    ],
    ids=str,
)
def test_a_clip_that_cannot_be_is_refused(tmp_path: Path, wrong: dict):
    lecture = record(tmp_path / "lecture.mp4", constant(10, 25))
    with pytest.raises(BadRequest):
        cut(lecture, spec(10) | wrong)


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path):
    text = tmp_path / "lecture.mp4"
    text.write_text("These are words. " * 99)
    with pytest.raises(Unplayable):
        cut(text, spec(10))
