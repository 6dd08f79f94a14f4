"""What a musical direction in words asks for."""

import re
from dataclasses import dataclass, replace

from rushes.providers.sketch.music.instruments import INSTRUMENTS
from rushes.providers.sketch.music.styles import STYLES, Part, Style

_BPM = re.compile(r"\b(\d{2,3})\s*(?:bpm|beats per minute)\b", re.IGNORECASE)
_NO_DRUMS = re.compile(r"\b(?:no|without)\s+(?:drums?|percussion|beats?)\b", re.IGNORECASE)
_ON_THE_CUT = re.compile(r"\bends?\s+(?:exactly\s+)?on\s+the\s+(?:cut|last frame)\b", re.IGNORECASE)
_SLOWEST, _FASTEST = 50, 180
_PACES = ((r"\b(?:slow|slower|downtempo)\b", 0.9), (r"\b(?:fast|faster|uptempo|rapid)\b", 1.08))


@dataclass(frozen=True)
class Direction:
    style: Style
    bpm: float
    on_the_cut: bool
    """The last chord comes as late as its sound allows."""


def read(direction: str) -> Direction:
    """The style whose words are said most, earlier words counting a little more; uplifting pop if none is."""
    text = direction.lower()
    name = max(STYLES, key=lambda name: _weight(STYLES[name].words, text))
    style = STYLES[name] if _weight(STYLES[name].words, text) else STYLES["pop"]
    if _NO_DRUMS.search(text):
        style = replace(style, parts=tuple(part for part in style.parts if part.role != "drum"), fill="")
    style = _with_named_instruments(style, text)
    given = _BPM.search(text)
    bpm = float(given.group(1)) if given else style.bpm * _pace(text)
    return Direction(style, min(max(bpm, _SLOWEST), _FASTEST), bool(_ON_THE_CUT.search(text)))


def _weight(words: str, text: str) -> float:
    weight = 0.0
    for word in words.split():
        pattern = re.escape(word).replace(r"\*", r"\w*")
        if found := re.search(rf"(?<![\w-]){pattern}(?!\w)", text):
            weight += 1 + 0.5 / (1 + found.start() / 40)
    return weight


def _pace(text: str) -> float:
    return next((factor for pattern, factor in _PACES if re.search(pattern, text)), 1.0)


def _with_named_instruments(style: Style, text: str) -> Style:
    """An instrument that is asked for by name and is not in the band yet takes the melody."""
    playing = {part.instrument for part in style.parts}
    named = [name for name in INSTRUMENTS if re.search(rf"\b{name}s?\b", text) and name not in playing]
    if not named:
        return style
    parts = list(style.parts)
    first = next(number for number, part in enumerate(parts) if part.role == "lead")
    parts[first] = Part("lead", named[0], level=-7, enters=1, room=parts[first].room)
    return replace(style, parts=tuple(parts))
