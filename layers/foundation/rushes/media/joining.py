"""Joining pieces of video to the frame: by copying packets where they fit, by encoding again where not."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from av.packet import Packet

from rushes.errors import Unplayable
from rushes.media.encoding import PictureWriter
from rushes.media.frames import timeline_frames
from rushes.media.muxing import write_mp4
from rushes.media.opening import opened, picture_of
from rushes.media.packets import Copyable, copyable, our_headers
from rushes.media.sound import Samples, decode_if_any, exactly, faded, silence
from rushes.media.timeline import samples_in


@dataclass(frozen=True)
class Segment:
    """The first `frames` frames (24 fps) of a video. A shorter video holds its last frame."""

    path: Path
    frames: int


def stitch(
    segments: Sequence[Segment],
    out: Path,
    *,
    width: int,
    height: int,
    metadata: Mapping[str, str] | None = None,
    keep_audio: bool = False,
) -> None:
    """One mp4 (H.264, 24 fps, faststart) of exactly the sum of the segments' frames.

    Segments of this size with equal headers, cut where no later frame is needed, are copied bit by bit. The
    others are scaled to cover the frame, cropped evenly and encoded with our parameters. Raises Unplayable
    for a segment that cannot be read and ValueError when there is nothing to join.
    """
    if not segments or any(segment.frames < 1 for segment in segments):
        raise ValueError("nothing to join: every segment needs at least one frame")
    with tempfile.TemporaryDirectory(prefix="stitch-") as folder:
        pieces = pieces_of(segments, width, height, Path(folder))
        sound = _joined_sound(segments) if keep_audio else None
        write_mp4(out, pieces[0].path, joined_packets(pieces), sound, metadata)


def pieces_of(segments: Sequence[Segment], width: int, height: int, folder: Path) -> list[Copyable]:
    """The segments as videos that can be copied in a row; those encoded again are written to `folder`."""
    plans = [copyable(segment.path, segment.frames, width, height) for segment in segments]
    shared = _shared_headers(plans, width, height)
    return [
        plan
        if plan and plan.headers == shared
        else _encoded_again(segment, folder / f"{number}.mp4", width, height)
        for number, (segment, plan) in enumerate(zip(segments, plans, strict=True))
    ]


def _shared_headers(plans: Sequence[Copyable | None], width: int, height: int) -> bytes:
    """The headers every piece will have: their own if all agree, otherwise those our encoder writes."""
    found = {plan.headers if plan else None for plan in plans}
    only = found.pop()
    return only if only and not found else our_headers(width, height)


def _encoded_again(segment: Segment, path: Path, width: int, height: int) -> Copyable:
    with PictureWriter(path, width, height) as writer:
        for frame in timeline_frames(segment.path, width, height, segment.frames):
            writer.write(frame)
    piece = copyable(path, segment.frames, width, height)
    if piece is None:
        raise Unplayable(f"“{segment.path.name}” could not be brought to {width} × {height}.")
    return piece


def joined_packets(pieces: Sequence[Copyable]) -> Iterator[Packet]:
    """Every piece's packets, one frame a tick; with B-frames, decoding runs ahead by a delay."""
    delay = max(piece.delay for piece in pieces)
    start = 0
    for piece in pieces:
        with opened(piece.path) as container:
            timed = (p for p in container.demux(picture_of(container)) if p.pts is not None)
            packets = islice(timed, piece.first, None)
            for number, (shown, packet) in enumerate(zip(piece.shown, packets, strict=False)):
                packet.time_base = 1 / piece.rate
                packet.pts, packet.dts, packet.duration = start + shown, start + number - delay, 1
                yield packet
        start += len(piece.shown)


def _joined_sound(segments: Sequence[Segment]) -> list[Samples] | None:
    """Of each segment; None when no segment has any."""
    sounds = [decode_if_any(segment.path) for segment in segments]
    if all(sound is None for sound in sounds):
        return None
    pieces = []
    for segment, sound in zip(segments, sounds, strict=True):
        length = samples_in(segment.frames)
        pieces.append(silence(length) if sound is None else faded(exactly(sound, length)))
    return pieces
