"""What comes out of a production, by its kind."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from functions.highlights.names import subtitles_name, thumbnail_name
from rushes.productions.artifact import file_name, key_of
from rushes.productions.production import Production
from rushes.productions.work import WorkItem
from rushes.services import Services


class Film(BaseModel):
    """An ad: the finished film and its poster."""

    kind: Literal["ad"] = "ad"
    film_url: str
    poster_url: str


class ClipView(BaseModel):
    """A clip of a lecture. Times are seconds of the lecture."""

    id: str = Field(examples=["clip_01"])
    title: str
    topic: str | None = Field(description="The topic's id; null for a clip of your own.")
    importance: float
    start: float
    end: float
    duration: float
    original: dict[str, float] | None = Field(description="Its boundaries before they were moved to pauses.")
    order: int = Field(description="Its place in the reel, from 1.")
    url: str | None
    thumbnail_url: str | None
    subtitles_url: str | None


class Clips(BaseModel):
    """Highlights of a lecture."""

    kind: Literal["highlights"] = "highlights"
    clips: list[ClipView]
    reel_url: str | None
    transcript_url: str | None = Field(
        description="Also as .srt, .json and .txt; null where nobody listened."
    )


Result = Annotated[Film | Clips, Field(discriminator="kind")]

Work = Mapping[str, WorkItem]
Links = Mapping[str, str | None]


def result_of(services: Services, production: Production, work: Work, links: Links) -> Film | Clips | None:
    """Of a completed production. None where a part of it is missing."""
    if production.kind == "highlights":
        return _clips(services, production, work, links)
    film, poster = links.get("final"), links.get("poster")
    return Film(film_url=film, poster_url=poster) if film and poster else None


def _clips(services: Services, production: Production, work: Work, links: Links) -> Clips | None:
    chosen = work.get("highlights")
    if chosen is None or chosen.version is None or chosen.ext is None:
        return None
    file = file_name(chosen.name, chosen.version, chosen.ext)
    document = json.loads(services.bucket.read(key_of(production.owner, production.id, file)))
    heard = any(name.startswith("words_") and item.model != "unheard" for name, item in work.items())
    transcript = f"/v1/productions/{production.id}/transcript.vtt"
    return Clips(
        clips=[_clip(order, clip, links) for order, clip in enumerate(document["clips"], start=1)],
        reel_url=links.get("reel"),
        transcript_url=transcript if heard else None,
    )


def _clip(order: int, clip: dict[str, Any], links: Links) -> ClipView:
    shown: dict[str, Any] = {name: clip[name] for name in ClipView.model_fields if name in clip}
    return ClipView(
        **shown,
        order=order,
        url=links.get(clip["id"]),
        thumbnail_url=links.get(thumbnail_name(clip["id"])),
        subtitles_url=links.get(subtitles_name(clip["id"])),
    )
