"""The frame: aspect ratio → pixels. Every ratio has about as many pixels as 720p."""

SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}


def size_parameters(aspect_ratio: str) -> dict[str, object]:
    """What image and video recipes say about their size."""
    width, height = SIZES[aspect_ratio]
    return {"width": width, "height": height, "aspect_ratio": aspect_ratio}
