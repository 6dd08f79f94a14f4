"""The spec as a text to edit, and what was changed in it as the partial spec that the API takes."""

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import yaml

Spec = dict[str, Any]
Field = tuple[str, str]
"""A field, as in `beats.1.seconds`, and what is wrong with it."""

_HEAD = """\
# Change what you like, save and close. A line that you take out stays as it was.
# Beats: change their order, take some out, or add one: without `index`, and with a `beat` of the library.
"""
_MARK = "#!"
_DERIVED = ("kind", "repairs")
_DERIVED_IN_A_BEAT = ("role",)


class Unreadable(Exception):
    """It is no spec; the message says where and why."""


def text_of(spec: Spec) -> str:
    shown = {key: value for key, value in spec.items() if key not in _DERIVED}
    shown["beats"] = [
        {key: value for key, value in beat.items() if key not in _DERIVED_IN_A_BEAT} for beat in spec["beats"]
    ]
    return _HEAD + yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=110)


def read(text: str) -> Spec:
    """YAML, and so JSON too. Raises Unreadable."""
    try:
        found = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"line {line} is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:  # a character that YAML does not have
        raise Unreadable(" ".join(f"this is no YAML: {error}".split())) from error
    if not isinstance(found, dict):
        raise Unreadable("this is no spec: fields such as `style:` are missing")
    return found


def with_set(spec: Spec, settings: Sequence[str]) -> Spec:
    """The spec with `beats.2.action=…` and the like. Values are JSON, or else texts. Raises Unreadable."""
    changed = deepcopy(spec)
    for setting in settings:
        path, equals, value = setting.partition("=")
        *way, last = path.split(".")
        at: Any = changed
        try:
            for step in way:
                at = at[_key(at, step)]
            at[_key(at, last)] = _value(value)
        except KeyError as error:
            raise Unreadable(f"{setting!r} names no field of the spec, such as beats.2.action=…") from error
        if not equals:
            raise Unreadable(f"{setting!r} is not FIELD=VALUE")
    return changed


def changes(old: Spec, new: Spec) -> Spec:
    """Only what differs: `beats` as a list when their sequence changed, as an object of changes otherwise."""
    differing = _differing(old, {key: value for key, value in new.items() if key != "beats"})
    beats = _beats(old["beats"], new["beats"]) if "beats" in new else {}
    return {**differing, "beats": beats} if beats or beats == [] else differing


def noted(text: str, fields: Sequence[Field]) -> str:
    """The text with each problem above the line it is about; at its head where the text cannot be read."""
    lines = without_notes(text).splitlines()
    try:
        root = yaml.compose("\n".join(lines), _Loader)
    except yaml.YAMLError:
        root = None
    notes: dict[int, list[str]] = {}
    for field, problem in fields:
        notes.setdefault(_line(root, field), []).append(problem)
    shown: list[str] = []
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        shown += [f"{indent}{_MARK} {problem}" for problem in notes.get(number, [])]
        shown.append(line)
    return "\n".join(shown) + "\n"


def without_notes(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(_MARK)) + "\n"


# ---------------------------------------------------------------------- what differs


def _differing(old: Any, new: dict[str, Any]) -> dict[str, Any]:
    """The keys of `new` that differ; within objects, only theirs."""
    found = {}
    for key, value in new.items():
        before = old.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            value = _differing(before, value)
            if value:
                found[key] = value
        elif key not in old or value != before:
            found[key] = value
    return found


def _beats(old: list[Spec], new: Any) -> Any:
    if isinstance(new, dict):
        return {str(key): value for key, value in new.items()}
    if not isinstance(new, list):
        return new
    moved = [beat.get("index") if isinstance(beat, dict) else None for beat in new] != list(range(len(old)))
    if moved:
        return [_element(old, beat) for beat in new]
    changed = {str(i): _differing(old[i], beat) for i, beat in enumerate(new)}
    return {index: changes for index, changes in changed.items() if changes}


def _element(old: list[Spec], beat: Any) -> Any:
    """Of an old beat its place and what was changed; all of a new one."""
    index = beat.get("index") if isinstance(beat, dict) else None
    if isinstance(index, int) and index in range(len(old)):
        return {"index": index, **_differing(old[index], beat)}
    return beat


# ---------------------------------------------------------------------- reading


class _Loader(yaml.SafeLoader):
    """Numbers and null as JSON has them, and texts: no dates, no `yes`, no 10:30 that is 630."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"), ["n", "~", ""])


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _key(holder: Any, step: str) -> Any:
    if isinstance(holder, list) and step.isdecimal() and int(step) < len(holder):
        return int(step)
    if isinstance(holder, dict) and step in holder:
        return step
    raise KeyError(step)


def _line(root: yaml.Node | None, field: str) -> int:
    """Of the field, or of the nearest thing around it."""
    line, at = 0, root
    for step in field.split("."):
        match at:
            case yaml.MappingNode():
                found = [(key, value) for key, value in at.value if key.value == step]
            case yaml.SequenceNode() if step.isdecimal() and int(step) < len(at.value):
                found = [(at.value[int(step)], at.value[int(step)])]
            case _:
                found = []
        if not found:
            break
        key, at = found[0]
        line = key.start_mark.line
    return line
