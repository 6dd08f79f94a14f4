"""The documents that people edit: how each looks as a text, and what of it follows from the rest."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    name: str
    parts: str
    """Its sequence …"""
    key: str
    """… and what the parts are known by in it: those without are new."""
    head: str
    example: str
    derived: frozenset[str]
    derived_in_a_part: frozenset[str]
    asides: frozenset[str] = frozenset()
    """What a part may be told though it does not hold it."""


_SPEC = Form(
    name="spec",
    parts="beats",
    key="index",
    head="""\
# Change what you like, save and close. A line that you take out stays as it was.
# Beats: change their order, take some out, or add one: without `index`, and with a `beat` of the library.
""",
    example="beats.2.action=…",
    derived=frozenset({"kind", "repairs"}),
    derived_in_a_part=frozenset({"role"}),
)

_HIGHLIGHTS = Form(
    name="highlights",
    parts="clips",
    key="id",
    head="""\
# Change what you like, save and close. Times are seconds of the lecture. A line that you take out stays as it was.
# Clips: change their order (it is the reel's), take some out, or add one: without `id`, with `start` and `end`.
# Instead of times, `first_sentence` and `last_sentence` take the numbers of the transcript's sentences.
""",
    example="clips.clip_02.start=…",
    derived=frozenset({"rate", "passed_over"}),
    derived_in_a_part=frozenset({"importance", "duration", "original", "reasons"}),
    asides=frozenset({"first_sentence", "last_sentence", "snap"}),
)

FORMS: Mapping[str, Form] = {"ad": _SPEC, "highlights": _HIGHLIGHTS}
"""Kind of production → what is edited of it."""
