"""Styles as data. A pattern is a bar of sixteenths, or several: `.` rests, `-` holds the note before it.

Drums and chords: `x` is loud, `o` soft. Bass and arpeggio: a digit is a note of the chord, counted from its root
(0 root, 1 third, 2 fifth, 3 the next note up or the octave).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rushes.providers.sketch.music.harmony import DORIAN, LYDIAN, MAJOR, MINOR, PHRYGIAN, Scale

Role = Literal["drum", "bass", "chords", "arp", "lead"]
_HELD = "x---------------"


@dataclass(frozen=True)
class Part:
    role: Role
    instrument: str
    pattern: str = ""
    level: float = 0.0
    """dB."""
    enters: int = 0
    """From which intensity on it plays: 0 from the first bar, 1 in the verse, 2 at the height."""
    pan: float = 0.0
    """−1 left … 1 right."""
    room: float = 0.2
    """How much of it goes to the reverb, 0 … 1."""
    octave: int = 0


@dataclass(frozen=True)
class Style:
    words: str
    """What a direction says when it wants this; `*` stands for any ending."""
    bpm: int
    scale: Scale
    progressions: tuple[tuple[int, ...], ...]
    """Degrees from 0, a chord a bar."""
    parts: tuple[Part, ...]
    tones: int = 3
    swing: Fraction = Fraction(0)
    """By what part of itself every second unit comes late."""
    swing_unit: int = 1
    """In sixteenths."""
    reverb: float = 1.6
    """Seconds until it has died away by 60 dB."""
    duck: float = 0.0
    """How far the kick pushes the band down, 0 … 1."""
    sweep: bool = False
    """The band begins muffled and opens up to the height."""
    fill: str = ""
    """The drum that rolls into the height."""
    final: tuple[str, ...] = ()
    """What strikes together with the last chord."""
    calm: bool = False
    """A melody of longer notes."""


STYLES: dict[str, Style] = {
    "electronic": Style(
        words="electronic edm techno house synth* energetic dance club driving pulsing futuristic neon "
        "high-energy workout sport* fast dynamic tech* digital cyber* gaming adrenaline action",
        bpm=124,
        scale=MINOR,
        progressions=((0, 5, 2, 6), (0, 3, 5, 6), (5, 6, 0, 2)),
        duck=0.65,
        sweep=True,
        fill="snare",
        final=("impact", "crash"),
        parts=(
            Part("drum", "kick", "x...x...x...x...", -1.5, 1, room=0.02),
            Part("drum", "clap", "....x.......x...", -4, 2, room=0.3),
            Part("drum", "open_hat", "..x...x...x...x.", -5, 2, pan=0.15, room=0.1),
            Part("drum", "hat", "xoxoxoxoxoxoxoxo", -9, 1, pan=-0.2, room=0.05),
            Part("bass", "synth_bass", "..0-..0-..0-..0-", -6, 1, room=0.02),
            Part("chords", "pad", _HELD, -11, 0, room=0.5),
            Part("chords", "supersaw", "x--x--x---x--x--", -10, 2, room=0.35),
            Part("arp", "pluck", "0.2.3.2.4.3.2.3.0.2.3.4.5.4.3.2.", -9, 0, pan=0.3, room=0.4, octave=1),
            Part("lead", "lead", level=-10, enters=2, room=0.35),
        ),
    ),
    "pop": Style(
        words="pop uplifting upbeat happy bright optimistic joyful inspir* positive corporate feel-good summer "
        "fresh youthful motivat* modern anthem* lifestyle cheerful fun celebrat* indie",
        bpm=112,
        scale=MAJOR,
        progressions=((0, 4, 5, 3), (5, 3, 0, 4), (0, 5, 3, 4)),
        duck=0.25,
        sweep=True,
        fill="snare",
        final=("soft_kick", "crash"),
        parts=(
            Part("drum", "kick", "x.....x.x.......x.....x.x...o...", -4, 1, room=0.03),
            Part("drum", "snare", "....x.......x...", -6, 2, room=0.25),
            Part("drum", "clap", "....x.......x...", -7, 1, room=0.3),
            Part("drum", "shaker", "xoxoxoxoxoxoxoxo", -8, 1, pan=0.35, room=0.1),
            Part("drum", "hat", "x.x.x.x.x.x.x.xo", -9, 2, pan=-0.25, room=0.05),
            Part("bass", "sub_bass", "0-----0-0---2-0-", -9, 1, room=0.02),
            Part("chords", "piano", "x---..o-x---..o-", -5, 0, pan=-0.1, room=0.25),
            Part("chords", "strings", _HELD, -14, 2, room=0.5),
            Part("arp", "guitar", "0.2.3.2.4.2.3.2.", -8, 0, pan=0.4, room=0.25, octave=0),
            Part("lead", "bell", level=-13, enters=2, room=0.45),
            Part("lead", "lead", level=-14, enters=2, pan=-0.15, room=0.3),
        ),
    ),
    "cinematic": Style(
        words="epic cinematic orchestra* heroic trailer dramatic powerful majestic grand triumphant soaring "
        "adventur* bold score hybrid monumental sweeping",
        bpm=92,
        scale=MINOR,
        progressions=((0, 5, 2, 6), (0, 2, 6, 3), (5, 6, 0, 0)),
        reverb=2.8,
        fill="taiko",
        final=("impact", "taiko", "crash"),
        parts=(
            Part("drum", "taiko", "x.....o.x...o...x.....o.x.o.o.x.", -1, 1, room=0.35),
            Part("drum", "soft_kick", "x.......x.......", -2, 2, room=0.1),
            Part("drum", "tick", "x.x.x.x.x.x.x.x.", -14, 0, pan=0.2, room=0.4),
            Part("drum", "snare", "..o.o.o...o.oooo", -15, 2, pan=-0.2, room=0.5),
            Part("bass", "sub_bass", "0-------0-------", -7, 1, room=0.1),
            Part("chords", "strings", _HELD, -10, 0, pan=-0.1, room=0.6),
            Part("chords", "brass", "x-------x-------", -10, 2, pan=0.15, room=0.5),
            Part("arp", "spiccato", "0.0.2.0.3.0.2.0.", -6, 0, pan=-0.35, room=0.4),
            Part("arp", "spiccato", "0.2.3.4.3.2.3.2.", -8, 1, pan=0.35, room=0.4, octave=1),
            Part("lead", "brass", level=-9, enters=2, room=0.5, octave=-1),
            Part("lead", "strings", level=-10, enters=2, room=0.55),
        ),
    ),
    "ambient": Style(
        words="calm ambient peaceful serene gentle meditat* soft relax* spa sleep* minimal* atmospheric dreamy "
        "ethereal tranquil quiet soothing nature floating slow airy zen subtle",
        bpm=72,
        scale=LYDIAN,
        progressions=((0, 4, 5, 2), (0, 2, 5, 4), (0, 5, 0, 4)),
        tones=4,
        reverb=4.0,
        calm=True,
        parts=(
            Part("chords", "pad", _HELD, -7, 0, room=0.6),
            Part("bass", "sub_bass", "0---------------", -11, 1, room=0.1),
            Part("arp", "piano", "0...2...3...4.3.0...2.3.4...3...", -5, 0, pan=-0.15, room=0.6, octave=1),
            Part("chords", "strings", _HELD, -13, 1, room=0.6),
            Part("arp", "bell", "....4.......3.......5.......4...", -15, 1, pan=0.4, room=0.8, octave=1),
            Part("lead", "piano", level=-7, enters=2, pan=0.1, room=0.6),
        ),
    ),
    "emotional": Style(
        words="emotional heartfelt moving tender nostalgi* touching sentimental warm family love romantic hopeful "
        "bittersweet intimate storytelling piano reflective melanchol* wedding",
        bpm=80,
        scale=MAJOR,
        progressions=((5, 3, 0, 4), (0, 4, 5, 3), (3, 0, 4, 5)),
        reverb=2.8,
        fill="",
        final=("soft_kick",),
        calm=True,
        parts=(
            Part("arp", "piano", "0.2.3.2.4.2.3.2.", -5, 0, pan=-0.1, room=0.4),
            Part("chords", "pad", _HELD, -15, 0, room=0.6),
            Part("bass", "upright", "0-------0---2---", -7, 1, room=0.15),
            Part("chords", "strings", _HELD, -10, 1, pan=0.1, room=0.55),
            Part("drum", "soft_kick", "x.......x.......", -7, 2, room=0.1),
            Part("drum", "shaker", "o.o.x.o.o.o.x.o.", -13, 2, pan=0.3, room=0.2),
            Part("lead", "piano", level=-6, enters=1, pan=0.15, room=0.4),
            Part("lead", "strings", level=-11, enters=2, pan=-0.2, room=0.55),
        ),
    ),
    "playful": Style(
        words="playful quirky whimsical funny cute kid* child* comic* comedy bouncy light-hearted cartoon* silly "
        "curious mischievous toy* pet* puppy ukulele cheeky",
        bpm=116,
        scale=MAJOR,
        progressions=((0, 3, 1, 4), (0, 5, 1, 4), (0, 0, 3, 4)),
        swing=Fraction(1, 4),
        swing_unit=2,
        reverb=0.9,
        fill="block",
        final=("soft_kick", "block"),
        parts=(
            Part("arp", "pizzicato", "0...2.3.0...4.2.", -3, 0, pan=-0.3, room=0.2),
            Part("arp", "marimba", "..3...4...3...5.", -5, 1, pan=0.3, room=0.2, octave=0),
            Part("bass", "upright", "0---..2-0---1-2-", -4, 0, room=0.08),
            Part("chords", "guitar", "....x.......x...", -9, 1, pan=0.2, room=0.15),
            Part("drum", "soft_kick", "x.......x.......", -5, 1, room=0.05),
            Part("drum", "rim", "....x.......x.o.", -9, 1, pan=-0.2, room=0.15),
            Part("drum", "block", "..x.....x.x.....", -12, 2, pan=0.45, room=0.2),
            Part("drum", "shaker", "xoxoxoxoxoxoxoxo", -10, 2, pan=-0.4, room=0.1),
            Part("lead", "marimba", level=-4, enters=1, pan=0.1, room=0.2),
            Part("lead", "flute", level=-11, enters=2, pan=-0.15, room=0.3),
        ),
    ),
    "dark": Style(
        words="dark tense suspense* mysterious ominous thriller horror noir brooding moody sinister danger* night "
        "eerie haunting gritty industrial crime edgy",
        bpm=90,
        scale=PHRYGIAN,
        progressions=((0, 1, 0, 6), (0, 5, 1, 0), (0, 0, 1, 1)),
        reverb=3.4,
        fill="taiko",
        final=("impact",),
        parts=(
            Part("bass", "sub_bass", "0---------------", -4, 0, room=0.1),
            Part("chords", "pad", _HELD, -11, 0, room=0.7),
            Part("bass", "synth_bass", "0.0.0.0.0.0.0.0.", -11, 1, room=0.1),
            Part("drum", "soft_kick", "x..x............", 0, 0, room=0.2),
            Part("drum", "tick", "x.o.x.o.x.o.x.ox", -9, 0, pan=0.4, room=0.4),
            Part("drum", "taiko", "x.........o.x...", -3, 2, room=0.5),
            Part("arp", "bell", "............4...", -15, 1, pan=-0.5, room=0.9),
            Part("arp", "spiccato", "0.0.1.0.0.0.1.0.", -10, 2, pan=0.25, room=0.4),
            Part("chords", "strings", _HELD, -13, 2, room=0.6),
            Part("lead", "strings", level=-11, enters=2, pan=-0.2, room=0.6, octave=-1),
        ),
    ),
    "lounge": Style(
        words="luxur* lounge jazz* elegant sophisticated classy smooth chic premium fashion refined sensual cocktail "
        "champagne perfume glamor* swing bossa sultry velvet timeless",
        bpm=94,
        scale=MAJOR,
        progressions=((1, 4, 0, 5), (0, 5, 1, 4), (3, 2, 1, 4)),
        tones=5,
        swing=Fraction(1, 3),
        swing_unit=2,
        reverb=1.5,
        final=("ride", "soft_kick"),
        parts=(
            Part("chords", "rhodes", "x-----..o---....", -8, 0, pan=-0.2, room=0.3),
            Part("bass", "upright", "0---2---3---2-1-", -3, 0, room=0.06),
            Part("drum", "ride", "x...x.x.x...x.x.", -7, 1, pan=0.3, room=0.15),
            Part("drum", "brush", "....x.......x...", -4, 1, pan=-0.1, room=0.2),
            Part("drum", "soft_kick", "o.......o.......", -9, 1, room=0.05),
            Part("drum", "rim", "..............o.", -12, 2, pan=0.2, room=0.2),
            Part("chords", "strings", _HELD, -18, 2, room=0.5),
            Part("lead", "vibes", level=-7, enters=1, pan=0.25, room=0.35),
        ),
    ),
    "street": Style(
        words="hip-hop hiphop trap urban street lofi lo-fi chill* groovy funk* cool beat* laid-back rnb r&b soul* "
        "sneaker* skate* swagger attitude coffee",
        bpm=88,
        scale=DORIAN,
        progressions=((0, 3, 0, 3), (0, 6, 3, 0), (0, 2, 3, 6)),
        tones=4,
        swing=Fraction(2, 7),
        reverb=1.2,
        fill="snare",
        duck=0.2,
        final=("kick", "crash"),
        parts=(
            Part("drum", "kick", "x..o....o.x.....x..o..o...x.....", 0, 1, room=0.04),
            Part("drum", "snare", "....x.......x...", -3, 1, room=0.2),
            Part("drum", "hat", "x.o.x.o.x.o.x.oo", -7, 0, pan=-0.2, room=0.05),
            Part("drum", "open_hat", "..............x.", -10, 2, pan=-0.2, room=0.1),
            Part("bass", "sub_bass", "0--0......0-3-..", -3, 1, room=0.02),
            Part("chords", "rhodes", "x-----.x--......", -6, 0, pan=0.1, room=0.3),
            Part("arp", "guitar", "..2...3.....4.2.", -11, 2, pan=0.4, room=0.3),
            Part("lead", "vibes", level=-10, enters=2, pan=-0.25, room=0.4),
            Part("lead", "flute", level=-13, enters=2, pan=0.2, room=0.4),
        ),
    ),
}
