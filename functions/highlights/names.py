"""What lies beside a clip is named after it."""

import re

_OF_CLIP = re.compile(r"(?:clip|thumb|subtitles)_(\d+)")


def thumbnail_name(clip: str) -> str:
    return clip.replace("clip_", "thumb_")


def subtitles_name(clip: str) -> str:
    return clip.replace("clip_", "subtitles_")


def clip_of(name: str) -> str | None:
    """The clip that has this name, or that it lies beside."""
    found = _OF_CLIP.fullmatch(name)
    return found and f"clip_{found[1]}"
