"""The timeline as OpenTimelineIO, for DaVinci Resolve, Premiere, Nuke and whatever else reads it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from infra.cli.exporting import Artifact, held_frames

Links = Mapping[Artifact, str | None]


def write(timeline: Mapping[str, Any], links: Links, out: Path) -> None:
    """`links` are URLs, relative to `out` or absolute; None is missing media."""
    otio.adapters.write_to_file(composed(timeline, links), str(out), adapter_name="otio_json")


def composed(timeline: Mapping[str, Any], links: Links) -> otio.schema.Timeline:
    """Frames become RationalTime at the film's rate: whole numbers, which it keeps exactly.

    The rate itself is a float there, 29.97…; its exact text stands in the metadata.
    """
    clock = _Clock(float(Fraction(timeline["rate"])))
    film = otio.schema.Timeline(
        timeline["title"], metadata={"rushes": _facts(timeline, "rate", "width", "height")}
    )
    for view in timeline["tracks"]:
        kind = otio.schema.TrackKind.Video if view["kind"] == "video" else otio.schema.TrackKind.Audio
        track = otio.schema.Track(view["name"], kind=kind)
        track.extend(list(_items(view["clips"], timeline["frames"], clock, links)))
        film.tracks.append(track)
    for caption in timeline["captions"]:
        frames = caption["end"] - caption["start"]
        film.tracks.markers.append(
            otio.schema.Marker(caption["text"], clock.range(caption["start"], frames), color="GREEN")
        )
    return film


class _Clock:
    """Whole frames at a rate."""

    def __init__(self, rate: float) -> None:
        self._rate = rate

    def range(self, start: int, frames: int) -> TimeRange:
        return TimeRange(RationalTime(start, self._rate), RationalTime(frames, self._rate))


def _items(
    clips: list[Mapping[str, Any]], frames: int, clock: _Clock, links: Links
) -> Iterator[otio.core.Item]:
    """Clips and, where there is none, gaps, up to the end of the film."""
    position = 0
    for clip in clips:
        if clip["start"] > position:
            yield otio.schema.Gap(source_range=clock.range(0, clip["start"] - position))
        yield from _clip(clip, clock, links)
        position = clip["start"] + clip["frames"]
    if position < frames:
        yield otio.schema.Gap(source_range=clock.range(0, frames - position))


def _clip(clip: Mapping[str, Any], clock: _Clock, links: Links) -> Iterator[otio.core.Item]:
    """A clip whose file is too short is two: the file to its end, and its last frame, frozen."""
    held = held_frames(clip)
    if moving := clip["frames"] - held:
        yield _item(clip, clock.range(clip["source_start"], moving), clock, links)
    if held:
        frozen = _item(clip, clock.range(clip["source_frames"] - 1, held), clock, links)
        frozen.effects.append(otio.schema.FreezeFrame())
        yield frozen


def _item(clip: Mapping[str, Any], used: TimeRange, clock: _Clock, links: Links) -> otio.schema.Clip:
    facts = {"rushes": _facts(clip, "name", "version", "media", "note")}
    return otio.schema.Clip(clip["name"], _media(clip, clock, links), used, metadata=facts)


def _media(clip: Mapping[str, Any], clock: _Clock, links: Links) -> otio.core.MediaReference:
    """An image lasts as long as it is wanted; how long a file of unknown length lasts is left open."""
    length = clip["frames"] if clip["media"] == "image" else clip["source_frames"]
    available = None if length is None else clock.range(0, length)
    link = links[clip["name"], clip["version"]]
    if link is None:
        return otio.schema.MissingReference(clip["name"], available)
    return otio.schema.ExternalReference(link, available)


def _facts(view: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: view[name] for name in names if view[name] is not None}
