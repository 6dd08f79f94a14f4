"""The typeface of whatever we letter: Source Sans, for a function has no fonts of its own."""

from functools import cache

from font_source_sans_pro import SourceSansProSemibold  # pyright: ignore[reportAttributeAccessIssue] - globals()
from PIL import ImageFont


@cache
def font_of(size: int) -> ImageFont.FreeTypeFont:
    """Semibold, `size` pixels high. It has the Latin, Greek and Cyrillic letters."""
    return ImageFont.truetype(SourceSansProSemibold, size)
