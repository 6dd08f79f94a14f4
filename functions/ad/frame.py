"""The frame: aspect ratio → pixels."""

from functions.fields import SIZES


def size_parameters(aspect_ratio: str) -> dict[str, object]:
    """What image and video recipes say about their size."""
    width, height = SIZES[aspect_ratio]
    return {"width": width, "height": height, "aspect_ratio": aspect_ratio}
