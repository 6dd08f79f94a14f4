"""The timeline as FCPXML 1.10, for Final Cut Pro and DaVinci Resolve.

Written by hand: OpenTimelineIO's own FCPXML adapter leaves out the frame's size, so that an upright film turns, and
knows no stills. What may stand where is said by Apple's DTD:
https://developer.apple.com/documentation/professional-video-applications/document-type-definition
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from infra.cli.exporting import Artifact, clips_of, file_name, held_frames

Clip = Mapping[str, Any]
Links = Mapping[Artifact, str | None]

_STILL = "r2"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""
_ROLES = {"music": "music", "narration": "dialogue", "lecture": "dialogue"}


def write(timeline: Mapping[str, Any], links: Links, out: Path) -> None:
    """`links` are absolute URLs; None is missing media, which the program will ask for by its file's name."""
    tree = document(timeline, links)
    ElementTree.indent(tree)
    text = ElementTree.tostring(tree, encoding="unicode")
    out.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{text}\n', encoding="utf-8", newline="\n"
    )


def document(timeline: Mapping[str, Any], links: Links) -> Element:
    return _Document(timeline, links).root


class _Document:
    """One event with one project. Pictures are the storyline; sounds hang on the picture they begin with."""

    def __init__(self, timeline: Mapping[str, Any], links: Links) -> None:
        self._timeline = timeline
        self._links = links
        self._rate = Fraction(timeline["rate"])
        self.root = Element("fcpxml", version="1.10")
        self._resources = SubElement(self.root, "resources")
        self._formats()
        heard = {_artifact(clip) for track in _tracks(timeline, "audio") for clip in track["clips"]}
        self._assets: dict[Artifact, str] = {}
        for clip in clips_of(timeline):
            if _artifact(clip) not in self._assets:
                self._add_asset(clip, _artifact(clip) in heard)
        title = _text(timeline["title"])
        project = SubElement(SubElement(self.root, "event", name=title), "project", name=title)
        self._add_sequence(project)

    # ------------------------------------------------------------------ resources

    def _formats(self) -> None:
        size = {"width": str(self._timeline["width"]), "height": str(self._timeline["height"])}
        frame = _frame_duration(self._rate)
        SubElement(
            self._resources, "format", size, id="r1", frameDuration=frame, colorSpace="1-1-1 (Rec. 709)"
        )
        if any(clip["media"] == "image" for clip in clips_of(self._timeline)):
            SubElement(self._resources, "format", size, id=_STILL, name="FFVideoFormatRateUndefined")

    def _add_asset(self, clip: Clip, heard: bool) -> None:
        """A still has no duration, a sound no format; a file of unknown length is as long as it is used."""
        name, version = _artifact(clip)
        asset = SubElement(
            self._resources, "asset", id=f"a{len(self._assets) + 1}", name=_text(f"{name} v{version}")
        )
        used = max(
            c["source_start"] + c["frames"]
            for c in clips_of(self._timeline)
            if _artifact(c) == (name, version)
        )
        frames = 0 if clip["media"] == "image" else clip["source_frames"] or used
        asset.attrib |= {"start": "0s", "duration": self._time(frames)}
        if clip["media"] != "audio":
            asset.attrib |= {
                "hasVideo": "1",
                "videoSources": "1",
                "format": _STILL if clip["media"] == "image" else "r1",
            }
        if heard:
            asset.attrib |= {"hasAudio": "1", "audioSources": "1", "audioChannels": "2", "audioRate": "48000"}
        link = self._links[name, version]
        SubElement(asset, "media-rep", kind="original-media", src=_text(link or file_name(clip)))
        metadata = SubElement(asset, "metadata")
        for key, value, kind in (("artifact", name, "string"), ("version", str(version), "integer")):
            SubElement(metadata, "md", key=f"com.rushes.{key}", value=_text(value), type=kind)
        self._assets[name, version] = asset.attrib["id"]

    # ------------------------------------------------------------------ the sequence

    def _add_sequence(self, project: Element) -> None:
        frames = self._timeline["frames"]
        sequence = SubElement(
            project, "sequence", format="r1", duration=self._time(frames), tcStart="0s", tcFormat="NDF",
            audioLayout="stereo", audioRate="48k",
        )  # fmt: skip
        pictures, *above = _tracks(self._timeline, "video") or [{"clips": []}]
        places = self._fill(SubElement(sequence, "spine"), pictures["clips"], frames)
        # The DTD wants what is connected before the markers.
        for lane, track in enumerate(above, start=1):
            for clip in track["clips"]:
                self._connect(places, clip, lane)
        for lane, track in enumerate(_tracks(self._timeline, "audio"), start=1):
            for clip in track["clips"]:
                self._connect(places, clip, -lane)
        for caption in self._timeline["captions"]:
            place = _at(places, caption["start"])
            length = self._time(caption["end"] - caption["start"])
            start = self._time(place.local(caption["start"]))
            SubElement(place.element, "marker", start=start, duration=length, value=_text(caption["text"]))

    def _fill(self, spine: Element, clips: list[Clip], frames: int) -> list["_Place"]:
        places: list[_Place] = []
        position = 0
        for clip in clips:
            if clip["start"] > position:
                places.append(self._gap(spine, position, clip["start"] - position))
            element = self._picture(spine, clip)
            element.set("offset", self._time(clip["start"]))
            places.append(_Place(element, clip["start"], clip["source_start"]))
            position = clip["start"] + clip["frames"]
        if position < frames:
            places.append(self._gap(spine, position, frames - position))
        return places

    def _gap(self, spine: Element, start: int, frames: int) -> "_Place":
        span = {"offset": self._time(start), "start": "0s", "duration": self._time(frames)}
        return _Place(SubElement(spine, "gap", span, name="Gap"), start, 0)

    def _connect(self, places: list["_Place"], clip: Clip, lane: int) -> None:
        """A connected clip's place is told in the time of the clip it hangs on."""
        place = _at(places, clip["start"])
        element = self._picture(place.element, clip) if lane > 0 else self._sound(place.element, clip)
        element.attrib |= {"lane": str(lane), "offset": self._time(place.local(clip["start"]))}

    # ------------------------------------------------------------------ clips

    def _picture(self, parent: Element, clip: Clip) -> Element:
        """A still is a `video`: Final Cut does not take an `asset-clip` without a duration of its own."""
        still = clip["media"] == "image"
        element = SubElement(parent, "video" if still else "asset-clip", self._span(clip))
        if not still:
            element.attrib |= {"format": "r1", "tcFormat": "NDF", "srcEnable": "video"}
        _note(element, clip)
        if held := held_frames(clip):
            self._hold(element, clip, held)
        return element

    def _sound(self, parent: Element, clip: Clip) -> Element:
        role = _ROLES.get(clip["name"].partition("_")[0], "effects")
        element = SubElement(parent, "asset-clip", self._span(clip), srcEnable="audio", audioRole=role)
        _note(element, clip)
        return element

    def _span(self, clip: Clip) -> dict[str, str]:
        return {
            "ref": self._assets[_artifact(clip)],
            "name": _text(clip["name"]),
            "start": self._time(clip["source_start"]),
            "duration": self._time(clip["frames"]),
        }

    def _hold(self, element: Element, clip: Clip, held: int) -> None:
        """The file plays as it is up to its last frame, which stays."""
        begin, end = clip["source_start"], clip["source_start"] + clip["frames"]
        last = clip["source_frames"] - 1
        times = SubElement(element, "timeMap", frameSampling="floor")
        for time, value in {begin: begin, last: last, end: last}.items():
            SubElement(times, "timept", time=self._time(time), value=self._time(value), interp="linear")

    def _time(self, frames: int) -> str:
        """Exact seconds, as `5s` or `121/24s`."""
        return f"{frames / self._rate}s"


class _Place:
    """An element of the storyline: where it begins in the film, and at which of its own frames."""

    def __init__(self, element: Element, start: int, source_start: int) -> None:
        self.element = element
        self.start = start
        self._source_start = source_start

    def local(self, frame: int) -> int:
        """The film's frame in the element's own time."""
        return self._source_start + frame - self.start


def _frame_duration(rate: Fraction) -> str:
    """As Final Cut writes it: `100/2400s`, `1001/30000s`."""
    scale = 100 if rate.denominator == 1 else 1
    return f"{scale * rate.denominator}/{scale * rate.numerator}s"


def _at(places: list[_Place], frame: int) -> _Place:
    return [place for place in places if place.start <= frame][-1]


def _tracks(timeline: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    return [track for track in timeline["tracks"] if track["kind"] == kind]


def _artifact(clip: Clip) -> Artifact:
    return clip["name"], clip["version"]


def _note(element: Element, clip: Clip) -> None:
    if clip["note"]:
        SubElement(element, "note").text = _text(clip["note"])


def _text(text: str) -> str:
    return _NO_XML.sub("", text)
