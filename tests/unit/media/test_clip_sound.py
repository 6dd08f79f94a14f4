"""A clip's sound belongs to its picture to the sample, wherever the recording's sound begins, ends or is missing."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushes.media.clipping.clip import clip
from rushes.media.clipping.heard import heard
from rushes.media.sound import Samples, decode
from rushes.media.timeline import SAMPLE_RATE
from tests.unit.media.barred import B_FRAMES, SIZE, constant, decoded, record, spec
from tests.unit.media.material import sine

FLASHES = (12, 31, 55)
"""Frames, at 25 a second, that are white while it beeps."""


def flashing(frames: int, rate: Fraction | int = 25) -> list[np.ndarray]:
    lit = {round(flash * Fraction(rate) / 25) for flash in FLASHES}
    return [np.full((SIZE[1], SIZE[0], 3), 235 if n in lit else 16, np.uint8) for n in range(frames)]


def beeping(seconds: Fraction | int, rate: int = SAMPLE_RATE, channels: int = 2) -> np.ndarray:
    sound = np.zeros((channels, round(seconds * rate)), np.float32)
    for flash in FLASHES:
        at, length = round(Fraction(flash, 25) * rate), rate // 25
        sound[:, at : at + length] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(length) / rate)
    return sound


def onsets(samples: Samples, threshold: float = 0.2) -> list[Fraction]:
    """Seconds at which it begins to beep."""
    loud = np.abs(samples).max(axis=0)
    windows = loud[: loud.size // 48 * 48].reshape(-1, 48).max(axis=1) > threshold * loud.max()
    found = np.flatnonzero(windows)
    return [Fraction(int(n), 1000) for n in found if not windows[max(0, n - 10) : n].any()]


def flashes(path: Path, rate: Fraction | int = 25) -> list[Fraction]:
    return [n / Fraction(rate) for n, picture in enumerate(decoded(path)) if picture.mean() > 120]


def in_step(path: Path, rate: Fraction | int = 25) -> bool:
    seen, heard_at = flashes(path, rate), onsets(decode(path))
    assert len(seen) == len(heard_at) == len(FLASHES) - 1
    return all(abs(a - b) <= Fraction(2, 1000) for a, b in zip(seen, heard_at, strict=True))


@pytest.mark.parametrize(
    ("container", "sound_rate", "sound_codec", "options"),
    [
        ("mp4", 48_000, "aac", B_FRAMES),
        ("mp4", 44_100, "aac", B_FRAMES),
        ("mkv", 44_100, "aac", B_FRAMES),
        ("mkv", 48_000, "libopus", {"g": "12"}),
        ("mkv", 22_050, "flac", {"g": "50"}),
        ("ts", 48_000, "aac", B_FRAMES),
        ("avi", 44_100, "pcm_s16le", {"g": "12"}),
    ],
)
@pytest.mark.parametrize("start", [19, 25])
def test_flash_and_beep_stay_together(tmp_path: Path, container, sound_rate, sound_codec, options, start):
    lecture = record(
        tmp_path / f"lecture.{container}",
        constant(75, 25),
        codec="mpeg4" if container == "avi" else "libx264",
        ticks=25 if container == "avi" else 90_000,
        options=options,
        pictures=flashing(75),
        sound=beeping(3, sound_rate),
        sound_rate=sound_rate,
        sound_codec=sound_codec,
    )
    out = tmp_path / "clip.mp4"
    changed = [{"from": [0, 0, *SIZE], "to": [0, 0, 32, 24], "fit": "cover"}]
    clip(
        lecture,
        out,
        spec(50, start=start) | {"width": 32, "height": 24, "shots": [{"frames": 50, "panes": changed}]},
    )
    assert in_step(out)


def test_flash_and_beep_stay_together_where_the_picture_is_copied(tmp_path: Path):
    lecture = record(
        tmp_path / "lecture.mp4", constant(75, 25), options=B_FRAMES, pictures=flashing(75), sound=beeping(3)
    )
    clip(lecture, tmp_path / "clip.mp4", spec(50, start=19))
    assert in_step(tmp_path / "clip.mp4")


def test_a_sound_that_begins_after_the_picture_and_ends_before_it_is_silent_there(tmp_path: Path):
    lecture = record(tmp_path / "lecture.mp4", constant(75, 25), sound=sine(1), sound_at=1)
    samples = heard(lecture, Fraction(1, 2), 2 * SAMPLE_RATE)
    loud = np.abs(samples).max(axis=0) > 0.05
    assert abs(int(loud.argmax()) - SAMPLE_RATE // 2) < 100
    assert abs(int(loud[::-1].argmax()) - SAMPLE_RATE // 2) < 1100  # AAC's last frame rings on


def test_a_sound_that_begins_clearly_before_the_picture_starts_the_recording(tmp_path: Path):
    late = [time + Fraction(1, 2) for time in constant(50, 25)]
    lecture = record(tmp_path / "lecture.mkv", late, sound=sine(2), sound_codec="flac")
    samples = heard(lecture, Fraction(0), SAMPLE_RATE)
    assert np.abs(samples[:, :480]).max() > 0.2


def test_a_gap_in_the_sound_does_not_shift_what_follows(tmp_path: Path):
    path = tmp_path / "lecture.mkv"
    tone = sine(Fraction(1, 2))
    with av.open(path, "w") as container:
        stream = container.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="stereo")
        for begin in (0, 2):
            frame = av.AudioFrame.from_ndarray(
                (tone * 32767).astype(np.int16).T.reshape(1, -1), "s16", "stereo"
            )
            frame.sample_rate, frame.time_base = SAMPLE_RATE, Fraction(1, SAMPLE_RATE)
            frame.pts = begin * SAMPLE_RATE
            for packet in stream.encode(frame):
                container.mux(packet)
        container.mux(stream.encode(None))
    loud = np.abs(heard_in(path)).max(axis=0) > 0.01
    assert loud[: SAMPLE_RATE // 2].mean() > 0.9
    assert not loud[SAMPLE_RATE * 6 // 10 : SAMPLE_RATE * 19 // 10].any()
    assert abs(int(loud[SAMPLE_RATE:].argmax()) - SAMPLE_RATE) < 60


def heard_in(path: Path) -> Samples:
    return heard(path, Fraction(0), 3 * SAMPLE_RATE)


def test_surround_sound_is_mixed_down_and_mono_is_in_the_middle(tmp_path: Path):
    centre = np.zeros((6, SAMPLE_RATE), np.float32)
    centre[2] = sine(1)[0]
    surround = record(tmp_path / "1.mp4", constant(25, 25), sound=centre, layout="5.1")
    mono = record(tmp_path / "2.mp4", constant(25, 25), sound=sine(1)[:1], layout="mono")
    for lecture in (surround, mono):
        left, right = heard(lecture, Fraction(1, 4), SAMPLE_RATE // 2)
        assert np.abs(left).max() > 0.05
        np.testing.assert_allclose(left, right, atol=1e-3)


def test_only_the_span_is_read(tmp_path: Path):
    lecture = record(tmp_path / "lecture.mp4", constant(1500, 25), sound=sine(60))
    data = bytearray(lecture.read_bytes())
    assert data.index(b"mdat") < len(data) // 2
    begin = data.index(b"mdat") + 8
    data[begin + 2000 : begin + 2000 + (len(data) - begin) // 4] = b"\xff" * ((len(data) - begin) // 4)
    lecture.write_bytes(data)
    clip(lecture, tmp_path / "clip.mp4", spec(50, start=1200))
    assert np.abs(decode(tmp_path / "clip.mp4")).max() > 0.05


def test_both_ends_fade_so_that_they_do_not_click(tmp_path: Path):
    lecture = record(tmp_path / "lecture.mp4", constant(75, 25), sound=sine(3))
    clip(lecture, tmp_path / "clip.mp4", spec(25, start=20))
    samples = np.abs(decode(tmp_path / "clip.mp4"))
    assert samples[:, :20].max() < 0.05 < samples[:, 2400:4800].max()
    assert samples[:, -20:].max() < 0.05
