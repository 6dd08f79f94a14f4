"""A lecture's layout: where the screen and where the camera are in its picture, and when the slides change."""

from pathlib import Path
from typing import Any

from rushes.media.layout.bars import barred, unbarred
from rushes.media.layout.changes import changes
from rushes.media.layout.document import document
from rushes.media.layout.refining import refined
from rushes.media.layout.sampling import sampled
from rushes.media.layout.stretches import arranged


def layout(path: Path) -> dict[str, Any]:
    """The document `layout`: {"width", "height", "segments", "slides"}; times in seconds, rectangles in pixels.

    Segments cover the lecture without gaps. One of which we are less than 60 % sure is `screen_only` with
    confidence 0 and the whole picture. Raises Unplayable when no picture can be decoded.
    """
    return refined(path, _seen(path))


def _seen(path: Path) -> dict[str, Any]:
    samples = sampled(path)
    inner, begins = unbarred(samples)
    found = changes(inner)
    return barred(document(inner, found, arranged(inner, found)), samples, begins)
