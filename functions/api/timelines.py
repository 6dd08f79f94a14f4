"""What the API shows of a timeline: its clips with links."""

from pydantic import BaseModel, Field

from rushes.productions.artifact import file_name, key_of
from rushes.productions.production import Production
from rushes.productions.timeline import CaptionText, Timeline
from rushes.services import Services


class ClipView(BaseModel):
    """A part of an artifact's file; counted in frames."""

    name: str
    version: int
    url: str
    media: str
    start: int = Field(description="The film's frame it begins with.")
    frames: int = Field(description="How long it is used.")
    source_start: int = Field(description="The file's frame it begins with.")
    source_frames: int | None = Field(description="How long the file is; null for a still.")
    note: str | None


class TrackView(BaseModel):
    name: str
    kind: str = Field(description="video or audio")
    clips: list[ClipView]


class TimelineView(BaseModel):
    title: str
    rate: str = Field(description="Frames a second, exactly: `24`, `30000/1001`.")
    width: int
    height: int
    frames: int
    tracks: list[TrackView]
    captions: list[CaptionText]


def timeline_view(services: Services, production: Production, timeline: Timeline) -> TimelineView:
    def link(name: str, version: int, ext: str) -> str:
        return services.bucket.link(key_of(production.owner, production.id, file_name(name, version, ext)))

    tracks = [
        TrackView(
            name=track.name,
            kind=track.kind,
            clips=[
                ClipView(url=link(clip.name, clip.version, clip.ext), **clip.model_dump(exclude={"ext"}))
                for clip in track.clips
            ],
        )
        for track in timeline.tracks
    ]
    facts = timeline.model_dump(include={"title", "width", "height", "frames"})
    return TimelineView(rate=str(timeline.rate), tracks=tracks, captions=list(timeline.captions), **facts)
