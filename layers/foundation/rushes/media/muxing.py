"""Writing the final container: copied picture packets and freshly encoded sound, interleaved by time."""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from rushes.media.encoding import open_mp4
from rushes.media.opening import opened, picture_of
from rushes.media.sound import BIT_RATE, Samples, encoded
from rushes.media.timeline import SAMPLE_RATE

_FAST = {"aac_coder": "fast"}
"""At 192 kbit/s as true as the default coder, in half the time: measured on the composer's music."""


def write_mp4(
    out: Path,
    like: Path,
    picture: Iterable[Packet],
    sound: Iterable[Samples] | None,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """An mp4 with faststart, from packets with the codec headers of the video `like`; `sound` (blocks) becomes AAC."""
    with opened(like) as template, open_mp4(out, metadata) as container:
        video = container.add_stream_from_template(picture_of(template))
        packets = [_on(video, picture)]
        if sound is not None:
            audio = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo", options=_FAST)
            assert isinstance(audio, AudioStream)
            audio.bit_rate = BIT_RATE
            container.start_encoding()
            packets.append(encoded(sound, audio))
        for packet in heapq.merge(*packets, key=_decoded_at):
            container.mux(packet)


def every_packet(path: Path) -> Iterator[Packet]:
    """Of the picture, in the order of decoding."""
    with opened(path) as container:
        yield from (packet for packet in container.demux(picture_of(container)) if packet.pts is not None)


def _on(stream: VideoStream, packets: Iterable[Packet]) -> Iterator[Packet]:
    for packet in packets:
        packet.stream = stream
        yield packet


def _decoded_at(packet: Packet) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base
