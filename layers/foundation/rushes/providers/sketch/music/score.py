"""From a style, a length and a seed to every note: form, harmony, patterns, melody, fills and the last chord."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from rushes.media.timeline import SAMPLE_RATE
from rushes.providers.sketch.music.direction import Direction
from rushes.providers.sketch.music.harmony import Motif, Scale, chord, degree, motif, voiced
from rushes.providers.sketch.music.styles import Part, Style

_STEPS = 16
_MELODY = 74


@dataclass(frozen=True)
class Note:
    part: Part
    start: int
    """Samples from the beginning."""
    length: int
    """Samples until it is let go."""
    pitch: int
    gain: float


@dataclass(frozen=True)
class Form:
    """The whole length divided into beats of equal length: bars of four, and an ending under the last chord."""

    samples: int
    beats: int
    intensities: tuple[int, ...]
    """Of each bar: 0 opening, 1 verse, 2 height."""

    @property
    def bars(self) -> int:
        return len(self.intensities)

    def at(self, bar: int, step: Fraction | int) -> int:
        """The sample at which a sixteenth of a bar begins."""
        return round(Fraction(self.samples * (bar * _STEPS + step), self.beats * 4))

    @property
    def height(self) -> int:
        """The first bar of the greatest intensity."""
        return self.intensities.index(max(self.intensities))


def form(direction: Direction, samples: int) -> Form:
    """The tempo gives way by a beat over the whole at most, so that the last beat ends with the last sample.

    The ending has 2 to 5 beats; a piece that ends on the cut has no more than 2.
    """
    exact_beats = samples * direction.bpm / (60 * SAMPLE_RATE)
    endings = (1, 2) if direction.on_the_cut else (2, 3, 4, 5)
    choices = [4 * bars + ending for bars in range(1, int(exact_beats) // 4 + 2) for ending in endings]
    beats = min(choices, key=lambda beats: abs(beats - exact_beats))
    bars = (beats - endings[0]) // 4
    return Form(samples, beats, tuple(_intensities(bars)))


def _intensities(bars: int) -> list[int]:
    opening = round(bars * 0.2) if bars > 2 else 0
    height = bars * 45 // 100 if bars > 1 else 0
    plan = [0 if bar < opening else 1 if bar < height else 2 for bar in range(bars)]
    if bars >= 20:  # long enough to breathe before the end
        quiet = bars * 7 // 10 // 2 * 2
        plan[quiet : quiet + 2] = [1, 1]
    return plan


def notes(style: Style, plan: Form, seed: int) -> Iterator[Note]:
    """All notes, bar by bar."""
    chance = np.random.default_rng(seed)
    key = int(chance.integers(55, 62)) - 12
    progression = style.progressions[int(chance.integers(len(style.progressions)))]
    tune = motif(chance, style.calm)
    before = None
    for bar, intensity in enumerate(plan.intensities):
        last = bar == plan.bars - 1
        root = 4 if last and bar else progression[bar % len(progression)]
        harmony = chord(key, style.scale, root, style.tones)
        voicing = before = voiced(harmony, before)
        gain = 1.5 * bar / plan.bars  # dB
        for part in style.parts:
            if part.enters > intensity:
                continue
            if part.role == "lead":
                lift = 2 if bar % 8 >= 6 else 0
                played = _melody(part, plan, bar, tune, (key, style.scale, root), lift)
            else:
                played = _pattern(part, plan, bar, style, harmony, voicing)
            for note in played:
                yield _human(note, gain, chance)
        if style.fill and bar + 1 == plan.height:
            yield from _roll(style.fill, plan, bar)
        if style.fill and bar == plan.height and bar:
            yield Note(Part("drum", "crash", room=0.3), plan.at(bar, 0), 0, 0, 0.5)
    for note in _last_chord(style, plan, key, before):
        yield _human(note, 2.0, chance)


def _pattern(
    part: Part, plan: Form, bar: int, style: Style, harmony: list[int], voicing: list[int]
) -> Iterator[Note]:
    repeats = len(part.pattern) // _STEPS
    line = part.pattern[bar % repeats * _STEPS :][:_STEPS]
    for step, mark in enumerate(line):
        if mark in ".-":
            continue
        held = len(line[step + 1 :]) - len(line[step + 1 :].lstrip("-"))
        start = plan.at(bar, step + _late(step, style))
        length = plan.at(bar, step + 1 + held) - start
        strength = 0.62 if mark == "o" else 1.0
        for pitch in _pitches(part, mark, harmony, voicing):
            yield Note(part, start, length, pitch + 12 * part.octave, strength)


def _pitches(part: Part, mark: str, harmony: list[int], voicing: list[int]) -> list[int]:
    if part.role == "drum":
        return [0]
    if part.role == "chords":
        return voicing
    if part.role == "bass":
        triad = [*harmony[:3], harmony[0] + 12]
        return [_within(triad[int(mark)] - 24, 28, 47)]
    octaves, tone = divmod(int(mark), len(voicing))
    return [voicing[tone] + 12 * octaves]


def _melody(
    part: Part, plan: Form, bar: int, tune: Motif, key: tuple[int, Scale, int], lift: int
) -> Iterator[Note]:
    """The motif's bar that belongs here."""
    first = bar % 2 * _STEPS
    for number, (step, steps) in enumerate(zip(tune.starts, tune.lengths, strict=True)):
        if first <= step < first + _STEPS:
            start = plan.at(bar, step - first)
            pitch = tune.pitch(number, *key, _MELODY + 12 * part.octave, lift)
            accent = 1.0 if step % 8 == 0 else 0.85
            yield Note(part, start, plan.at(bar, step - first + steps) - start, pitch, accent)


