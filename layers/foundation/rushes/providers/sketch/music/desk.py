"""The mixing desk: places notes in time and space, makes the kick push the band, adds the room, and ends in silence."""

from collections.abc import Iterable, Sequence

import numpy as np

from rushes.media.loudness import integrated_loudness, limited
from rushes.media.sound import Samples, silence
from rushes.providers.sketch.music.drums import DRUMS, riser
from rushes.providers.sketch.music.harmony import hertz
from rushes.providers.sketch.music.instruments import INSTRUMENTS
from rushes.providers.sketch.music.score import Form, Note
from rushes.providers.sketch.music.styles import Style
from rushes.providers.sketch.music.waves import band, equalised, fast_length, length, noise, swell

_TARGET, _CEILING = -15.0, -1.5
"""LUFS and dBTP of the finished music."""

_BAND = 0.42
"""Gain of pitched instruments beside the drums."""

_KICKS = ("kick",)
_SILENCE = 0.08
"""Seconds of nothing before the cut."""

_LEVELS = (-7.0, -3.0, 0.0)
"""dB: how loud the opening and the verse are against the height."""

_LOW, _HIGH = -4.0, 5.0
"""dB: our instruments are heavy below 100 Hz and mild above 4 kHz."""


def recorded(notes: Iterable[Note], plan: Form, style: Style) -> Samples:
    """The finished music, exactly the form's samples long."""
    band_bus, drum_bus, room_bus = (silence(plan.samples) for _ in range(3))
    kicks: list[int] = []
    takes: dict[tuple[str, int, int], Samples] = {}
    for note in notes:
        take = _take(note, takes)
        pitched = note.part.role != "drum"
        gain = note.gain * (_BAND if pitched else 1.0)
        _add(band_bus if pitched else drum_bus, take, note, gain)
        _add(room_bus, take, note, gain * note.part.room)
        if note.part.instrument in _KICKS:
            kicks.append(note.start)
    if style.sweep:
        band_bus = _swept(band_bus, plan)
        _rise(room_bus, drum_bus, plan)
    ducking = _ducking(kicks, plan.samples, style.duck)
    wet = _reverberated(room_bus, style.reverb)
    return _finished(band_bus * ducking + drum_bus + wet * (0.4 + 0.6 * ducking), plan)


def _take(note: Note, takes: dict[tuple[str, int, int], Samples]) -> Samples:
    """A note as it sounds; the same note is recorded once. Lengths are rounded to 10 ms, which nobody hears."""
    wanted = (note.part.instrument, note.pitch, -(-note.length // 480) * 480)
    if wanted not in takes:
        name, pitch, samples = wanted
        takes[wanted] = (
            DRUMS[name]() if note.part.role == "drum" else INSTRUMENTS[name](hertz(pitch), samples)
        )
    return takes[wanted]


def _add(bus: Samples, take: Samples, note: Note, gain: float) -> None:
    room = bus.shape[1] - note.start
    if room <= 0:
        return
    angle = (note.part.pan + 1) * np.pi / 4
    sides = np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(gain * 2**0.5)
    bus[:, note.start : note.start + take.shape[1]] += take[:, :room] * sides


def _swept(bus: Samples, plan: Form) -> Samples:
    """Muffled in the beginning, fully open from the height on."""
    end = plan.at(plan.height, 0)
    if not end:
        return bus
    openness = np.ones(plan.samples, np.float32)
    openness[:end] = 0.25 + 0.75 * np.linspace(0, 1, end, dtype=np.float32) ** 1.5
    muffled = band(bus[:, : end + length(0.1)], 20, 650)
    swept = bus * openness
    swept[:, : muffled.shape[1]] += muffled * (1 - openness[: muffled.shape[1]])
    return swept


def _rise(room: Samples, drums: Samples, plan: Form) -> None:
    """A riser in the bar before the height."""
    if plan.height:
        start, end = plan.at(plan.height - 1, 0), plan.at(plan.height, 0)
        sound = riser(end - start)
        drums[:, start:end] += sound
        room[:, start:end] += sound * 0.3


def _ducking(kicks: Sequence[int], samples: int, depth: float) -> np.ndarray:
    """Gain of the band: down at once with each kick, back within a quarter of a second."""
    gain = np.ones(samples, np.float32)
    recovery = length(0.26)
    shape = 1 - depth * np.cos(np.linspace(0, np.pi / 2, recovery, dtype=np.float32)) ** 2
    shape[: length(0.004)] = np.linspace(1, shape[length(0.004)], length(0.004))
    for start in kicks:
        dip = gain[start : start + recovery]
        np.minimum(dip, shape[: len(dip)], out=dip)
    return gain


def _reverberated(dry: Samples, decay: float) -> Samples:
    """Convolved with noise that dies away by 60 dB in `decay` seconds, different for each ear."""
    size = length(decay)
    falling = np.exp(np.linspace(0, -6.9, size, dtype=np.float32)) * swell(size, 0.012, 0.2)
    padded = fast_length(dry.shape[1] + size)
    wet = silence(dry.shape[1])
    for ear in (0, 1):
        response = noise(size, 180, 5200, 40 + ear) * falling
        response /= np.sqrt(np.sum(np.square(response)))
        spectrum = np.fft.rfft(dry[ear], padded) * np.fft.rfft(response, padded)
        wet[ear] = np.fft.irfft(spectrum, padded)[: dry.shape[1]]
    return wet


def _ridden(mix: Samples, plan: Form) -> Samples:
    """The fader brings every part of the form to its own loudness, however few instruments play in it."""
    bars = [mix[:, plan.at(bar, 0) : plan.at(bar + 1, 0)] for bar in range(plan.bars)]
    power = np.array([np.mean(np.square(bar)) + 1e-9 for bar in bars])
    intensities = np.array(plan.intensities)
    loudest = power[intensities == intensities.max()].mean()
    faders = np.empty(plan.bars)
    for intensity in set(plan.intensities):
        of_part = intensities == intensity
        wanted = loudest * 10 ** (_LEVELS[intensity] / 10)
        faders[of_part] = np.sqrt(wanted / power[of_part].mean())
    starts = [plan.at(bar, 0) for bar in range(plan.bars)]
    # a fader holds through its bar and moves in the eighth before the next
    moves = [(at, fader) for bar, fader in enumerate(faders) for at in (starts[bar], plan.at(bar, 14))]
    places, values = zip(*moves, strict=True)
    return mix * np.interp(np.arange(plan.samples), places, values).astype(np.float32)


def _closing(plan: Form) -> np.ndarray:
    """Gain: the last chord rings for a third of the ending, then dies away to silence just before the cut."""
    start = plan.at(plan.bars, 0)
    rings = start + (plan.samples - start) // 3
    silent = plan.samples - length(_SILENCE)
    gain = np.ones(plan.samples, np.float32)
    gain[rings:silent] = np.cos(np.linspace(0, np.pi / 2, silent - rings)) ** 3
    gain[silent:] = 0
    return gain


def _finished(mix: Samples, plan: Form) -> Samples:
    """Balanced, a little compressed, at the target loudness, and silent at both ends."""
    mix = _ridden(equalised(mix, _LOW, _HIGH), plan)
    mix /= np.quantile(np.abs(mix), 0.999) + 1e-9
    mix = np.tanh(mix * 0.9) * _closing(plan)
    mix[:, : length(0.005)] *= np.linspace(0, 1, length(0.005), dtype=np.float32)
    mix *= np.float32(10 ** ((_TARGET - integrated_loudness(mix)) / 20))
    return limited(mix, _CEILING)
