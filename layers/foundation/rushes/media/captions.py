"""Captions: lettering that can be read over any picture, drawn by Pillow and laid over frames."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from av.video.frame import VideoFrame
from PIL import Image, ImageDraw, ImageFont

from rushes.media.overlay import Overlay
from rushes.media.planes import frame_from, planes_of
from rushes.media.timeline import FPS
from rushes.media.typeface import font_of

_SHORTEST = FPS * 3 // 4
"""Frames that a page of a caption is shown at least, if the caption has to be divided."""


@dataclass(frozen=True)
class Caption:
    """Shown from frame `start_frames` up to, not including, frame `end_frames` (24 fps)."""

    text: str
    start_frames: int
    end_frames: int


def captioned(frames: Iterable[VideoFrame], captions: Sequence[Caption]) -> Iterator[VideoFrame]:
    """The frames (yuv420p, one size), each with the captions of its time; a long caption is shown page by page."""
    pages: list[Caption] = []
    drawn: dict[Caption, Overlay] = {}
    for number, frame in enumerate(frames):
        if not number:
            pages = [page for caption in captions for page in paged(caption, frame.width, frame.height)]
        for page in pages:
            if page.start_frames <= number < page.end_frames:
                if page not in drawn:
                    drawn[page] = Overlay(lettering(page.text, frame.width, frame.height))
                planes = planes_of(frame)
                drawn[page].blend(planes)
                frame = frame_from(planes)
        yield frame


def paged(caption: Caption, width: int, height: int) -> list[Caption]:
    """As few captions, one after the other, as show the text in full size; none shorter than 0.75 s for it.

    Each is shown in proportion to its letters. An empty text gives no caption.
    """
    words = caption.text.split()
    most = max(1, min(len(words), (caption.end_frames - caption.start_frames) // _SHORTEST))
    font = font_of(_size(width, height))
    pages: list[str] = []
    for count in range(1, most + 1):
        pages = _shared_out(words, count)
        if all(_balanced(page.split(), _measure(width), font) for page in pages):
            break
    return list(_timed(pages, caption))


def lettering(text: str, width: int, height: int) -> Image.Image:
    """RGBA of the frame's size: at most two centred lines, white with a dark outline, inside the safe area.

    Upright frames keep the lowest fifth free, where phone players put their own controls.
    """
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    lines, font = _set(text, _measure(width), _size(width, height))
    stroke = max(2, round(font.size / 11))
    spacing = round(font.size * 1.25)
    bottom = height - height * (20 if height > width else 9) // 100
    for number, line in enumerate(reversed(lines)):
        draw.text(
            (width / 2, bottom - number * spacing),
            line,
            font=font,
            anchor="ms",
            fill="white",
            stroke_width=stroke,
            stroke_fill=(12, 12, 16, 235),
        )
    return image


def _measure(width: int) -> int:
    """The longest line, in pixels."""
    return width * 84 // 100


def _size(width: int, height: int) -> int:
    """The font's full size, in pixels; larger in upright frames, which are watched on phones."""
    return min(width, height) * (14 if height > width else 11) // 200


def _shared_out(words: Sequence[str], count: int) -> list[str]:
    """The text in `count` parts of about equal length."""
    pages: list[list[str]] = [[] for _ in range(count)]
    total, passed = sum(map(len, words)), 0
    for word in words:
        middle = passed + len(word) // 2
        pages[min(middle * count // total, count - 1)].append(word)
        passed += len(word)
    return [" ".join(page) for page in pages if page]


def _timed(pages: Sequence[str], caption: Caption) -> Iterator[Caption]:
    letters, passed = sum(map(len, pages)), 0
    frames = caption.end_frames - caption.start_frames
    for page in pages:
        start = caption.start_frames + frames * passed // letters
        passed += len(page)
        yield Caption(page, start, caption.start_frames + frames * passed // letters)


def _set(text: str, width: int, size: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Lines no wider than `width` and their font, down to half of `size`; what is still too long is cut."""
    words = text.split()
    for smaller in range(size, size // 2, -1):
        font = font_of(smaller)
        if lines := _balanced(words, width, font):
            return lines, font
    font = font_of(size // 2)
    for count in range(len(words) - 1, 0, -1):
        if lines := _balanced([*words[: count - 1], f"{words[count - 1]}…"], width, font):
            return lines, font
    letters = next(n for n in range(len(text), 0, -1) if font.getlength(f"{text[:n]}…") <= width)
    return [f"{text[:letters]}…"], font


def _balanced(words: Sequence[str], width: float, font: ImageFont.FreeTypeFont) -> list[str]:
    """One line, or two of about equal width; empty when the words do not fit."""
    whole = " ".join(words)
    if font.getlength(whole) <= width:
        return [whole]
    if font.getlength(whole) > 2 * width:
        return []
    halves = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    best = min(halves, key=lambda lines: max(map(font.getlength, lines)), default=[whole])
    return best if max(map(font.getlength, best)) <= width else []
