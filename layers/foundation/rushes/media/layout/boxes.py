"""Boxes, and what can be said of them alone."""

from rushes.media.layout.lines import Box


def grown(box: Box, by: int, width: int, height: int) -> Box:
    return max(0, box[0] - by), max(0, box[1] - by), min(width, box[2] + by), min(height, box[3] + by)


def area_of(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def near(one: Box, other: Box) -> bool:
    """Nearly the same, or with three sides the same: then the fourth was another line near by."""
    equal = sum(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))
    return overlap(one, other) > (0.4 if equal >= 3 else 0.65)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0, wide) * max(0, tall)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return shared / (areas - shared)
