"""Captions on a clip: words in a dark box, the spoken one in another colour if that is wanted."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from rushes.media.clipping.spec import Page, Word
from rushes.media.overlay import Overlay
from rushes.media.typeface import font_of

_INK, _SPOKEN, _BOX = "#ffffff", "#ffd54a", (12, 12, 16, 200)

_MARGIN = 8
"""Percent of each side that stay free, at least."""

_CONTROLS = 20
"""Percent of an upright picture's height, at the bottom, where phone players put their own controls."""


class Lettering:
    """The captions of a clip as overlays, drawn when they are needed."""

    def __init__(self, pages: Sequence[Page], emphasis: bool, width: int, height: int) -> None:
        self._pages, self._emphasis, self._size = pages, emphasis, (width, height)
        self._shown: tuple[Page, Word | None] | None = None
        self._overlay: Overlay | None = None

    def at(self, number: int) -> Overlay | None:
        """What lies over frame `number` of the clip; the same object as long as it does not change."""
        shown = self._said(number)
        if shown != self._shown:
            self._shown = shown
            self._overlay = Overlay(drawn(*shown, *self._size)) if shown else None
        return self._overlay

    def _said(self, number: int) -> tuple[Page, Word | None] | None:
        page = next((page for page in self._pages if page.start <= number < page.end), None)
        if page is None:
            return None
        begun = [word for line in page.lines for word in line if word.start <= number]
        return page, begun[-1] if begun and self._emphasis else None


def drawn(page: Page, spoken: Word | None, width: int, height: int) -> Image.Image:
    """RGBA of the clip's size: the page's lines, centred low in the picture, inside the safe area."""
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    font = _font(page, width, height)
    padding, spacing = font.size * 3 // 10, font.size * 23 // 20
    bottom = height * (100 - (_CONTROLS if height > width else _MARGIN)) // 100 - 1
    top = bottom - spacing * len(page.lines) - 2 * padding
    half = max(font.getlength(_text(line)) for line in page.lines) / 2 + 2 * padding
    box = (width / 2 - half, top, width / 2 + half, bottom)
    draw.rounded_rectangle(box, radius=padding * 2, fill=_BOX)
    for number, line in enumerate(page.lines):
        left = (width - font.getlength(_text(line))) / 2
        baseline = top + padding + spacing * number + font.size * 9 // 10
        for word in line:
            ink = _SPOKEN if word is spoken else _INK
            draw.text((left, baseline), word.text, font=font, anchor="ls", fill=ink)
            left += font.getlength(f"{word.text} ")
    return image


def _font(page: Page, width: int, height: int) -> ImageFont.FreeTypeFont:
    """Larger in upright clips, which are watched on phones; smaller when a line would leave the safe area."""
    size = min(width, height) * (14 if height > width else 10) // 200
    measure = width * (100 - 2 * _MARGIN) // 100
    while size > 8:
        font = font_of(size)
        if max(font.getlength(_text(line)) for line in page.lines) + size * 6 // 5 <= measure:
            return font
        size -= 1
    return font_of(size)


def _text(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)
