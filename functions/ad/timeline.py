"""The film as a timeline, from whatever a checkpoint has of it: stills, or chunks with their music and narration."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import count, takewhile
from math import floor
from typing import Any

from functions.ad.chunks import chunk_name
from functions.ad.refine import beat_starts, captions, line_name
from functions.ad.spec import Beat, Spec
from functions.ad.storyboard import image_name
from functions.fields import SIZES
from rushes.errors import Conflict
from rushes.media.timeline import FPS
from rushes.phase import Brief
from rushes.productions.artifact import Artifact
from rushes.productions.timeline import CaptionText, Clip, Timeline, Track

_CROSSFADE = 2 * FPS
"""Frames by which repeated music overlaps itself in the mix (`rushes.media.mixing`)."""

_FINEST = 90_000
"""Facts keep seconds as decimals; of a clock in media files, so that the exact value is found again."""

Artifacts = Mapping[str, Artifact]


def timeline(request: Mapping[str, Any], documents: Mapping[str, Any], artifacts: Artifacts) -> Timeline:
    """What a selection looks and sounds like. Raises Conflict where there is no picture yet."""
    if not any(name.startswith(("beat_", "chunk_")) for name in artifacts):
        raise Conflict("nothing can be seen yet: a timeline begins with the storyboard's pictures")
    spec = Spec.model_validate(documents["spec"])
    width, height = SIZES[spec.aspect_ratio]
    beats = list(zip(spec.beats, beat_starts(spec), strict=True))
    pictures = [clip for beat, start in beats for clip in _pictures(beat, start, artifacts)]
    tracks = [
        Track(name="V1 Picture", kind="video", clips=tuple(pictures)),
        Track(name="A1 Music", kind="audio", clips=tuple(_music(spec, artifacts))),
        Track(name="A2 Narration", kind="audio", clips=tuple(_narration(spec, beats, artifacts))),
        Track(name="A3 Sound", kind="audio", clips=tuple(_own_sound(pictures, artifacts))),
    ]
    return Timeline(
        title=spec.title,
        rate=Fraction(FPS),
        width=width,
        height=height,
        frames=spec.duration * FPS,
        tracks=tuple(track for track in tracks if track.clips),
        captions=tuple(CaptionText.model_validate(each) for each in captions(Brief(request, 0, {}), spec)),
    )


# ---------------------------------------------------------------------- picture


def _pictures(beat: Beat, start: int, artifacts: Artifacts) -> Iterator[Clip]:
    """The beat's chunks as `stitch_recipe` trims them; its image where it has none."""
    names = (chunk_name(beat, part) for part in count())
    chain = [artifacts[name] for name in takewhile(artifacts.__contains__, names)]
    left = beat.seconds * FPS
    if not chain and image_name(beat) in artifacts:
        yield _clip(artifacts[image_name(beat)], start, left, _note(beat))
    for chunk in chain:
        frames = min(left, _ordered(chunk))
        if frames:
            yield _clip(chunk, start + beat.seconds * FPS - left, frames, _note(beat))
        left -= frames


def _ordered(chunk: Artifact) -> int:
    """Frames of the whole seconds that the chunk was ordered with; models miss them by a few frames."""
    material = _material(chunk)
    return FPS * 60 if material is None else FPS * max(1, floor(Fraction(material, FPS) + Fraction(1, 2)))


def _note(beat: Beat) -> str:
    return f"{beat.action} · “{beat.caption}”" if beat.caption else beat.action


# ---------------------------------------------------------------------- sound


def _music(spec: Spec, artifacts: Artifacts) -> Iterator[Clip]:
    """Repeated if it ends more than a tenth early, where the mix repeats it too."""
    music = artifacts.get("music")
    if music is None:
        return
    whole = spec.duration * FPS
    length = _material(music) or whole
    starts = [0]
    while starts[-1] + length < whole * 9 // 10 and length > 2 * _CROSSFADE:
        starts.append(starts[-1] + length - _CROSSFADE)
    for start, end in zip(starts, [*starts[1:], starts[-1] + length], strict=True):
        yield _clip(music, start, min(end, whole) - start, spec.music.direction)


def _narration(spec: Spec, beats: list[tuple[Beat, int]], artifacts: Artifacts) -> Iterator[Clip]:
    """Each line as long as it is, up to where the next one begins or the film ends."""
    spoken = [(beat, start) for beat, start in beats if line_name(beat) in artifacts]
    ends = [*(start for _, start in spoken[1:]), spec.duration * FPS]
    for (beat, start), end in zip(spoken, ends, strict=False):
        line = artifacts[line_name(beat)]
        yield _clip(line, start, min(_material(line) or end, end - start), beat.narration)


def _own_sound(pictures: list[Clip], artifacts: Artifacts) -> Iterator[Clip]:
    """What the chunks themselves sound like, if it is in the stitched film."""
    if "stitched" not in artifacts or not artifacts["stitched"].facts.get("audio_codec"):
        return
    for clip in pictures:
        if artifacts[clip.name].facts.get("audio_codec"):
            frames = min(clip.frames, clip.source_frames or clip.frames)
            yield clip.model_copy(update={"frames": frames})


# ---------------------------------------------------------------------- clips


def _clip(artifact: Artifact, start: int, frames: int, note: str | None) -> Clip:
    return Clip(
        name=artifact.name,
        version=artifact.version,
        ext=artifact.ext,
        media=artifact.media,
        start=start,
        frames=frames,
        source_frames=_material(artifact),
        note=note,
    )


def _material(artifact: Artifact) -> int | None:
    """Whole frames of 1/24 s that the file has; None for an image, or where its facts do not say."""
    seconds = artifact.facts.get("duration")
    if artifact.media == "image" or seconds is None:
        return None
    return floor(Fraction(seconds).limit_denominator(_FINEST) * FPS)
