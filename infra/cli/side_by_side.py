"""Two checkpoints side by side: their artifacts as one picture, or two films as one video."""

import tempfile
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw, ImageFont, ImageOps

from rushes.errors import Unplayable
from rushes.media.encoding import PictureWriter
from rushes.media.frames import frame_at, timeline_frames
from rushes.media.joining import Segment, joined_packets, pieces_of
from rushes.media.muxing import write_mp4
from rushes.media.planes import frame_from, planes_of
from rushes.media.probe import MediaFacts, probe
from rushes.media.sound import decode_if_any, exactly
from rushes.media.timeline import frames_in, samples_in

Pair = tuple[str, Path | None, Path | None]
"""An artifact's name, its file on the left and on the right; None where it is missing."""

_TALLEST = 8_192
"""Pixels of the whole picture."""
_CELL = range(64, 481)
"""Pixels that a cell may be high."""
_WIDTH = range(280, 961)
"""Pixels that a cell may be wide: room for the words, and three frames of a film."""
_HEAD, _LABEL, _GAP = 56, 30, 12
_PAPER, _CARD, _INK, _FAINT = "#16181d", "#22252c", "#f2f2f0", "#9aa0ab"

_HIGHEST = 720
_DIVIDER = 8
"""Pixels between the two films; even, as colour is stored for every second pixel."""


