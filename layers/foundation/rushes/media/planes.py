"""Pictures as planes of luma and chroma (yuv420p), and fitting any picture to a size."""

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

Planes = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Y (height × width), U and V (half as high and wide), uint8, BT.709 with limited range."""

_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED, ITU-T H.273


def planes_of(frame: VideoFrame) -> Planes:
    """Copies of the planes of a yuv420p frame of even size."""
    flat = frame.to_ndarray()
    height, width = frame.height, frame.width
    quarter = height * width // 4
    chroma = flat[height:].reshape(-1)
    shape = (height // 2, width // 2)
    return flat[:height], chroma[:quarter].reshape(shape), chroma[quarter:].reshape(shape)


def frame_from(planes: Planes) -> VideoFrame:
    luma, *chroma = planes
    rows = [luma, *(plane.reshape(-1, luma.shape[1]) for plane in chroma)]
    return VideoFrame.from_ndarray(np.ascontiguousarray(np.concatenate(rows)), "yuv420p")


def frame_from_rgb(pixels: np.ndarray) -> VideoFrame:
    """From uint8 RGB (height × width × 3) of even size."""
    height, width, _ = pixels.shape
    return _reformatted(VideoFrame.from_ndarray(pixels, "rgb24"), width, height)


def fitted(frame: VideoFrame, width: int, height: int) -> VideoFrame:
    """The frame upright, scaled to cover `width` × `height` (both even), its overhang cut off evenly."""
    turned = frame.rotation % 180 != 0
    shown = (frame.height, frame.width) if turned else (frame.width, frame.height)
    scale_up = max((width, shown[0]), (height, shown[1]), key=lambda pair: pair[0] / pair[1])
    cover = [max(least, _even(side, scale_up)) for side, least in zip(shown, (width, height), strict=True)]
    scaled = _reformatted(frame, *(reversed(cover) if turned else cover))
    if cover == [width, height] and frame.rotation == 0:
        return scaled
    left, top = (cover[0] - width) // 4 * 2, (cover[1] - height) // 4 * 2
    upright = [np.rot90(plane, round(frame.rotation / 90)) for plane in planes_of(scaled)]
    luma = upright[0][top : top + height, left : left + width]
    u, v = (
        plane[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2].copy() for plane in upright[1:]
    )
    return frame_from((luma, u, v))


def _even(side: int, scale_up: tuple[int, int]) -> int:
    """`side` scaled by a ratio of whole numbers, to the nearest even number."""
    wanted, given = scale_up
    return (side * wanted + given) // (2 * given) * 2


def _reformatted(frame: VideoFrame, width: int, height: int) -> VideoFrame:
    if (frame.width, frame.height, frame.format.name) == (width, height, "yuv420p"):
        return frame
    return frame.reformat(
        width,
        height,
        "yuv420p",
        src_colorspace=assumed_colorspace(frame),
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation="LANCZOS",
    )


def assumed_colorspace(frame: VideoFrame) -> int | None:
    """A file that does not say is taken as players take it: small pictures as BT.601, large as BT.709."""
    if frame.colorspace != _UNSPECIFIED or frame.format.is_rgb:
        return None
    return Colorspace.ITU709 if frame.width >= 1280 or frame.height > 576 else Colorspace.ITU601
