"""A document as a text to edit, and what was changed in it as the partial document that the API takes."""

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import yaml

from infra.cli.document_forms import Form

Document = dict[str, Any]
Field = tuple[str, str]
"""A field, as in `beats.1.seconds`, and what is wrong with it."""

_MARK = "#!"


class Unreadable(Exception):
    """It is no such document; the message says where and why."""


def text_of(document: Document, form: Form) -> str:
    shown = {key: value for key, value in document.items() if key not in form.derived}
    shown[form.parts] = [
        {key: value for key, value in part.items() if key not in form.derived_in_a_part}
        for part in document[form.parts]
    ]
    return form.head + yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=110)


def read(text: str) -> Document:
    """YAML, and so JSON too. Raises Unreadable."""
    try:
        found = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"line {line} is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:  # a character that YAML does not have
        raise Unreadable(" ".join(f"this is no YAML: {error}".split())) from error
    if not isinstance(found, dict):
        raise Unreadable("there are no fields in it, such as `title:`")
    return found


def with_set(document: Document, settings: Sequence[str], form: Form) -> Document:
    """The document with `beats.2.action=…` and the like. Values are JSON, or else texts; null for a part drops it.

    Raises Unreadable.
    """
    changed = deepcopy(document)
    for setting in settings:
        path, equals, value = setting.partition("=")
        *way, last = path.split(".")
        at: Any = changed
        try:
            for step in way:
                at = at[_key(at, step, form)]
            at[_key(at, last, form)] = _value(value)
        except KeyError as error:
            message = f"{setting!r} names no field of the {form.name}, such as {form.example}"
            raise Unreadable(message) from error
        if not equals:
            raise Unreadable(f"{setting!r} is not FIELD=VALUE")
    if isinstance(changed[form.parts], list):
        changed[form.parts] = [part for part in changed[form.parts] if part is not None]
    return changed


def changes(old: Document, new: Document, form: Form) -> Document:
    """Only what differs: parts as a list when their sequence changed, as an object of changes otherwise."""
    differing = _differing(old, {key: value for key, value in new.items() if key != form.parts})
    if form.parts not in new:
        return differing
    parts = _parts(old[form.parts], new[form.parts], form.key)
    return {**differing, form.parts: parts} if parts or parts == [] else differing


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


def _parts(old: list[Document], new: Any, key: str) -> Any:
    if isinstance(new, dict):
        return {str(name): value for name, value in new.items()}
    if not isinstance(new, list):
        return new
    known = {part[key]: part for part in old}
    if [_name(part, key) for part in new] != list(known):
        return [_element(known, part, key) for part in new]
    changed = {str(name): _differing(part, new[at]) for at, (name, part) in enumerate(known.items())}
    return {name: changes for name, changes in changed.items() if changes}


def _element(known: dict[Any, Document], part: Any, key: str) -> Any:
    """Of an old part what it is known by, and what was changed; all of a new one."""
    name = _name(part, key)
    return {key: name, **_differing(known[name], part)} if name in known else part


def _name(part: Any, key: str) -> str | int | None:
    """What it is known by, if anything."""
    name = part.get(key) if isinstance(part, dict) else None
    return name if isinstance(name, str | int) else None


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


def _key(holder: Any, step: str, form: Form) -> Any:
    """A part is found by its place, or by what it is known by."""
    if isinstance(holder, list):
        named = [at for at, part in enumerate(holder) if _name(part, form.key) == step]
        if named:
            return named[0]
        if step.isdecimal() and int(step) < len(holder):
            return int(step)
    if isinstance(holder, dict) and (step in holder or (form.key in holder and step in form.asides)):
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
