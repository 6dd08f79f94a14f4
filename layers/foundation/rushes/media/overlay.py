"""A picture with transparency, laid over frames."""

import numpy as np
from PIL import Image

from rushes.media.planes import Planes, frame_from_rgb, planes_of


class Overlay:
    """Kept as planes of its smallest even rectangle; only that is touched in a frame."""

    def __init__(self, image: Image.Image) -> None:
        """From RGBA of the frame's size."""
        left, top, right, bottom = image.getbbox() or (0, 0, 2, 2)
        self._left, self._top = left // 2 * 2, top // 2 * 2
        box = image.crop((self._left, self._top, -(-right // 2) * 2, -(-bottom // 2) * 2))
        alpha = np.asarray(box.getchannel("A"), np.uint16)
        coarse = alpha.reshape(alpha.shape[0] // 2, 2, alpha.shape[1] // 2, 2).sum(axis=(1, 3)) // 4
        rgb = np.ascontiguousarray(np.asarray(box.convert("RGB")))
        parts = zip(planes_of(frame_from_rgb(rgb)), (alpha, coarse, coarse), strict=True)
        self._parts = [(plane * weight + 127, 255 - weight) for plane, weight in parts]

    def blend(self, planes: Planes) -> None:
        """Changes the planes of a frame of the image's size."""
        for plane, (mine, rest), step in zip(planes, self._parts, (1, 2, 2), strict=True):
            rows, columns = rest.shape
            top, left = self._top // step, self._left // step
            area = plane[top : top + rows, left : left + columns]
            area[:] = (area * rest + mine) // 255
