"""Lettering: a title set within the frame's safe margins."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from rushes.providers.sketch.colour import BLACK, Colour, mix, pixel

SAFE = 0.07
"""Of the frame's width and height, kept free on each side."""


def letter(
    image: Image.Image, text: str, box: tuple[int, int, int, int], ink: Colour, accent: Colour
) -> None:
    """Set words on a premultiplied image, with a short bar in the brand's colour above them.

    `box` is where they may stand, in pixels: left, top, right, bottom; they are set as large as fits.
    """
    left, top, right, bottom = box
    lines, font = fit(text, right - left, bottom - top)
    step = int(font.size * 1.16)
    start = top + max(0, (bottom - top - step * len(lines))) // 2
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    for at, line in enumerate(lines):
        draw.text((left, start + at * step), line, fill=255, font=font)
    shade = (
        mask.reduce(4)
        .filter(ImageFilter.GaussianBlur(max(2, font.size / 14)))
        .resize(image.size, Image.Resampling.BILINEAR)
    )
    shade = ImageChops.multiply(shade, Image.new("L", shade.size, 165))
    thick = max(3, int(font.size) // 12)
    bar = Image.new("L", image.size, 0)
    ImageDraw.Draw(bar).rectangle((left, start - thick * 4, left + font.size, start - thick * 3), fill=255)
    for colour, where in ((mix(BLACK, accent, 0.08), shade), (accent, bar), (ink, mask)):
        image.paste(Image.new("RGBA", image.size, (*pixel(colour), 255)), (0, 0), where)


def fit(text: str, width: int, height: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The lines and the largest font with which the text stands in width × height pixels."""
    for size in range(max(12, min(height // 2, width // 5)), 11, -2):
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont), "Pillow is built with FreeType"
        lines = _wrapped(text, font, width)
        if len(lines) * size * 1.16 <= height * 0.92 and max(font.getlength(line) for line in lines) <= width:
            return lines, font
    font = ImageFont.load_default(12)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow is built with FreeType"
    return _wrapped(text, font, width)[: max(1, height // 14)], font


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
