"""What lies behind the panes: one colour, or a canvas with a title, a logo and a list of its own."""

from numpy.random import Generator
from PIL import Image, ImageDraw

from tests.fakes.lectures.geometry import Arrangement

_WORDS = (
    "Introduction",
    "Outline",
    "Chapter one",
    "Measures",
    "Dr. Lena Voss",
    "Questions",
    "Summary",
    "Notes",
)


def canvas(chance: Generator, place: Arrangement, size: tuple[int, int]) -> Image.Image:
    """Panes are pasted over it, so that of the words only what stands beside them is seen."""
    picture = Image.new("RGB", size, place.canvas)
    if not place.decorated:
        return picture
    width, height = size
    other = tuple(int(v) for v in chance.integers(0, 256, 3))
    shade = Image.linear_gradient("L").resize(size)
    picture.paste(Image.new("RGB", size, other), mask=shade.point(lambda value: value // 2))
    pen, ink = ImageDraw.Draw(picture), "white" if sum(place.canvas) < 380 else "black"
    for number in range(12):
        x, y = chance.uniform(0.01, 0.9) * width, (number + 0.3) / 12 * height
        pen.text((x, y), str(chance.choice(_WORDS)), fill=ink, font_size=max(8, height // 24))
    x, y = chance.uniform(0, 0.9) * width, chance.uniform(0.8, 0.9) * height
    pen.ellipse((x, y, x + height / 12, y + height / 12), fill=ink)
    return picture
