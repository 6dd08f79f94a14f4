"""What is wrong with a person's changes to a document: every problem at once, each at its place."""

from collections.abc import Iterable

from rushes.errors import BadRequest

Problem = tuple[str, str]
"""A field, as in `beats.1.seconds`, and a sentence."""


def refusal(found: Iterable[Problem]) -> BadRequest:
    """With all of them as `fields=[{"field": "beats.1.seconds", "problem": "…"}, …]`, `beats.2` before `beats.10`."""
    ordered = sorted(found, key=lambda problem: _place(problem[0]))
    fields = [{"field": field, "problem": problem} for field, problem in ordered]
    return BadRequest(": ".join(ordered[0]), fields=fields)


def within(inner: str, outer: str) -> bool:
    """Is a field the other one, or a part of it?"""
    return f"{inner}.".startswith(f"{outer}.")


def shown(name: str) -> str:
    """A field's name as the client wrote it, shortened; half a surrogate pair could not be sent back."""
    return name[:40].encode(errors="replace").decode()


def _place(field: str) -> list[tuple[bool, int, str]]:
    return [(not part.isdecimal(), len(part) if part.isdecimal() else 0, part) for part in field.split(".")]
