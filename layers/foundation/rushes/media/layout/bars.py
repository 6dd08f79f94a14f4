"""Black bars, which are no part of a picture: a lecture of one shape in a file of another."""

from dataclasses import replace
from typing import Any

import numpy as np

from rushes.media.layout.lines import Box
from rushes.media.layout.sampling import BLOCK, Samples

_FRAMES = 40
_BLACK = 40
"""Luma of video's black, 16, and of what encoders make of it."""
_LEAST = 0.03
"""Of the picture's side."""
_UNEVEN = 2
"""Pixels of a sample by which opposite bars may differ."""
_EDGE, _LEAST_EDGE = 6.0, 0.6
"""Steps of luma that make an edge, and how much of a bar's must show: of a black slide none does."""


def unbarred(samples: Samples) -> tuple[Samples, tuple[int, int]]:
    """The samples without bars that are there from beginning to end, and where, x and y, they begin in the lecture."""
    height, width = samples.pictures.shape[1:]
    left, top, right, bottom = _content(samples.pictures)
    if (left, top, right, bottom) == (0, 0, width, height):
        return samples, (0, 0)
    across, down = samples.width / width, samples.height / height
    rows = slice(-(-top // BLOCK) * BLOCK, bottom // BLOCK * BLOCK)
    columns = slice(-(-left // BLOCK) * BLOCK, right // BLOCK * BLOCK)
    blocks = (slice(r.start // BLOCK, r.stop // BLOCK) for r in (rows, columns))
    inner = replace(
        samples,
        pictures=samples.pictures[:, rows, columns],
        colours=samples.colours[:, :, rows, columns],
        coarse=samples.coarse[(slice(None), *blocks)],
        width=round((right - left) * across),
        height=round((bottom - top) * down),
    )
    return inner, (round(left * across), round(top * down))


def barred(told: dict[str, Any], samples: Samples, begins: tuple[int, int]) -> dict[str, Any]:
    """The document of what lies between the bars, as one of the whole picture."""
    for segment in told["segments"]:
        for pane in ("screen", "camera"):
            if segment[pane] and segment["confidence"]:
                x, y, wide, tall = segment[pane]
                segment[pane] = [x + begins[0], y + begins[1], wide, tall]
            elif segment[pane]:
                segment[pane] = [0, 0, samples.width, samples.height]
    return {**told, "width": samples.width, "height": samples.height}


def _content(pictures: np.ndarray) -> Box:
    some = pictures[np.linspace(0, len(pictures) - 1, min(len(pictures), _FRAMES)).round().astype(int)]
    brightest, median = some.max(axis=0), np.median(some, axis=0)
    left, right = _bars(np.percentile(brightest, 98, axis=0), median)
    top, bottom = _bars(np.percentile(brightest, 98, axis=1), median.T)
    height, width = median.shape
    return left, top, width - right, height - bottom


def _bars(brightness: np.ndarray, median: np.ndarray) -> tuple[int, int]:
    """How many lines at either end are black, always, and end at an edge; none if not at both ends alike."""
    lit = np.flatnonzero(brightness > _BLACK)
    if not lit.size:
        return 0, 0
    first, last = int(lit[0]), len(brightness) - 1 - int(lit[-1])
    if abs(first - last) > _UNEVEN or min(first, last) < _LEAST * len(brightness):
        return 0, 0
    for outside, inside in ((first - 2, first + 1), (len(brightness) - last + 1, len(brightness) - last - 2)):
        if (np.abs(median[:, inside] - median[:, outside]) > _EDGE).mean() < _LEAST_EDGE:
            return 0, 0
    return first, last
