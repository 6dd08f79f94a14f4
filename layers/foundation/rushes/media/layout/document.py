"""The layout as it is written down."""

from collections.abc import Sequence
from typing import Any

from rushes.media.layout.changes import Change
from rushes.media.layout.lines import Box
from rushes.media.layout.panes import Panes
from rushes.media.layout.sampling import BLOCK, Samples

LEAST_CONFIDENCE = 0.6


def document(
    samples: Samples, found: Sequence[Change], segments: Sequence[tuple[int, int, Panes]]
) -> dict[str, Any]:
    small = samples.pictures.shape[2], samples.pictures.shape[1]
    scale = samples.width / small[0], samples.height / small[1]
    if not segments:
        segments = [(0, samples.duration, Panes("screen_only", None, None, 0))]
    return {
        "width": samples.width,
        "height": samples.height,
        "segments": [
            {"start": start / 1000, "end": end / 1000, **_told(panes, samples, scale)}
            for start, end, panes in segments
        ],
        "slides": [change.time / 1000 for change in found if _of_slides(change, segments)],
    }


def _told(panes: Panes, samples: Samples, scale: tuple[float, float]) -> dict[str, Any]:
    if panes.confidence < LEAST_CONFIDENCE:
        whole = [0, 0, samples.width, samples.height]
        return {"layout": "screen_only", "screen": whole, "camera": None, "confidence": 0}
    return {
        "layout": panes.name,
        "screen": _scaled(panes.screen, scale),
        "camera": _scaled(panes.camera, scale),
        "confidence": round(panes.confidence, 2),
    }


def _scaled(box: Box | None, scale: tuple[float, float]) -> list[int] | None:
    """x, y, width, height in pixels of the lecture."""
    if box is None:
        return None
    left, right = round(box[0] * scale[0]), round(box[2] * scale[0])
    top, bottom = round(box[1] * scale[1]), round(box[3] * scale[1])
    return [left, top, right - left, bottom - top]


def _of_slides(change: Change, segments: Sequence[tuple[int, int, Panes]]) -> bool:
    """Is it the screen that changed, and not the camera's picture or the layout?"""
    if any(start == change.time for start, _, _ in segments):
        return False
    panes = next(panes for start, end, panes in segments if start <= change.time <= end)
    if panes.screen is None:
        return False
    blocks = change.blocks.copy()
    if panes.camera:
        left, top, right, bottom = panes.camera
        blocks[top // BLOCK : -(-bottom // BLOCK), left // BLOCK : -(-right // BLOCK)] = False
    return bool(blocks.mean() >= 0.003)
