"""Which videos can be joined by copying their packets, and the headers that have to agree for it."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from av.packet import Packet

from rushes.media.encoding import PictureWriter
from rushes.media.opening import opened, picture_of
from rushes.media.timeline import FPS

JITTER = Fraction(1, 20)
"""Of a frame: containers that count in milliseconds put frames that far from their exact time."""


@dataclass(frozen=True)
class Copyable:
    """A row of a video's packets that are, on their own, exactly as many frames."""

    path: Path
    headers: bytes
    """The stream's parameter sets (avcC record)."""
    shown: tuple[int, ...]
    """For each packet in the order of decoding, the number of its frame in the order of presentation."""
    first: int = 0
    """The number of the row's first packet."""
    rate: Fraction = Fraction(FPS)
    """Frames a second."""

    @property
    def delay(self) -> int:
        """By how many frames decoding has to run ahead of presentation."""
        return max(number - shown for number, shown in enumerate(self.shown))


def copyable(
    path: Path, frames: int, width: int, height: int, *, first: int = 0, rate: Fraction = Fraction(FPS)
) -> Copyable | None:
    """`frames` frames of the video from its frame `first` on, for copying.

    None when that cannot be: another size, codec or rate, too few frames, or a cut that loses references.
    """
    with opened(path) as container:
        stream = picture_of(container)
        assert stream.time_base is not None
        context = stream.codec_context
        headers = bytes(context.extradata or b"")
        fits = (context.name, context.width, context.height, context.pix_fmt) == (
            "h264",
            width,
            height,
            "yuv420p",
        )
        if not fits or headers[:1] != b"\x01" or (context.sample_aspect_ratio or 1) != 1:
            return None
        timed = (p for p in container.demux(stream) if p.pts is not None)
        packets = list(islice(timed, first, first + frames))
        shown = _frame_numbers(packets, (stream.start_time or 0) * stream.time_base + first / rate, rate)
        if sorted(shown) != list(range(frames)) or not packets[0].is_keyframe:
            return None
        if any(p.is_discard or p.is_corrupt or p.has_sidedata("new_extradata") for p in packets):
            return None
        container.seek(0)
        if next(container.decode(stream)).rotation:
            return None
        return Copyable(path, headers, tuple(shown), first, rate)


@cache
def our_headers(width: int, height: int, rate: Fraction = Fraction(FPS)) -> bytes:
    """The avcC record our encoder writes for this size and rate; it does not depend on the picture."""
    with tempfile.TemporaryDirectory(prefix="headers-") as folder:
        film = Path(folder, "black.mp4")
        with PictureWriter(film, width, height, rate=rate) as writer:
            writer.write(np.zeros((height, width, 3), np.uint8))
        with opened(film) as container:
            return bytes(picture_of(container).codec_context.extradata or b"")


def _frame_numbers(packets: Sequence[Packet], start: Fraction, rate: Fraction) -> list[int]:
    """Frame numbers at `rate`, counted from `start` seconds; empty when the rate is another."""
    numbers: list[int] = []
    for packet in packets:
        assert packet.pts is not None
        exact = (packet.pts * packet.time_base - start) * rate
        if abs(exact - round(exact)) > JITTER:
            return []
        numbers.append(round(exact))
    return numbers