def write_picture(pairs: Sequence[Pair], out: Path, left_title: str, right_title: str) -> None:
    """A row for each artifact, as a png, jpg or webp of at most 8,192 pixels' height; a film is three of its frames.

    The more rows, the smaller they are; those for which there is no room are counted in a last line. Raises
    typer.BadParameter for another suffix.
    """
    if out.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
        raise typer.BadParameter(f"{out.name} has to end in .png, .jpg or .webp")
    most = (_TALLEST - _HEAD - _LABEL) // (_CELL[0] + _LABEL + _GAP)
    cell = _cell(pairs[:most])
    rows = [_Row(name, [_fitted(path, cell) for path in sides]) for name, *sides in pairs[:most]]
    height = _HEAD + sum(row.height + _LABEL + _GAP for row in rows) + (_LABEL if most < len(pairs) else 0)
    sheet = Image.new("RGB", (2 * cell[0] + 3 * _GAP, height), _PAPER)
    columns = (_GAP, 2 * _GAP + cell[0])
    for x, title in zip(columns, (left_title, right_title), strict=True):
        _write(sheet, title, (x, _HEAD // 2), cell[0], 26, _INK)
    top = _HEAD
    for row in rows:
        for x, picture in zip(columns, row.sides, strict=True):
            _write(sheet, row.name, (x, top + _LABEL // 2), cell[0], 20, _FAINT)
            sheet.paste(_card(picture, (cell[0], row.height)), (x, top + _LABEL))
        top += row.height + _LABEL + _GAP
    if most < len(pairs):
        _write(sheet, f"and {len(pairs) - most} more", (_GAP, top + _LABEL // 2), cell[0], 20, _FAINT)
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out)


def write_video(left: Path, right: Path, out: Path) -> None:
    """An H.264 mp4 at 24 fps: both films in equal height, with the left one's sound.

    As long as the longer one; the other holds its last frame. Raises Unplayable for a file that is no film, and
    typer.BadParameter for another suffix.
    """
    if out.suffix.lower() != ".mp4":
        raise typer.BadParameter(f"{out.name} has to end in .mp4")
    films = [_film(path) for path in (left, right)]
    height = min(_HIGHEST, *(facts.height or 0 for facts in films)) // 2 * 2
    frames = max(frames_in(facts.duration or 0) for facts in films)
    widths = [_even_width(facts, height) for facts in films]
    size = (sum(widths) + _DIVIDER, height)
    sides = [
        timeline_frames(path, width, height, frames)
        for path, width in zip((left, right), widths, strict=True)
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    sound = decode_if_any(left)
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as folder:
        silent = Path(folder, "silent.mp4")
        with PictureWriter(silent, *size) as writer:
            for frame in _beside(*sides):
                writer.write(frame)
        pieces = pieces_of([Segment(silent, frames)], *size, Path(folder))
        fitted = None if sound is None else [exactly(sound, samples_in(frames))]
        write_mp4(out, pieces[0].path, joined_packets(pieces), fitted)


# ---------------------------------------------------------------------- pictures


def _cell(pairs: Sequence[Pair]) -> tuple[int, int]:
    """Width and height that suit the first file there is, and let all rows find room."""
    room = (_TALLEST - _HEAD - _LABEL) // max(1, len(pairs)) - _LABEL - _GAP
    first = next((path for _, *sides in pairs for path in sides if path), None)
    picture = _picture(first) if first else None
    wide, high = picture.size if picture else (16, 9)
    height = max(_CELL[0], min(_CELL[-1], room, _WIDTH[-1] * high // wide))
    return max(_WIDTH[0], min(_WIDTH[-1], height * wide // high)), height


@dataclass(frozen=True)
class _Row:
    name: str
    sides: list[Image.Image | str]
    """A picture, or in words why there is none."""

    @property
    def height(self) -> int:
        return max(_CELL[0], *(side.height for side in self.sides if isinstance(side, Image.Image)), 0)


def _fitted(path: Path | None, cell: tuple[int, int]) -> Image.Image | str:
    """The whole picture, as large as the cell allows."""
    if path is None:
        return "not here"
    picture = _picture(path)
    return ImageOps.contain(picture, cell, Image.Resampling.LANCZOS) if picture else "cannot be shown"


def _card(picture: Image.Image | str, size: tuple[int, int]) -> Image.Image:
    card = Image.new("RGB", size, _CARD)
    if isinstance(picture, str):
        _write(card, picture, (size[0] // 2, size[1] // 2), size[0], 20, _FAINT, anchor="mm")
    else:
        card.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return card


def _picture(path: Path) -> Image.Image | None:
    """None for a sound, and for a file that is damaged."""
    try:
        facts = probe(path)
        if facts.kind == "image":
            with Image.open(path) as image:
                return ImageOps.exif_transpose(image).convert("RGB")
        return _strip(path, facts) if facts.kind == "video" else None
    except Unplayable:
        return None


def _strip(path: Path, facts: MediaFacts) -> Image.Image:
    """Three frames in a row: of the beginning, the middle and the end."""
    frames = frames_in(facts.duration or 0)
    pictures = [frame_at(path, frames * sixth // 6) for sixth in (1, 3, 5)]
    wide, high = pictures[0].size
    gap = high // 60 + 1
    strip = Image.new("RGB", (3 * wide + 2 * gap, high), _CARD)
    for number, picture in enumerate(pictures):
        strip.paste(picture, (number * (wide + gap), 0))
    return strip


def _write(
    sheet: Image.Image, text: str, at: tuple[int, int], width: int, size: int, ink: str, anchor: str = "lm"
) -> None:
    """One line, cut if it is wider than `width` pixels."""
    font = ImageFont.load_default(size)
    line = " ".join(text.split())[:width]  # no letter is narrower than a pixel
    if font.getlength(line) > width:
        longest = bisect(range(len(line)), width, key=lambda n: font.getlength(f"{line[:n]}…")) - 1
        line = f"{line[:longest].rstrip()}…"
    ImageDraw.Draw(sheet).text(at, line, ink, font, anchor)


# ---------------------------------------------------------------------- films


def _film(path: Path) -> MediaFacts:
    facts = probe(path)
    if facts.kind != "video" or not (facts.duration and facts.width and facts.height):
        raise Unplayable(f"“{path.name}” is no film.")
    return facts


def _even_width(facts: MediaFacts, height: int) -> int:
    """The film's width at this height, to the nearest even number."""
    wide, high = facts.width or 0, facts.height or 1
    return max(2, (wide * height + high) // (2 * high) * 2)


def _beside(left: Iterable[VideoFrame], right: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
    """Frames of one height (yuv420p), joined with a black divider between them."""
    for one, other in zip(left, right, strict=True):
        luma, *chroma = (
            np.concatenate([a, np.full((a.shape[0], width), black, np.uint8), b], axis=1)
            for a, b, width, black in zip(
                planes_of(one),
                planes_of(other),
                (_DIVIDER, _DIVIDER // 2, _DIVIDER // 2),
                (16, 128, 128),
                strict=True,
            )
        )
        yield frame_from((luma, chroma[0], chroma[1]))
