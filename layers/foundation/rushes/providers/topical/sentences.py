"""Sentences of a transcript as a recipe for topics holds them."""

from typing import Any, NamedTuple

from rushes.errors import BadRequest


class Sentence(NamedTuple):
    """Times in seconds from the lecture's start."""

    number: int
    start: float
    end: float
    text: str


def sentences_of(parameters: dict[str, Any]) -> list[Sentence]:
    """Raises `BadRequest` for a recipe without sentences: no topics without something said."""
    rows = parameters.get("sentences")
    if not rows:
        raise BadRequest("topics are found in sentences: the recipe has none")
    return [Sentence(int(number), float(start), float(end), text) for number, start, end, text in rows]
