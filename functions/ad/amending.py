"""A person's partial edit of a spec: merged field by field, and judged as strictly as what a model made."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from functions.ad.beats import LibraryBeat, filled, fitting, library, position_of
from functions.ad.lengths import LENGTHS
from functions.ad.rules import ACTION, DURATION, plain, problems
from functions.ad.spec import Beat, Spec
from functions.problems import Problem, refusal, shown, within

MOST_BEATS = DURATION[-1] // LENGTHS[0]

_Part = TypeVar("_Part", bound=BaseModel)
_NO_OBJECT = "it must be a JSON object"
_FIXED = {
    "kind": "the kind of a film cannot be changed",
    "repairs": "it tells what the rules changed in the draft, and cannot be changed",
}
_FIXED_IN_A_BEAT = {
    "index": "it is the beat's place: give `beats` as a list to reorder them",
    "role": "it follows from `beat`",
}


def amended(spec: Spec, changes: Mapping[str, Any]) -> Spec:
    """The spec with these changes; nothing that was given is trimmed or repaired.

    Objects are merged, lists of texts replaced. `beats` is an object of changes by index, or a list, the new
    sequence: an element with an `index` is the beat that was there, one without is new and names its `beat`.
    What is not said of a new beat, and the looks of one whose `beat` changes, comes from the library.

    Raises BadRequest with every problem as `fields=[{"field": "beats.1.seconds", "problem": "…"}, …]`.
    """
    return _Amendment(spec).made(changes)


class _Amendment:
    """Collects what is wrong on the way; where it is, the old value stays, so that the rest can be judged too."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._wrong: list[Problem] = []

    def made(self, changes: Mapping[str, Any]) -> Spec:
        rest = dict(changes)
        parts: dict[str, Any] = {}
        for name, part in (("style", self._spec.style), ("music", self._spec.music)):
            if name in rest:
                parts[name] = self._merged(part, rest.pop(name), f"{name}.", {})
        beats = rest.pop("beats", {})
        # `repairs` stays: it tells of the draft this film goes back to, which no edit makes untrue.
        film = self._merged(self._spec, rest, "", _FIXED).model_copy(update=parts)
        film = film.model_copy(update={"beats": self._sequence(beats, film.product)})
        if found := [*self._wrong, *self._against_the_rules(film)]:
            raise refusal(found)
        return film

    def _against_the_rules(self, film: Spec) -> Iterator[Problem]:
        """Not of what could not be taken over: there, and for the whole sequence around it, an old value stands."""
        for field, problem in problems(film):
            if not any(within(wrong, field) or within(field, wrong) for wrong, _ in self._wrong):
                yield field, problem

    def _merged(self, part: _Part, changes: Any, at: str, fixed: Mapping[str, str]) -> _Part:
        """The part with those of the changes whose shape is right. Only its own fields, none of its parts'."""
        if not isinstance(changes, Mapping):
            self._wrong.append((at.removesuffix("."), _NO_OBJECT))
            return part
        fields = type(part).model_fields
        for name in changes:
            if name not in fields:
                self._wrong.append((f"{at}{shown(name)}", "there is no such field"))
            elif name in fixed:
                self._wrong.append((f"{at}{name}", fixed[name]))
        values = {name: value for name, value in changes.items() if name in fields and name not in fixed}
        try:
            return type(part).model_validate({**dict(part), **values}, strict=True)
        except ValidationError as error:
            refused = error.errors(include_url=False, include_input=False)
        self._wrong += [(at + ".".join(map(str, each["loc"])), each["msg"]) for each in refused]
        unfit = {each["loc"][0] for each in refused}
        kept = {name: value for name, value in values.items() if name not in unfit}
        return type(part).model_validate({**dict(part), **kept}, strict=True)

    # ------------------------------------------------------------------ the sequence of beats

    def _sequence(self, changes: Any, product: str) -> list[Beat]:
        """The beats in their new order. `product` is what a text of the library is filled with."""
        match changes:
            case Mapping():
                return self._in_place(changes, product)
            case list() if len(changes) > MOST_BEATS:
                self._wrong.append(("beats", f"a film has at most {MOST_BEATS} beats"))
            case list():
                return [self._placed(i, len(changes), each, product) for i, each in enumerate(changes)]
            case _:
                self._wrong.append(
                    ("beats", "it is a list, the new sequence, or an object of changes by index")
                )
        return self._spec.beats

    def _in_place(self, changes: Mapping[str, Any], product: str) -> list[Beat]:
        beats = self._spec.beats
        unknown = changes.keys() - {str(i) for i in range(len(beats))}
        self._wrong += [(f"beats.{shown(key)}", self._no_such_beat()) for key in unknown]
        return [self._changed(i, beat, changes.get(str(i), {}), product) for i, beat in enumerate(beats)]

    def _placed(self, i: int, count: int, element: Any, product: str) -> Beat:
        """The beat at `i` of the new sequence: an old one, perhaps changed, or a new one."""
        stand_in = _new(i, fitting(position_of(i, count))[0], product)
        if not isinstance(element, Mapping):
            self._wrong.append((f"beats.{i}", _NO_OBJECT))
            return stand_in
        changes = dict(element)
        if "index" in changes:
            index = changes.pop("index")
            if type(index) is int and index in range(len(self._spec.beats)):
                return self._changed(i, self._spec.beats[index], changes, product)
            self._wrong.append((f"beats.{i}.index", self._no_such_beat()))
            return self._merged(stand_in, changes, f"beats.{i}.", _FIXED_IN_A_BEAT)
        entry = _entry(changes.pop("beat", None))
        if entry is None:
            known = ", ".join(library())
            self._wrong.append((f"beats.{i}.beat", f"a new beat is one of the library: {known}"))
        beat = _new(i, entry, product) if entry else stand_in
        return self._merged(beat, changes, f"beats.{i}.", _FIXED_IN_A_BEAT)

    def _changed(self, i: int, beat: Beat, changes: Any, product: str) -> Beat:
        """An old beat at its new place `i`; another `beat` brings its own looks along."""
        looks: dict[str, Any] = {}
        entry = _entry(changes.get("beat")) if isinstance(changes, Mapping) else None
        if entry and entry.id != beat.beat:
            looks = _looks(entry)
            if beat.action == _usual_action(library()[beat.beat], self._spec.product):
                looks["action"] = _usual_action(entry, product)
        placed = beat.model_copy(update={"index": i, **looks})
        return self._merged(placed, changes, f"beats.{i}.", _FIXED_IN_A_BEAT)

    def _no_such_beat(self) -> str:
        return f"there is no such beat: they are 0 to {len(self._spec.beats) - 1}"


def _new(i: int, entry: LibraryBeat, product: str) -> Beat:
    return Beat(
        index=i,
        beat=entry.id,
        seconds=entry.seconds,
        action=_usual_action(entry, product),
        narration=None,
        caption=None,
        **_looks(entry),
    )


def _looks(entry: LibraryBeat) -> dict[str, Any]:
    return {"role": entry.role, "shot": entry.shot, "camera": entry.camera, "energy": entry.energy}


def _usual_action(entry: LibraryBeat, product: str) -> str:
    return plain(filled(entry.action, product=product), ACTION)


def _entry(name: Any) -> LibraryBeat | None:
    return library().get(name) if isinstance(name, str) else None
