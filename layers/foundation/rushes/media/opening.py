"""Opening a media file: known formats only, this one file only, and failures in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
from av import error as ffmpeg
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rushes.errors import Unplayable

# Without this list FFmpeg also "plays" text files, playlists and scripts that name other files and addresses.
FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mp3,wav,flac,aac,aiff,gif"

_DAMAGED = (
    ffmpeg.InvalidDataError,
    ffmpeg.EOFError,
    ffmpeg.DecoderNotFoundError,
    ffmpeg.PatchWelcomeError,
    ffmpeg.ArgumentError,
    ffmpeg.PermissionError,
)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The file, open for reading. Raises Unplayable when its data make no sense, also while they are read."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        with av.open(path, "r", options=options, metadata_errors="replace") as container:
            yield container
    except _DAMAGED as error:
        raise Unplayable(
            f"“{path.name}” cannot be played: it is damaged, cut short, or no image, video or sound.",
            reason=error.strerror,
        ) from error


def video_stream(container: InputContainer) -> VideoStream | None:
    """The moving picture; cover art of a song is none."""
    return next((s for s in container.streams.video if not s.disposition & Disposition.attached_pic), None)


def picture_of(container: InputContainer) -> VideoStream:
    """The moving picture, decoded on several threads. Raises Unplayable when there is none."""
    stream = video_stream(container)
    if stream is None:
        raise Unplayable(f"“{Path(container.name).name}” has no picture.")
    stream.thread_type = "AUTO"
    return stream


def frames_of(container: InputContainer, stream: VideoStream) -> Iterator[tuple[Fraction, VideoFrame]]:
    """(seconds since the start, frame) in the order of presentation, from where the container stands."""
    start = stream.start_time or 0
    for frame in container.decode(stream):
        if frame.pts is None:
            raise Unplayable(f"“{Path(container.name).name}” has frames without a time.")
        assert frame.time_base is not None
        yield (frame.pts - start) * frame.time_base, frame
