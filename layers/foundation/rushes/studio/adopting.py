"""Adopting: what another checkpoint of the production has is taken over, one thing or all that differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rushes.errors import NotFound
from rushes.productions.artifact import Artifact, Selection
from rushes.productions.recipe import Recipe
from rushes.productions.revision import Given, Override, Written
from rushes.studio.briefing import content_of
from rushes.studio.changes import fitted
from rushes.studio.edits import Change, Scene, Want


@dataclass(frozen=True)
class Elsewhere:
    """Where something is taken from: a checkpoint of the same production, at its newest revision if none is named."""

    checkpoint_id: str
    revision: int | None = None


@dataclass(frozen=True)
class Choice:
    """A document that says what the phase after it makes. What is adopted of that is chosen as it was there, too:
    otherwise the document would speak of another film than the one that is seen."""

    document: str
    covers: Callable[[str], bool]
    """Whether what has this name is made as the document says."""
    taken: Callable[[Any, Any, Mapping[str, str] | None], Any]
    """What it says, what it says there, and what is taken, by its name and its name there, or None for all → what it is
    to say. Raises `BadRequest`."""


Choices = Callable[[str], Choice | None]
"""A production's kind → what is chosen in it."""


def _none(_kind: str) -> None:
    """Nothing is chosen anywhere."""


def adopted(name: str, elsewhere: Elsewhere, from_name: str | None = None, choices: Choices = _none) -> Want:
    def want(scene: Scene) -> Change:
        there = _selection(scene, elsewhere)
        source = _found(scene, elsewhere, there, from_name or name)
        what = f"{name} adopted: {source.name} v{source.version}"
        if chosen := _chosen(scene, there, {name: source.name}, choices(scene.production.kind)):
            as_it_is = _as_it_is(name, source)
            return Change(what, (name,), chosen | as_it_is, drops=frozenset({name} - as_it_is.keys()))
        override, recipes = _adopted(scene, name, source)
        return Change(what, (name,), {name: override}, recipes)

    return want


def merged(elsewhere: Elsewhere, names: Sequence[str] | None, choices: Choices = _none) -> Want:
    """All of these that differ; without names, all that differ and can be taken over."""

    def want(scene: Scene) -> Change:
        there = _selection(scene, elsewhere)
        wanted = names if names is not None else [name for name in scene.names if name in there]
        choice = choices(scene.production.kind)
        taken = None if names is None else {name: name for name in names}
        overrides = _chosen(scene, there, taken, choice)
        chosen = {name for name in wanted if overrides and choice and choice.covers(name)}
        recipes: list[Recipe] = []
        for name in wanted:
            source = _found(scene, elsewhere, there, name)
            if name in chosen:
                overrides |= _as_it_is(name, source)
            elif _is_taken(scene, name, source, all_of_it=names is None):
                overrides[name], more = _adopted(scene, name, source)
                recipes += more
        what = f"{', '.join(overrides) or 'nothing'} adopted from another checkpoint"
        return Change(what, tuple(overrides), overrides, tuple(recipes), frozenset(chosen - overrides.keys()))

    return want


def _is_taken(scene: Scene, name: str, source: Artifact, all_of_it: bool) -> bool:
    if source.fingerprint == scene.artifact(name).fingerprint:
        return False
    edited_elsewhere = source.media == "text" and name in scene.run.brief.artifacts
    return not (all_of_it and edited_elsewhere)


def _chosen(
    scene: Scene, there: Selection, names: Mapping[str, str] | None, choice: Choice | None
) -> dict[str, Override]:
    """What the choice is to say, if taking these over changes it."""
    documents = scene.run.brief.documents
    if choice is None or choice.document not in documents or choice.document not in there:
        return {}
    covered = None if names is None else {name: own for name, own in names.items() if choice.covers(name)}
    if covered == {}:
        return {}
    document = scene.ground.versions[choice.document, there[choice.document].version]
    says = documents[choice.document]
    changed = choice.taken(says, content_of(scene.services, scene.production, document), covered)
    if changed == says:
        return {}
    edited_from = scene.artifact(choice.document).version
    return {choice.document: Written(content=changed, edited_from=edited_from)}


def _as_it_is(name: str, source: Artifact) -> dict[str, Override]:
    """What is chosen alike is made alike, or was put in its place. A text follows from the choice."""
    return {name: Given(version=source.version)} if source.name == name and source.media != "text" else {}


def _adopted(scene: Scene, name: str, source: Artifact) -> tuple[Override, tuple[Recipe, ...]]:
    there = scene.artifact(name)
    if there.media == source.media == "text" and source.name == name:
        return Given(version=source.version), ()
    return fitted(scene, name, source, exactly=source.name == name)


def _found(scene: Scene, elsewhere: Elsewhere, there: Selection, name: str) -> Artifact:
    chosen = there.get(name)
    if chosen is None:
        raise NotFound(f"that checkpoint has no {name}", name=name, checkpoint_id=elsewhere.checkpoint_id)
    return scene.ground.versions[name, chosen.version]


def _selection(scene: Scene, elsewhere: Elsewhere) -> Selection:
    productions, production = scene.services.productions, scene.production
    checkpoint = productions.checkpoint(production, elsewhere.checkpoint_id)
    return productions.selection(production, checkpoint, elsewhere.revision)