def _roll(drum: str, plan: Form, bar: int) -> Iterator[Note]:
    """The half bar before the height: eighths, then sixteenths, louder and louder."""
    part = Part("drum", drum, room=0.25)
    for step in (8, 10, 12, 13, 14, 15):
        yield Note(part, plan.at(bar, step), 0, 0, 0.15 + 0.05 * (step - 7))


def _last_chord(style: Style, plan: Form, key: int, before: list[int] | None) -> Iterator[Note]:
    """The tonic on every instrument that has played, and nothing after it."""
    start = plan.at(plan.bars, 0)
    length = plan.samples - start
    harmony = chord(key, style.scale, 0, style.tones)
    voicing = voiced(harmony, before)
    loudest = max(plan.intensities)
    for part in style.parts:
        if part.role == "drum" or part.enters > loudest:
            continue
        if part.role == "lead":
            pitches = [_within(degree(key, style.scale, 0), _MELODY - 5, _MELODY + 6) + 12 * part.octave]
        elif part.role == "bass":
            pitches = [_within(harmony[0] - 24, 28, 47)]
        else:
            pitches = [pitch + 12 * part.octave for pitch in voicing]
        for pitch in pitches:
            yield Note(part, start, length, pitch, 1.0 if part.role == "chords" else 0.8)
    for drum in style.final:
        yield Note(Part("drum", drum, room=0.35), start, 0, 0, 0.8)


def _late(step: int, style: Style) -> Fraction:
    return style.swing * style.swing_unit if step // style.swing_unit % 2 else Fraction(0)


def _human(note: Note, gain: float, chance: np.random.Generator) -> Note:
    """Nobody plays twice alike; drums keep time best."""
    spread = 60 if note.part.role == "drum" else 240  # samples: 1 and 5 ms
    start = max(0, note.start + round(float(chance.normal(0, spread))))
    level = 10 ** ((gain + note.part.level + float(chance.normal(0, 0.7))) / 20)
    return replace(note, start=start, gain=note.gain * level)


def _within(pitch: int, low: int, high: int) -> int:
    """The same note in the octave that begins at `low`; `high` may cut into the next."""
    return next(p for p in range(low, high + 1) if p % 12 == pitch % 12)
