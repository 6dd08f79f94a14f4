"""What a media file really is, found out by reading it, never by its name."""

from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream
from PIL import ExifTags, Image, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict

from rushes.errors import Unplayable
from rushes.media.opening import frames_of, opened, picture_of, video_stream

LARGEST_SIDE = 8192
"""Pixels. Larger pictures do not fit in a function's memory."""

IMAGES = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
"""Pillow knows more, but some of those run other programs."""

_SLACK = Fraction(1, 2)
"""Seconds that may be missing at the end before we call a file cut short: encoders round."""


class MediaFacts(BaseModel):
    """Sizes are as shown (a phone's upright video is taller than wide). Absent facts are None."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["image", "video", "audio"]
    container: str
    """A short name of the format: `mp4`, `webm`, `mp3`, `png` …"""
    bytes: int
    duration: Fraction | None = None
    """Exact seconds: the picture's if there is one, otherwise the sound's."""
    width: int | None = None
    height: int | None = None
    fps: Fraction | None = None
    frames: int | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    audio_duration: Fraction | None = None
    sample_rate: int | None = None
    channels: int | None = None

    def told(self) -> dict[str, Any]:
        """As an artifact keeps it: what is known, fractions as exact text (`"121/24"`)."""
        return self.model_dump(mode="json", exclude={"kind", "bytes"}, exclude_none=True)


def probe(path: Path) -> MediaFacts:
    """Raises Unplayable for a file that is empty, cut short, too large, or no image, video or audio."""
    size = path.stat().st_size
    if not size:
        raise Unplayable(f"“{path.name}” is empty.")
    return _image_facts(path, size) or _stream_facts(path, size)


def _image_facts(path: Path, size: int) -> MediaFacts | None:
    """None when it is no image."""
    try:
        with Image.open(path, formats=IMAGES) as image:
            _check_size(path, *image.size)
            image.load()
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) > 4
            width, height = reversed(image.size) if turned else image.size
            return MediaFacts(
                kind="image",
                container=_image_name(image),
                bytes=size,
                width=width,
                height=height,
                frames=_moving_pictures(image),
            )
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        message = f"“{path.name}” is an image, but damaged or cut short."
        raise Unplayable(message, reason=str(error)) from error


def _stream_facts(path: Path, size: int) -> MediaFacts:
    with opened(path) as container:
        picture = video_stream(container)
        sound = next(iter(container.streams.audio), None)
        main = picture or sound
        if main is None:
            raise Unplayable(f"“{path.name}” has neither picture nor sound.")
        facts: dict[str, Any] = {"container": _short_name(container), "bytes": size}
        if sound:
            facts |= _sound_facts(container, sound)
        if picture:
            facts |= _picture_facts(container, path)
        _check_end(path, container, main, facts["duration"])
        return MediaFacts(kind="video" if picture else "audio", **facts)


def _picture_facts(container: InputContainer, path: Path) -> dict[str, Any]:
    stream = picture_of(container)
    context = stream.codec_context
    _check_size(path, context.width, context.height)
    container.seek(0)
    first = next((frame for _, frame in frames_of(container, stream)), None)
    if first is None:
        raise Unplayable(f"“{path.name}” has no frame that can be decoded.")
    turned = first.rotation % 180 != 0
    duration = _duration(container, stream)
    frames = stream.frames or _count(container, stream)
    return {
        "duration": duration,
        "width": first.height if turned else first.width,
        "height": first.width if turned else first.height,
        "fps": stream.average_rate or (frames / duration if duration else None),
        "frames": frames,
        "video_codec": context.name,
    }


def _sound_facts(container: InputContainer, stream: AudioStream) -> dict[str, Any]:
    duration = _duration(container, stream)
    return {
        "duration": duration,
        "audio_duration": duration,
        "audio_codec": stream.codec_context.name.removesuffix("float"),
        "sample_rate": stream.codec_context.sample_rate,
        "channels": stream.codec_context.channels,
    }


def _check_size(path: Path, width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        raise Unplayable(
            f"“{path.name}” is {width} × {height} pixels; the longest side may have {LARGEST_SIDE}."
        )


def _check_end(path: Path, container: InputContainer, stream: Stream, duration: Fraction | None) -> None:
    """Raises Unplayable when the data end well before the stream's stated duration."""
    start = stream.start_time or 0
    last_second = (stream.duration or 0) - int(1 / _time_base(stream))
    container.seek(start + max(0, last_second), stream=stream)
    tail = [packet for packet in container.demux(stream) if packet.pts is not None]
    end = max(((p.pts or 0) - start + (p.duration or 0) for p in tail), default=0) * _time_base(stream)
    if any(packet.is_corrupt for packet in tail) or (duration and end < duration - _SLACK):
        raise Unplayable(f"“{path.name}” is cut short: its data end {float(end):.1f} s after the start.")


def _count(container: InputContainer, stream: VideoStream) -> int:
    container.seek(0)
    return sum(packet.pts is not None for packet in container.demux(stream))


def _duration(container: InputContainer, stream: Stream) -> Fraction | None:
    if stream.duration:
        return stream.duration * _time_base(stream)
    return Fraction(container.duration, 1_000_000) if container.duration else None


def _time_base(stream: Stream) -> Fraction:
    assert stream.time_base is not None
    return stream.time_base


def _moving_pictures(image: Image.Image) -> int | None:
    """How many, of an animation. Several pictures in one JPEG are a phone's, and show the same."""
    count = getattr(image, "n_frames", 1)
    return count if count > 1 and _image_name(image) != "jpeg" else None


def _image_name(image: Image.Image) -> str:
    """Phones write several pictures into one JPEG file, which Pillow calls MPO."""
    return (image.format or "").lower().replace("mpo", "jpeg")


def _short_name(container: InputContainer) -> str:
    """`mov,mp4,…` and `matroska,webm` are one demuxer each: the brand or the codecs tell which file it is."""
    name = container.format.name
    if name.startswith("mov,"):
        return "mov" if container.metadata.get("major_brand", "").startswith("qt") else "mp4"
    if name.startswith("matroska"):
        open_codecs = {"vp8", "vp9", "av1", "libdav1d", "opus", "vorbis"}
        codecs = {
            stream.codec_context.name for stream in (*container.streams.video, *container.streams.audio)
        }
        return "webm" if codecs <= open_codecs else "mkv"
    return name
