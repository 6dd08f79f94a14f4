"""A clip whose picture is the recording's own: its packets are copied, and an edit list hides what is not in the clip.

Decoding has to begin at a key frame before the clip, and may need a frame after it; both are in the file, but
outside the edit (ISO 14496-12, 8.6.6), so that players show exactly the clip's frames.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from pathlib import Path

from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from rushes.media.clipping.seeking import beginning
from rushes.media.clipping.spec import ClipSpec
from rushes.media.encoding import MOVIE_TIMESCALE
from rushes.media.opening import opened, picture_of
from rushes.media.packets import JITTER

_IDR = 5
"""The type of an H.264 NAL unit after which nothing refers to what was before (ITU-T H.264, table 7-1)."""


@dataclass(frozen=True)
class Span:
    """Packets of a recording from a key frame on."""

    path: Path
    seek: int
    """Where to read from, in the stream's ticks."""
    shown: tuple[int, ...]
    """For each packet in the order of decoding, the number of its frame in the clip: negative before it."""
    frames: int
    """Of the clip."""
    rate: Fraction

    def packets(self) -> Iterator[Packet]:
        """Timed so that frame 0 of the clip is at zero."""
        first = self.shown[0]
        delay = max(number - (shown - first) for number, shown in enumerate(self.shown))
        with opened(self.path) as container:
            read = _from_key_frame(container, picture_of(container), self.seek)
            for number, (shown, packet) in enumerate(zip(self.shown, read, strict=False)):
                packet.time_base = 1 / self.rate
                packet.pts, packet.dts, packet.duration = shown, first + number - delay, 1
                yield packet


def span_of(path: Path, spec: ClipSpec) -> Span | None:
    """None when the clip's picture is not the recording's, frame by frame, or cannot be cut out of it exactly."""
    if not _is_whole(spec):
        return None
    with opened(path) as container:
        stream = picture_of(container)
        if not _is_plain(container, stream, spec):
            return None
        begin = beginning(container)
        seek = int((begin + spec.start / spec.rate) / _base(stream))
        end = begin + (spec.start + spec.frames) / spec.rate
        packets = list(
            takewhile(lambda packet: _decoded(packet) < end, _from_key_frame(container, stream, seek))
        )
        shown = _numbers(packets, begin, spec)
        inside = [number for number in shown if 0 <= number < spec.frames]
        if sorted(inside) != list(range(spec.frames)) or not -spec.frames < shown[0] <= 0:
            return None
        last = max(at for at, number in enumerate(shown) if number < spec.frames)
        kept = packets[: last + 1]
        length_size = (bytes(stream.codec_context.extradata or b"")[4] & 3) + 1
        if not _is_idr(bytes(kept[0]), length_size) or any(
            p.is_corrupt or p.has_sidedata("new_extradata") for p in kept
        ):
            return None
        return Span(path, seek, tuple(shown[: last + 1]), spec.frames, spec.rate)


def end_edit(path: Path, span: Span) -> None:
    """Shortens the edit of the picture, the first track of an mp4 by our muxer, to the clip's frames."""
    seconds = span.frames / span.rate
    ticks = round(seconds * MOVIE_TIMESCALE)
    with path.open("r+b") as file:
        head = file.read(1 << 16)
        for box, at in ((b"tkhd", 24), (b"elst", 12)):
            file.seek(head.index(box) + at)
            file.write(ticks.to_bytes(4, "big"))


def _is_whole(spec: ClipSpec) -> bool:
    if spec.captions or len(spec.shots) != 1 or len(spec.shots[0].panes) != 1:
        return False
    (pane,) = spec.shots[0].panes
    return pane.source == pane.target == (0, 0, spec.width, spec.height)


def _is_plain(container: InputContainer, stream: VideoStream, spec: ClipSpec) -> bool:
    context = stream.codec_context
    looks = (context.name, context.width, context.height, context.pix_fmt)
    if looks != ("h264", spec.width, spec.height, "yuv420p"):
        return False
    if bytes(context.extradata or b"")[:1] != b"\x01" or (stream.sample_aspect_ratio or 1) != 1:
        return False
    return not next(container.decode(stream)).rotation


def _from_key_frame(container: InputContainer, stream: VideoStream, seek: int) -> Iterator[Packet]:
    container.seek(max(seek, stream.start_time or 0), stream=stream)
    return (packet for packet in container.demux(stream) if packet.pts is not None)


def _numbers(packets: Sequence[Packet], begin: Fraction, spec: ClipSpec) -> list[int]:
    """Of the clip's frames; a single impossible one when the recording has another rate or no constant one."""
    numbers: list[int] = []
    for packet in packets:
        exact = (_presented(packet) - begin) * spec.rate - spec.start
        if abs(exact - round(exact)) > JITTER:
            return [1]
        numbers.append(round(exact))
    return numbers if len(set(numbers)) == len(numbers) else [1]


def _is_idr(data: bytes, length_size: int) -> bool:
    at = 0
    while at + length_size < len(data):
        if data[at + length_size] & 31 == _IDR:
            return True
        at += length_size + int.from_bytes(data[at : at + length_size], "big")
    return False


def _presented(packet: Packet) -> Fraction:
    assert packet.pts is not None
    return packet.pts * packet.time_base


def _decoded(packet: Packet) -> Fraction:
    """Containers that do not say may leave it open for the first few; those are early."""
    return packet.dts * packet.time_base if packet.dts is not None else Fraction(0)


def _base(stream: VideoStream) -> Fraction:
    assert stream.time_base is not None
    return stream.time_base
