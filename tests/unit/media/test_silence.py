"""Where a lecture is silent, in every kind of recording a person may upload."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from rushes.errors import Unplayable
from rushes.media.listening.silence import silences
from tests.unit.media.material import film
from tests.unit.media.recordings import CODECS, Spans, noise, recorded, speech

TALK = [(0.0, 2.0), (2.8, 5.0), (5.3, 7.0), (8.5, 10.0)]
"""Ten seconds with pauses of 0.8 s, 0.3 s and 1.5 s."""

PAUSES = [(2.0, 2.8), (7.0, 8.5)]
EDGE = 0.02


def found(document: dict[str, Any]) -> list[tuple[float, float]]:
    return [(silence["start"], silence["end"]) for silence in document["silences"]]


def assert_silent(document: dict[str, Any], expected: Spans, edge: float = EDGE) -> None:
    assert np.array(found(document)) == pytest.approx(np.array(expected), abs=edge)


def test_pauses_of_at_least_half_a_second_are_found_with_their_edges(tmp_path: Path):
    document = silences(recorded(tmp_path / "talk.wav", speech(TALK, 10)))
    assert_silent(document, PAUSES)
    assert document | {"silences": [], "energy": {}} == {
        "threshold_dbfs": -35.0,
        "floor_dbfs": -100.0,
        "minimum": 0.5,
        "duration": 10.0,
        "silences": [],
        "energy": {},
    }


def test_the_minimum_and_the_threshold_can_be_asked_for(tmp_path: Path):
    talk = recorded(tmp_path / "talk.wav", speech(TALK, 10) + noise(10, level=-45))
    assert_silent(silences(talk, minimum=Fraction(1, 4)), [PAUSES[0], (5.0, 5.3), PAUSES[1]])
    assert_silent(silences(talk, minimum=Fraction(1)), [PAUSES[1]])
    assert_silent(silences(talk, threshold_dbfs=-42), PAUSES)
    assert silences(talk, threshold_dbfs=-30)["threshold_dbfs"] == -30.0


@pytest.mark.parametrize("suffix", CODECS)
def test_every_container_and_codec_gives_the_same_pauses(tmp_path: Path, suffix: str):
    rate = 48_000 if suffix in (".webm", ".ogg") else 44_100
    talk = recorded(tmp_path / f"talk{suffix}", speech(TALK, 10, rate=rate), rate=rate, layout="mono")
    untold = suffix in (".mp3", ".aac", ".ts")  # these do not say by how much their encoder was late
    assert_silent(silences(talk), PAUSES, edge=0.04 if untold else EDGE)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 96_000])
def test_every_sample_rate_gives_the_same_pauses(tmp_path: Path, rate: int):
    assert_silent(silences(recorded(tmp_path / "t.wav", speech(TALK, 10, rate=rate), rate=rate)), PAUSES)


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"])
def test_every_width_of_samples_gives_the_same_pauses(tmp_path: Path, codec: str):
    assert_silent(silences(recorded(tmp_path / "t.wav", speech(TALK, 10), codec=codec)), PAUSES)


@pytest.mark.parametrize("channel", range(6))
def test_a_voice_in_one_of_six_channels_is_not_lost(tmp_path: Path, channel: int):
    channels = np.zeros((6, 160_000), np.float32)
    channels[channel] = speech(TALK, 10)
    assert_silent(silences(recorded(tmp_path / "t.wav", channels, layout="5.1")), PAUSES)


def test_channels_that_cancel_each_other_are_still_a_voice(tmp_path: Path):
    voice = speech(TALK, 10)
    assert_silent(silences(recorded(tmp_path / "t.wav", np.stack([voice, -voice]), layout="stereo")), PAUSES)


@pytest.mark.parametrize("room", [-60, -45, -38, -33, -30])
def test_a_noisy_room_falls_silent_above_its_own_noise(tmp_path: Path, room: int):
    talk = recorded(tmp_path / "t.wav", speech(TALK, 10, level=-15) + noise(10, level=room))
    document = silences(talk)
    assert_silent(document, PAUSES)
    assert document["floor_dbfs"] == pytest.approx(room, abs=1)
    assert document["threshold_dbfs"] == pytest.approx(max(-35, room + 5), abs=1)


def test_somebody_who_speaks_softly_in_a_noisy_room_is_heard(tmp_path: Path):
    soft = speech(TALK[:1], 10, level=-27) + speech(TALK[1:], 10, level=-15)
    document = silences(recorded(tmp_path / "t.wav", soft + noise(10, level=-40)))
    assert_silent(document, PAUSES)


@pytest.mark.parametrize("level", [-30, -40, -50, -60])
def test_a_very_quiet_recording_is_not_one_long_silence(tmp_path: Path, level: int):
    talk = speech(TALK, 10, level=level) + noise(10, level=level - 35)
    document = silences(recorded(tmp_path / "t.wav", talk, codec="pcm_s24le"))
    assert_silent(document, PAUSES)
    assert level - 30 < document["threshold_dbfs"] < level


def test_padding_with_digital_silence_does_not_hide_the_rooms_noise(tmp_path: Path):
    talk = speech(TALK, 10, level=-14) + noise(10, level=-32)
    still = np.zeros(80_000, np.float32)
    document = silences(recorded(tmp_path / "t.wav", np.concatenate([still, talk, still])))
    assert_silent(document, [(0, 5), (7, 7.8), (12, 13.5), (15, 20)])


@pytest.mark.parametrize("level", [-100, -70, -45], ids=["nothing", "a quiet room", "an empty hall"])
def test_a_recording_in_which_nobody_speaks_is_all_silence(tmp_path: Path, level: int):
    document = silences(recorded(tmp_path / "t.wav", noise(3, level=level)))
    assert found(document) == [(0, 3)]


@pytest.mark.parametrize("level", [-10, -30])
def test_a_sound_without_a_pause_has_no_silence(tmp_path: Path, level: int):
    hum = np.sin(np.arange(160_000) / 16_000 * 2 * np.pi * 200) * 10 ** (level / 20) * 2**0.5
    assert found(silences(recorded(tmp_path / "hum.wav", hum.astype(np.float32)))) == []
    talk = speech([(0, 10)], 10, level=level) + noise(10, level=level - 40)
    assert found(silences(recorded(tmp_path / "talk.wav", talk))) == []


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
@pytest.mark.parametrize("late", [Fraction(0), Fraction(3, 4)])
def test_times_count_from_the_pictures_first_frame_to_its_last(tmp_path: Path, suffix: str, late: Fraction):
    talk = recorded(
        tmp_path / f"t{suffix}", speech(TALK, 10, rate=48_000), rate=48_000, frames=300, late=late
    )
    document = silences(talk)
    shifted = [(start + float(late), end + float(late)) for start, end in [*PAUSES, (10.0, 12.0)]]
    shifted[-1] = (shifted[-1][0], 12.0)
    assert_silent(document, [(0, 0.75), *shifted] if late else shifted)
    assert document["duration"] == 12.0
    assert len(document["energy"]["dbfs"]) == 12


def test_what_sounds_after_the_picture_is_left_out(tmp_path: Path):
    document = silences(recorded(tmp_path / "t.mp4", speech(TALK, 10, rate=48_000), rate=48_000, frames=200))
    assert document["duration"] == 8.0
    assert_silent(document, [PAUSES[0], (7.0, 8.0)])


def test_energy_is_the_level_of_every_second(tmp_path: Path):
    steps = np.concatenate(
        [noise(1, level=level) for level in (-20, -40, -30)] + [np.zeros(8000, np.float32)]
    )
    energy = silences(recorded(tmp_path / "t.wav", steps))["energy"]
    assert energy["step"] == 1.0
    assert energy["dbfs"] == pytest.approx([-20, -40, -30, -100], abs=0.2)


def test_a_damaged_stretch_does_not_spoil_the_rest(tmp_path: Path):
    talk = recorded(tmp_path / "t.mp4", speech(TALK, 10, rate=48_000), rate=48_000, frames=250)
    with av.open(talk) as container:
        packets = [packet.pos for packet in container.demux(audio=0) if packet.size and packet.pos]
    data = bytearray(talk.read_bytes())
    for position in packets[50:80:3]:  # while somebody speaks
        data[position : position + 8] = bytes(range(200, 208))
    talk.write_bytes(data)
    assert_silent(silences(talk), PAUSES)


def test_a_file_without_sound_is_refused_in_words(tmp_path: Path):
    with pytest.raises(Unplayable, match="has no sound"):
        silences(film(tmp_path / "mute.mp4", 5))


def test_what_is_no_media_file_is_refused_in_words(tmp_path: Path):
    text = tmp_path / "notes.mp4"
    text.write_text("Today: thermodynamics.")
    with pytest.raises(Unplayable, match="cannot be played"):
        silences(text)
