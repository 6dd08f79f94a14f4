"""A clip's boundaries as a person says them: in seconds, or by the numbers of the transcript's sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from functions.highlights.choice.boundaries import Ground, Side, milliseconds
from functions.problems import Problem

SENTENCE: dict[Side, str] = {"start": "first_sentence", "end": "last_sentence"}
"""The other way to say a boundary."""


@dataclass(frozen=True)
class Boundary:
    """Where a person wants it: the frame, what they said in seconds, and how it came there."""

    frame: int
    said: float
    reason: str


class Hand:
    """Puts what is wrong into `wrong`, at its field."""

    def __init__(self, ground: Ground, segments: list[Mapping[str, Any]], wrong: list[Problem]) -> None:
        self._ground = ground
        self._sentences = {each["number"]: each for each in segments}
        self._wrong = wrong

    def boundaries(
        self, field: str, clip: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> dict[Side, Boundary]:
        """Those of the clip that are new. `clip` has None where it has no boundary yet."""
        snap = changes.get("snap", True)
        if not isinstance(snap, bool):
            self._wrong.append((f"{field}.snap", "it is true or false"))
        found: dict[Side, Boundary] = {}
        for side in SENTENCE:
            boundary = self._boundary(field, side, clip, changes)
            if boundary and not self._is_there(boundary.frame, clip[side]):
                found[side] = boundary
        return found

    def _boundary(
        self, field: str, side: Side, clip: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> Boundary | None:
        """None where it stays, or where what is said is wrong."""
        by_sentence, snap = SENTENCE[side], changes.get("snap", True) is not False
        said = side in changes and not self._is_said_again(changes[side], clip[side])
        if said and by_sentence in changes:
            self._wrong.append((f"{field}.{by_sentence}", f"give {side} or {by_sentence}, not both"))
        elif said:
            return self._at_second(f"{field}.{side}", side, changes[side], snap)
        elif by_sentence in changes:
            return self._at_sentence(f"{field}.{by_sentence}", side, changes[by_sentence], snap)
        return None

    def _is_said_again(self, seconds: Any, now: float | None) -> bool:
        """A boundary that is sent back as it is, to the frame."""
        return self._is_in_the_lecture(seconds) and self._is_there(
            self._ground.frame(milliseconds(seconds)), now
        )

    def _is_there(self, frame: int, now: float | None) -> bool:
        return now is not None and frame == self._ground.frame(milliseconds(now))

    def _is_in_the_lecture(self, seconds: Any) -> bool:
        return (
            isinstance(seconds, int | float)
            and not isinstance(seconds, bool)
            and 0 <= seconds <= self._ground.duration
        )

    def _at_second(self, field: str, side: Side, seconds: Any, snap: bool) -> Boundary | None:
        if not self._is_in_the_lecture(seconds):
            self._wrong.append(
                (field, f"it is a number of seconds, 0 to {float(self._ground.duration):.10g}")
            )
            return None
        wanted = self._ground.frame(milliseconds(seconds))
        frame = self._ground.off_words(wanted, side) if snap else wanted
        reason = f"{side} set to {seconds:.10g} s by hand"
        if frame != wanted:
            moved = self._ground.seconds(abs(frame - wanted))
            way = "back" if frame < wanted else "on"
            reason += f", and moved {moved:.2f} s {way} so that no word is cut through"
        return Boundary(frame, round(float(seconds), 3), reason)

    def _at_sentence(self, field: str, side: Side, number: Any, snap: bool) -> Boundary | None:
        if type(number) is not int or number not in self._sentences:
            known = f"there is no such sentence: they are 0 to {max(self._sentences, default=0)}"
            nobody = "nobody wrote down what is said here: give seconds"
            self._wrong.append((field, known if self._sentences else nobody))
            return None
        seconds = self._sentences[number][side]
        wanted = self._ground.frame(milliseconds(seconds))
        frame = self._ground.beside(wanted, side) if snap else wanted
        return Boundary(frame, seconds, f"{side} set to sentence {number} by hand")
