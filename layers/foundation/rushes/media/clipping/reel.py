"""A reel: clips one after the other, with crossfades of picture and sound between them."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame

from rushes.errors import BadRequest
from rushes.media.clipping.pictures import pictures
from rushes.media.clipping.spec import samples_at
from rushes.media.encoding import PictureWriter
from rushes.media.joining import joined_packets
from rushes.media.loudness import limited
from rushes.media.mastering import CEILING
from rushes.media.muxing import write_mp4
from rushes.media.opening import opened, picture_of
from rushes.media.packets import Copyable, copyable, our_headers
from rushes.media.planes import fitted
from rushes.media.sound import Samples, decode, exactly


@dataclass(frozen=True)
class _Cut:
    """A clip and its place in the reel, in frames."""

    path: Path
    start: int
    frames: int

    @property
    def end(self) -> int:
        return self.start + self.frames


def reel(
    clips: Sequence[Path],
    out: Path,
    *,
    rate: Fraction,
    crossfade_frames: int,
    width: int,
    height: int,
    title: str,
) -> None:
    """An mp4 of all clips, each crossfading into the next: the sum of their frames less those that overlap.

    Pictures are copied but for the crossfades, where a clip is of our encoder, this size and this rate. The sound is
    not brought to another loudness. Raises BadRequest without clips or with one that is shorter than two crossfades.
    """
    cuts = _placed(clips, rate, crossfade_frames)
    with tempfile.TemporaryDirectory(prefix="reel-") as folder:
        film = _Film(rate, (width, height), crossfade_frames, Path(folder))
        pieces = list(film.pieces(cuts))
        sound = _crossfaded(cuts, rate, crossfade_frames)
        write_mp4(out, pieces[0].path, joined_packets(pieces), sound, {"title": title})


class _Film:
    """The reel's picture as pieces that can be copied in a row; those made anew are in `folder`."""

    def __init__(self, rate: Fraction, size: tuple[int, int], fade: int, folder: Path) -> None:
        self._rate, self._size, self._fade, self._folder = rate, size, fade, folder
        self._headers = our_headers(*size, rate)

    def pieces(self, cuts: Sequence[_Cut]) -> Iterator[Copyable]:
        for number, cut in enumerate(cuts):
            first = self._fade if number else 0
            last = cut.frames - (self._fade if cut is not cuts[-1] else 0)
            if first < last:
                yield self._body(cut.path, first, last - first, self._folder / f"{number}.mp4")
            if self._fade and cut is not cuts[-1]:
                crossfade = self._blended(cut, cuts[number + 1].path)
                yield self._encoded(crossfade, self._fade, self._folder / f"{number}-{number + 1}.mp4")

    def _body(self, path: Path, first: int, frames: int, anew: Path) -> Copyable:
        own = copyable(path, frames, *self._size, first=first, rate=self._rate)
        if own and own.headers == self._headers:
            return own
        return self._encoded(self._frames(path, first, frames), frames, anew)

    def _encoded(self, pictures: Iterator[VideoFrame], frames: int, path: Path) -> Copyable:
        with PictureWriter(path, *self._size, rate=self._rate) as writer:
            for picture in pictures:
                writer.write(picture)
        piece = copyable(path, frames, *self._size, rate=self._rate)
        assert piece
        return piece

    def _frames(self, path: Path, first: int, frames: int) -> Iterator[VideoFrame]:
        return (fitted(frame, *self._size) for frame in pictures(path, first, frames, self._rate))

    def _blended(self, leaving: _Cut, coming: Path) -> Iterator[VideoFrame]:
        old = self._frames(leaving.path, leaving.frames - self._fade, self._fade)
        new = self._frames(coming, 0, self._fade)
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
            rest = self._fade + 1 - number
            mixed = one.to_ndarray().astype(np.uint32) * rest + other.to_ndarray().astype(np.uint32) * number
            yield VideoFrame.from_ndarray((mixed // (self._fade + 1)).astype(np.uint8), "yuv420p")


def _placed(clips: Sequence[Path], rate: Fraction, fade: int) -> list[_Cut]:
    cuts: list[_Cut] = []
    for path in clips:
        with opened(path) as container:
            stream = picture_of(container)
            assert stream.time_base is not None
            frames = round((stream.duration or 0) * stream.time_base * rate)
        if frames < 2 * fade or not frames:
            raise BadRequest(f"“{path.name}” is too short for the reel's crossfades.")
        cuts.append(_Cut(path, cuts[-1].end - fade if cuts else 0, frames))
    if not cuts:
        raise BadRequest("A reel needs at least one clip.")
    return cuts


def _crossfaded(cuts: Sequence[_Cut], rate: Fraction, fade: int) -> Iterator[Samples]:
    """The sound clip by clip, the last part of each mixed into the next one's first.

    The weights of a crossfade sum to 1, so that no peak is higher than the clips' own.
    """
    leaving = np.zeros((2, 0), np.float32)
    for cut, following in pairwise([*cuts, None]):
        assert cut
        start = samples_at(cut.start, rate)
        samples = exactly(decode(cut.path), samples_at(cut.end, rate) - start).copy()
        fading = leaving.shape[1]
        ramp = np.linspace(0, 1, fading, dtype=np.float32)
        samples[:, :fading] = samples[:, :fading] * ramp + leaving * ramp[::-1]
        own = samples_at(following.start, rate) - start if following else samples.shape[1]
        yield limited(samples[:, :own], CEILING)  # encoding AAC again may raise peaks again
        leaving = samples[:, own:]
