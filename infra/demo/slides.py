"""The slides: a headline, three points and a drawing, 1280×720."""

import textwrap

from PIL import Image, ImageDraw, ImageFont

from infra.demo.pictures import PICTURES
from infra.demo.script import Slide

WIDTH, HEIGHT = 1280, 720
_PAPER, _INK, _QUIET = "#fbf9f4", "#23262b", "#8a8478"
_FINER = 2  # drawn larger, and scaled down: smooth edges


def drawn(slide: Slide, number: int, talk: str) -> Image.Image:
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _PAPER)
    pen = ImageDraw.Draw(image)
    _box(pen, (0, 0, 22, HEIGHT), slide.colour)
    _write(pen, (84, 62), slide.title, 56, _INK)
    _box(pen, (86, 142, 206, 148), slide.colour)
    y = 214
    for point in slide.points:
        _box(pen, (88, y + 13, 102, y + 27), slide.colour)
        lines = textwrap.wrap(point, 24)
        for line in lines:
            _write(pen, (126, y), line, 34, _INK)
            y += 44
        y += 34
    _write(pen, (84, 662), f"{talk}   {number}", 20, _QUIET)
    picture = Image.new("RGB", (460 * _FINER, 300 * _FINER), _PAPER)
    PICTURES[slide.picture](ImageDraw.Draw(picture), slide.colour)
    image.paste(picture, (720 * _FINER, 150 * _FINER))
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _box(pen: ImageDraw.ImageDraw, corners: tuple[int, int, int, int], colour: str) -> None:
    left, top, right, bottom = (side * _FINER for side in corners)
    pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str) -> None:
    font = ImageFont.load_default(size * _FINER)
    pen.text((at[0] * _FINER, at[1] * _FINER), text, fill=colour, font=font)
