"""The finished film: picture, captions and sound in one mp4 that players and platforms accept as it is."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from av.packet import Packet

from rushes.errors import Unplayable
from rushes.media.captions import Caption, captioned
from rushes.media.encoding import PictureWriter
from rushes.media.frames import timeline_frames
from rushes.media.joining import Segment, joined_packets, pieces_of
from rushes.media.loudness import true_peak
from rushes.media.mixing import Placed, mastered, mixed
from rushes.media.muxing import write_mp4
from rushes.media.probe import probe
from rushes.media.sound import Samples, decode, decode_if_any
from rushes.media.timeline import frames_in, samples_in

_PEAK = -1.0
"""dBTP that the decoded AAC may reach: what EBU R 128 and the platforms ask for."""

CEILING = _PEAK - 1.0
"""dBTP before encoding: room for what AAC adds; enough for most music at the first attempt."""

_ATTEMPTS = 4
"""AAC does not keep peaks, and by how much it misses depends on the sound: we measure the decoded file."""

_FINE = 18
"""CRF for pictures that have been encoded before."""


def master(
    picture: Path,
    out: Path,
    *,
    music: Path | None = None,
    narration: Sequence[Placed] = (),
    captions: Sequence[Caption] = (),
    loudness: float = -14.0,
    title: str,
    comment: str,
) -> None:
    """H.264/AAC mp4 with faststart, exactly as long as the picture; 48 kHz stereo, at most −1 dBTP.

    `loudness` is in LUFS and kept to ±0.5. The picture's packets are copied unless captions have to be drawn;
    its own sound is mixed in. A film without any sound gets a silent track. Raises Unplayable for a part that
    cannot be read.
    """
    facts = probe(picture)
    if facts.kind != "video" or not (facts.duration and facts.width and facts.height):
        raise Unplayable(f"“{picture.name}” has no picture to master.")
    film = Segment(picture, frames_in(facts.duration))
    size = (facts.width // 2 * 2, facts.height // 2 * 2)
    sound = mixed(samples_in(film.frames), native=decode_if_any(picture), music=music, narration=narration)
    with tempfile.TemporaryDirectory(prefix="master-") as folder:
        if captions:
            film = _captioned(film, captions, size, Path(folder, "captioned.mp4"))
        pieces = pieces_of([film], *size, Path(folder))
        metadata = {"title": title, "comment": comment}
        write_mastered(out, pieces[0].path, lambda: joined_packets(pieces), sound, loudness, metadata)


def write_mastered(
    out: Path,
    like: Path,
    picture: Callable[[], Iterable[Packet]],
    sound: Samples,
    loudness: float,
    metadata: Mapping[str, str],
) -> None:
    """As `write_mp4` does, with the sound at `loudness` LUFS and at most −1 dBTP when the file is decoded."""
    ceiling = CEILING
    for _ in range(_ATTEMPTS):
        write_mp4(out, like, picture(), [mastered(sound, loudness, ceiling)], metadata)
        excess = true_peak(decode(out)) - _PEAK
        if excess <= 0:
            return
        ceiling -= excess + 0.1


def _captioned(film: Segment, captions: Sequence[Caption], size: tuple[int, int], path: Path) -> Segment:
    with PictureWriter(path, *size, quality=_FINE) as writer:
        for frame in captioned(timeline_frames(film.path, *size, film.frames), captions):
            writer.write(frame)
    return Segment(path, film.frames)
