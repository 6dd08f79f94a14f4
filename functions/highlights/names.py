"""What lies beside a clip is named after it."""


def thumbnail_name(clip: str) -> str:
    return clip.replace("clip_", "thumb_")


def subtitles_name(clip: str) -> str:
    return clip.replace("clip_", "subtitles_")
