"""Moves of a production: load, decide, commit, and once more when somebody else was quicker."""

from collections.abc import Callable
from typing import TypeVar

from rushes.errors import Contended
from rushes.records.productions import Stale, breathe

_TRIES = 30
Result = TypeVar("Result")


def repeated(step: Callable[[], Result]) -> Result:
    """Repeats a step that found the production changed when it wanted to commit: its next look decides anew.

    Raises `Contended` when that goes on for too long.
    """
    for attempt in range(_TRIES):
        try:
            return step()
        except Stale:
            breathe(attempt)
    raise Contended("the production changes too fast; ask again")
