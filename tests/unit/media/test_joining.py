from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from rushes.errors import Unplayable
from rushes.media.joining import Segment, stitch
from rushes.media.probe import probe
from rushes.media.sound import decode
from tests.unit.media.material import SIZE, brightnesses, film, foreign_film, index_before_data, packets


def joined(tmp_path: Path, *segments: Segment, **options: bool) -> Path:
    out = tmp_path / "joined.mp4"
    stitch(segments, out, width=SIZE[0], height=SIZE[1], metadata={"comment": "joined"}, **options)
    return out


def test_matching_segments_are_joined_by_copying_every_byte(tmp_path: Path):
    one, two = film(tmp_path / "1.mp4", 30), film(tmp_path / "2.mp4", 20, first=30)
    out = joined(tmp_path, Segment(one, 30), Segment(two, 20))
    assert packets(out) == packets(one) + packets(two)
    assert brightnesses(out) == list(range(50))


def test_a_segment_is_cut_to_the_frame_by_leaving_out_packets(tmp_path: Path):
    one, two = film(tmp_path / "1.mp4", 30), film(tmp_path / "2.mp4", 30, first=10)
    out = joined(tmp_path, Segment(one, 7), Segment(two, 1), Segment(one, 13))
    assert packets(out) == packets(one)[:7] + packets(two)[:1] + packets(one)[:13]
    assert brightnesses(out) == [*range(7), 10, *range(13)]


def test_frames_are_exactly_a_twenty_fourth_of_a_second_apart_from_zero_on(tmp_path: Path):
    one, odd = film(tmp_path / "1.mp4", 9), foreign_film(tmp_path / "2.mp4", 20, fps=30, b_frames=3)
    out = joined(tmp_path, Segment(one, 9), Segment(odd, 11))
    with av.open(out) as container:
        stream = container.streams.video[0]
        times = [frame.pts * stream.time_base for frame in container.decode(stream)]
        assert stream.duration * stream.time_base == Fraction(20, 24)
    assert times == [Fraction(number, 24) for number in range(20)]


def test_the_result_can_start_to_play_before_it_is_loaded_and_keeps_its_note(tmp_path: Path):
    out = joined(tmp_path, Segment(film(tmp_path / "1.mp4", 5), 5))
    assert index_before_data(out)
    with av.open(out) as container:
        assert container.metadata["comment"] == "joined"


@pytest.mark.parametrize(
    "odd",
    [
        {"fps": 30},
        {"size": (96, 80)},
        {"fps": 25, "size": (36, 64)},
        {"codec": "libvpx-vp9"},
        {"b_frames": 3},
    ],
    ids=str,
)
def test_only_a_segment_that_does_not_match_is_encoded_again(tmp_path: Path, odd: dict):
    ours = film(tmp_path / "ours.mp4", 20)
    suffix = ".webm" if "codec" in odd else ".mp4"
    theirs = foreign_film(tmp_path / f"theirs{suffix}", 20, **odd)
    out = joined(tmp_path, Segment(ours, 20), Segment(theirs, 10), Segment(ours, 5))
    stored = packets(out)
    assert stored[:20] == packets(ours)
    assert stored[30:] == packets(ours)[:5]
    assert len(brightnesses(out)) == 35
    facts = probe(out)
    assert (facts.frames, facts.fps, facts.width, facts.height) == (35, 24, *SIZE)


def test_films_of_one_foreign_encoder_are_copied_too_even_with_b_frames(tmp_path: Path):
    one = foreign_film(tmp_path / "1.mp4", 13, b_frames=2)
    two = foreign_film(tmp_path / "2.mp4", 19, b_frames=2)
    out = joined(tmp_path, Segment(one, 13), Segment(two, 19))
    assert packets(out) == packets(one) + packets(two)
    assert brightnesses(out) == [*range(13), *range(19)]


@pytest.mark.parametrize("frames", range(1, 9))
def test_a_cut_that_needs_later_frames_is_still_exact(tmp_path: Path, frames: int):
    theirs = foreign_film(tmp_path / "theirs.mp4", 24, b_frames=3)
    out = joined(tmp_path, Segment(theirs, frames), Segment(theirs, 24))
    assert brightnesses(out) == [*range(frames), *range(24)]


def test_a_segment_that_is_too_short_holds_its_last_frame(tmp_path: Path):
    one, two = film(tmp_path / "1.mp4", 4), film(tmp_path / "2.mp4", 4, first=20)
    out = joined(tmp_path, Segment(one, 8), Segment(two, 4))
    assert brightnesses(out) == [0, 1, 2, 3, 3, 3, 3, 3, 20, 21, 22, 23]


def test_sound_is_dropped_unless_asked_for(tmp_path: Path):
    theirs = foreign_film(tmp_path / "theirs.mp4", 24, tone=True)
    assert probe(joined(tmp_path, Segment(theirs, 24))).audio_codec is None


def test_kept_sound_stays_with_its_segment_and_is_as_long_as_the_picture(tmp_path: Path):
    loud = foreign_film(tmp_path / "loud.mp4", 36, tone=True)
    mute = film(tmp_path / "mute.mp4", 24)
    out = joined(tmp_path, Segment(loud, 24), Segment(mute, 12), Segment(loud, 36), keep_audio=True)
    facts = probe(out)
    assert facts.duration == facts.audio_duration == 3
    sound = decode(out)
    assert sound.shape == (2, 3 * 48_000)
    levels = [float(np.sqrt(np.mean(np.square(part)))) for part in np.split(sound, 6, axis=1)]
    assert levels[2] < 0.01 < 0.15 < min(levels[:2] + levels[3:])


def test_nothing_cannot_be_joined(tmp_path: Path):
    with pytest.raises(ValueError, match="nothing to join"):
        joined(tmp_path)


def test_a_broken_segment_is_refused(tmp_path: Path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film(tmp_path / "film.mp4", 20).read_bytes()[:300])
    with pytest.raises(Unplayable):
        joined(tmp_path, Segment(broken, 10))
