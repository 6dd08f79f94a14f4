from pathlib import Path

import av
import numpy as np
import pytest

from rushes.errors import Unplayable
from rushes.media.sound import decode, decode_if_any, encode, exactly, silence
from tests.unit.media.material import film, foreign_film, sine, sound_file


@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
@pytest.mark.parametrize("samples", [48_000, 48_001, 100_777])
def test_a_written_sound_has_as_many_samples_when_it_is_read(tmp_path: Path, suffix: str, samples: int):
    path = sound_file(tmp_path / f"tone{suffix}", exactly(sine(3), samples))
    assert decode(path).shape == (2, samples)


@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
def test_a_written_sound_begins_where_it_began(tmp_path: Path, suffix: str):
    sound = silence(48_000)
    sound[:, 20_000:20_400] = np.hanning(400)
    heard = decode(sound_file(tmp_path / f"blip{suffix}", sound))
    assert abs(int(heard[0].argmax()) - 20_200) < 30


def test_another_rate_and_one_channel_become_48_khz_stereo(tmp_path: Path):
    path = tmp_path / "mono.wav"
    with av.open(path, "w") as container:
        stream = container.add_stream("pcm_s16le", rate=22_050, layout="mono")
        tone = (np.sin(np.arange(22_050) / 22_050 * 2 * np.pi * 440) * 9000).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(tone, "s16", "mono")
        frame.sample_rate = 22_050
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    heard = decode(path)
    assert heard.dtype == np.float32
    assert abs(heard.shape[1] - 48_000) <= 2
    assert np.array_equal(heard[0], heard[1])
    crossings = np.count_nonzero(np.diff(np.signbit(heard[0])))
    assert abs(crossings - 880) <= 2


def test_the_sound_of_a_film_is_heard_and_a_silent_film_has_none(tmp_path: Path):
    assert decode(foreign_film(tmp_path / "loud.mp4", 24, tone=True)).shape == (2, 48_000)
    mute = film(tmp_path / "mute.mp4", 24)
    assert decode_if_any(mute) is None
    with pytest.raises(Unplayable, match="has no sound"):
        decode(mute)


def test_the_same_sound_is_written_as_the_same_bytes(tmp_path: Path):
    for name in ("1.mp3", "2.mp3"):
        encode(sine(1), tmp_path / name, {"title": "tone"})
    assert (tmp_path / "1.mp3").read_bytes() == (tmp_path / "2.mp3").read_bytes()
