"""The chosen clips as a timeline: spans of the lecture itself in the reel's order, so that an editor can trim them.

They are cut hard. The reel's crossfades are left to the editor, and so are the clips' layouts.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from functions.highlights.frame import frame_at, size_of
from functions.highlights.request import LECTURE
from rushes.errors import Conflict
from rushes.productions.artifact import Artifact
from rushes.productions.timeline import CaptionText, Clip, Timeline, Track

_HARD_CUT = "cut hard; in the reel it fades in over the clip before"


def timeline(
    request: Mapping[str, Any], documents: Mapping[str, Any], artifacts: Mapping[str, Artifact]
) -> Timeline:
    """At the lecture's own size and constant rate. Raises Conflict where nothing is chosen yet."""
    if "highlights" not in documents or LECTURE not in artifacts:
        raise Conflict("nothing is chosen yet: a timeline begins with the selection of clips")
    lecture, chosen = artifacts[LECTURE], documents["highlights"]
    rate = Fraction(chosen["rate"])
    width, height = size_of(lecture.facts)
    clips = tuple(_clips(lecture, chosen["clips"], rate))
    tracks = [Track(name="V1 Picture", kind="video", clips=clips)]
    if lecture.facts.get("audio_codec"):
        tracks.append(Track(name="A1 Sound", kind="audio", clips=clips))
    return Timeline(
        title=request.get("title") or "Lecture",
        rate=rate,
        width=width,
        height=height,
        frames=sum(clip.frames for clip in clips),
        tracks=tuple(tracks),
        captions=tuple(_captions(clips, documents.get("transcript"), rate)),
    )


def _clips(lecture: Artifact, chosen: list[Mapping[str, Any]], rate: Fraction) -> Iterator[Clip]:
    position = 0
    for clip in chosen:
        begin, end = frame_at(clip["start"], rate), frame_at(clip["end"], rate)
        yield Clip(
            name=lecture.name,
            version=lecture.version,
            ext=lecture.ext,
            media=lecture.media,
            start=position,
            frames=end - begin,
            source_start=begin,
            source_frames=floor(Fraction(lecture.facts["duration"]) * rate),
            note=f"{clip['title']} · {_HARD_CUT}" if position else clip["title"],
        )
        position += end - begin


def _captions(
    clips: tuple[Clip, ...], transcript: Mapping[str, Any] | None, rate: Fraction
) -> Iterator[CaptionText]:
    """A clip's sentences; of one that it cuts, the words that are heard in it."""
    for clip in clips:
        begin, end = clip.source_start, clip.source_start + clip.frames
        for sentence in transcript["segments"] if transcript else ():
            heard = [
                (word["text"], frame_at(word["start"], rate), frame_at(word["end"], rate))
                for word in sentence["words"]
                if begin <= frame_at(word["start"], rate) < end
            ]
            first, last = (heard[0][1], min(end, heard[-1][2])) if heard else (0, 0)
            if first < last:
                text = " ".join(text for text, _, _ in heard)
                yield CaptionText(text=text, start=clip.start + first - begin, end=clip.start + last - begin)
