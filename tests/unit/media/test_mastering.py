from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest

from rushes.errors import Unplayable
from rushes.media.captions import Caption
from rushes.media.loudness import true_peak
from rushes.media.mastering import master
from rushes.media.mixing import Placed, mixed
from rushes.media.probe import probe
from rushes.media.sound import Samples, decode, silence
from tests.unit.media.material import (
    brightnesses,
    drum_loop,
    film,
    foreign_film,
    index_before_data,
    packets,
    sine,
    sound_file,
)

METER = pyloudnorm.Meter(48_000)


def mastered(tmp_path: Path, picture: Path, **parts) -> Path:
    out = tmp_path / "final.mp4"
    master(picture, out, title="Aurora", comment="made of sketches", **parts)
    return out


def level(samples: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples))) + 1e-9))


@pytest.mark.parametrize(
    "music", [drum_loop(6), sine(6, 220, 0.02), drum_loop(6) * 0.01], ids=["drums", "soft", "faint"]
)
def test_the_finished_film_has_the_loudness_that_platforms_ask_for(tmp_path: Path, music: Samples):
    out = mastered(
        tmp_path, film(tmp_path / "film.mp4", 144), music=sound_file(tmp_path / "music.mp3", music)
    )
    heard = decode(out)
    assert METER.integrated_loudness(heard.T.astype(np.float64)) == pytest.approx(-14, abs=0.5)
    assert true_peak(heard) <= -1


@pytest.mark.parametrize("frames", [1, 23, 145])
def test_picture_sound_and_container_are_equally_long(tmp_path: Path, frames: int):
    music = sound_file(tmp_path / "music.wav", drum_loop(8))
    out = mastered(tmp_path, film(tmp_path / "film.mp4", frames), music=music)
    facts = probe(out)
    assert facts.frames == frames == len(brightnesses(out))
    assert facts.duration == facts.audio_duration == Fraction(frames, 24)
    assert decode(out).shape == (2, frames * 2000)
    with av.open(out) as container:
        assert abs(container.duration - frames * 1_000_000 // 24) <= 1
        assert [stream.start_time for stream in container.streams] == [0, 0]


def test_without_captions_the_picture_is_copied_bit_by_bit(tmp_path: Path):
    picture = film(tmp_path / "film.mp4", 40)
    assert packets(mastered(tmp_path, picture)) == packets(picture)


def test_the_finished_film_is_what_players_expect(tmp_path: Path):
    out = mastered(
        tmp_path, film(tmp_path / "film.mp4", 24), music=sound_file(tmp_path / "m.mp3", drum_loop(1))
    )
    assert index_before_data(out)
    facts = probe(out)
    assert (facts.video_codec, facts.audio_codec, facts.sample_rate, facts.channels) == (
        "h264",
        "aac",
        48_000,
        2,
    )
    with av.open(out) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"
        assert container.metadata["title"] == "Aurora"
        assert container.metadata["comment"] == "made of sketches"


def test_a_film_without_any_sound_gets_a_silent_track(tmp_path: Path):
    out = mastered(tmp_path, film(tmp_path / "film.mp4", 30))
    assert probe(out).audio_duration == Fraction(30, 24)
    assert not decode(out).any()


def test_captions_are_drawn_and_no_frame_is_lost(tmp_path: Path):
    picture = film(tmp_path / "film.mp4", 30, size=(640, 360))
    out = mastered(tmp_path, picture, captions=[Caption("Hello", 10, 20)])
    assert probe(out).frames == 30
    with av.open(out) as container:
        lowest = [frame.to_ndarray(format="rgb24")[280:].max() for frame in container.decode(video=0)]
    assert [10 <= number < 20 for number in range(30)] == [bright > 235 for bright in lowest]


def test_a_picture_that_is_no_24_fps_film_is_made_one(tmp_path: Path):
    out = mastered(tmp_path, foreign_film(tmp_path / "film.webm", 30, fps=30, codec="libvpx-vp9"))
    facts = probe(out)
    assert (facts.video_codec, facts.frames, facts.fps) == ("h264", 24, 24)


def test_the_picture_s_own_sound_is_mixed_in(tmp_path: Path):
    out = mastered(tmp_path, foreign_film(tmp_path / "film.mp4", 48, tone=True))
    assert level(decode(out)) > -20


def test_a_sound_is_no_picture(tmp_path: Path):
    with pytest.raises(Unplayable, match="no picture"):
        mastered(tmp_path, sound_file(tmp_path / "tone.mp3", sine(1)))


def test_music_makes_way_for_narration_and_comes_back(tmp_path: Path):
    music, voice = sound_file(tmp_path / "m.wav", sine(9, 220)), sound_file(tmp_path / "v.wav", sine(2, 3000))
    mix = mixed(9 * 48_000, native=None, music=music, narration=[Placed(voice, 3 * 24)])
    alone = mixed(9 * 48_000, native=None, music=music, narration=[])
    before, during, after = (
        level(low(mix[:, a * 4800 : b * 4800])) for a, b in ((5, 25), (35, 45), (65, 85))
    )
    assert during < before - 8
    assert after == pytest.approx(before, abs=0.3)
    assert before == pytest.approx(level(alone[:, 24_000:120_000]), abs=0.3)


def test_narration_is_louder_than_the_music_under_it(tmp_path: Path):
    music, voice = sound_file(tmp_path / "m.wav", sine(4, 220)), sound_file(tmp_path / "v.wav", sine(2, 3000))
    mix = mixed(4 * 48_000, native=None, music=music, narration=[Placed(voice, 24)])[:, 72_000:120_000]
    assert level(mix - low(mix)) > level(low(mix)) + 6


def test_narration_begins_on_its_frame_and_never_outlasts_the_picture(tmp_path: Path):
    voice = sound_file(tmp_path / "v.wav", sine(2, 1000))
    mix = mixed(2 * 48_000, native=None, music=None, narration=[Placed(voice, 30), Placed(voice, 90)])
    assert mix.shape == (2, 96_000)
    assert np.flatnonzero(np.abs(mix[0]) > 0.01)[0] == pytest.approx(30 * 2000, abs=10)


def test_music_that_is_too_long_fades_out_and_music_that_is_too_short_is_repeated(tmp_path: Path):
    music = sound_file(tmp_path / "m.wav", sine(6, 220))
    cut = mixed(3 * 48_000, native=None, music=music, narration=[])
    assert np.abs(cut[:, -480:]).max() < 0.01 < level(cut[:, :48_000]) + 60
    repeated = mixed(15 * 48_000, native=None, music=music, narration=[])
    assert all(level(second) > -30 for second in np.split(repeated[:, : 14 * 48_000], 14, axis=1))


def test_nothing_to_hear_is_silence(tmp_path: Path):
    quiet = sound_file(tmp_path / "quiet.wav", silence(48_000))
    assert not mixed(48_000, native=silence(48_000), music=quiet, narration=[]).any()


def low(samples: Samples) -> Samples:
    """What lies below 1 kHz."""
    spectrum = np.fft.rfft(samples)
    spectrum[:, np.fft.rfftfreq(samples.shape[1], 1 / 48_000) > 1000] = 0
    return np.fft.irfft(spectrum, samples.shape[1])
