"""All clips of a lecture in one picture: what each shows, is about, and when it was said."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

from infra.cli.showing.words import clock, duration
from rushes.media.typeface import font_of

_CARD, _PICTURE, _TEXT = 460, (460, 259), 128
"""A card's width, the room for its picture, and for its words: pixels."""
_GAP, _MARGIN, _HEAD = 28, 48, 132
_GROUND, _CARD_GROUND, _BLACK = "#101418", "#191f26", "#05070a"
_INK, _QUIET, _ACCENT, _TRACK = "#f3efe6", "#98a1ab", "#e8b04a", "#2c343d"


def contact_sheet(title: str, clips: Sequence[dict[str, Any]], pictures: Sequence[Path]) -> Image.Image:
    """Cards side by side in the clips' order. A picture that is not there leaves its room dark."""
    columns = min(len(clips), 3 if len(clips) != 4 else 2)
    rows = -(-len(clips) // columns)
    card_height = _PICTURE[1] + _TEXT
    width = 2 * _MARGIN + columns * _CARD + (columns - 1) * _GAP
    height = _HEAD + rows * card_height + (rows - 1) * _GAP + _MARGIN
    sheet = Image.new("RGB", (width, height), _GROUND)
    pen = ImageDraw.Draw(sheet)
    _line(pen, (_MARGIN, 40), title, 34, _INK, width - 2 * _MARGIN)
    seconds = sum(clip["duration"] for clip in clips)
    count = f"{len(clips)} clip{'s' if len(clips) != 1 else ''}"
    _line(pen, (_MARGIN, 86), f"{count}, {duration(seconds)}", 20, _QUIET, width - 2 * _MARGIN)
    for number, (clip, picture) in enumerate(zip(clips, pictures, strict=True)):
        row, column = divmod(number, columns)
        at = (_MARGIN + column * (_CARD + _GAP), _HEAD + row * (card_height + _GAP))
        sheet.paste(_card(clip, picture), at)
    return sheet


def _card(clip: dict[str, Any], picture: Path) -> Image.Image:
    card = Image.new("RGB", (_CARD, _PICTURE[1] + _TEXT), _CARD_GROUND)
    card.paste(_fitted(picture), (0, 0))
    pen = ImageDraw.Draw(card)
    top = _PICTURE[1]
    pen.rounded_rectangle((20, top + 16, 52, top + 44), 6, fill=_ACCENT)
    pen.text((36, top + 30), str(clip["order"]), fill=_BLACK, font=font_of(19), anchor="mm")
    for number, line in enumerate(_wrapped(clip["title"], font_of(21), _CARD - 84)):
        pen.text((64, top + 14 + 27 * number), line, fill=_INK, font=font_of(21))
    times = f"{clock(clip['start'])} – {clock(clip['end'])}   {duration(clip['duration'])}"
    _line(pen, (20, top + 78), times, 17, _QUIET, _CARD - 40)
    pen.rounded_rectangle((20, top + 107, _CARD - 20, top + 112), 2, fill=_TRACK)
    if clip["importance"] > 0:
        pen.rounded_rectangle(
            (20, top + 107, 20 + (_CARD - 40) * clip["importance"], top + 112), 2, fill=_ACCENT
        )
    share = f"{clip['importance']:.0%} important"
    pen.text((_CARD - 20, top + 78), share, fill=_QUIET, font=font_of(17), anchor="ra")
    return card


def _fitted(picture: Path) -> Image.Image:
    """Whole, in the middle of its room."""
    room = Image.new("RGB", _PICTURE, _BLACK)
    if picture.exists():
        with Image.open(picture) as opened:
            shown = ImageOps.contain(opened.convert("RGB"), _PICTURE, Image.Resampling.LANCZOS)
        room.paste(shown, ((_PICTURE[0] - shown.width) // 2, (_PICTURE[1] - shown.height) // 2))
    return room


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, most: int = 2) -> list[str]:
    """At most so many lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], _cut(rest, font, width)] if rest else lines


def _line(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str, width: int
) -> None:
    pen.text(at, _cut(text, font_of(size), width), fill=colour, font=font_of(size))


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"
