"""What people want of a checkpoint: to have something made again, put in its place, taken over, or written anew.

Each is a function from the scene to the change it asks for, so that a preview and the deed are decided alike. Taking
over has its own file: `adopting.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rushes.errors import BadRequest, Conflict
from rushes.phase import Brief
from rushes.productions.artifact import Artifact
from rushes.productions.fitting import fitting
from rushes.productions.recipe import Recipe, canonical_json
from rushes.productions.revision import Given, MadeBy, Override, Remake, Written
from rushes.studio.briefing import content_of
from rushes.studio.edits import Change, Scene, Want
from rushes.studio.overriding import Known, overridden

# ---------------------------------------------------------------------- regenerate


@dataclass(frozen=True)
class Wishes:
    """How something is to be made again; all None: as before, another take."""

    prompt: str | None = None
    model: str | None = None
    seed: int | None = None


def regenerated(name: str, wishes: Wishes) -> Want:
    def want(scene: Scene) -> Change:
        made = _maker(scene, name)
        if wishes.model:
            scene.services.catalog.require(scene.services.catalog.get(wishes.model))
        own = _own_recipe(scene, made)
        before = scene.run.overrides.get(made)
        remake = before if isinstance(before, Remake) else Remake()
        asked = {key: value for key, value in wishes.__dict__.items() if value is not None}
        changed = remake.model_copy(update=asked)
        if changed == before or not asked or _same(scene, made, own, changed):
            fresh = {"take": _next_take(scene, made), **({} if wishes.seed is not None else {"seed": None})}
            changed = changed.model_copy(update=fresh)
        drops = _documents(scene) if own.media == "text" else frozenset()
        return Change(f"{made} regenerated", (made,), {made: changed}, drops=drops)

    return want


def _maker(scene: Scene, name: str) -> str:
    """What is to be made again for `name`: itself, or, for a document the phase writes, what it is written from."""
    _refuse_given(scene, name)
    if name not in _documents(scene):
        return name
    texts = [own for own, media in scene.run.own.items() if media == "text"]
    if len(texts) != 1:
        raise BadRequest(f"{name} is written by rules, not by a model; edit it instead", field="name")
    return texts[0]


def _refuse_given(scene: Scene, name: str) -> None:
    """Raises `NotFound`, and `BadRequest` for what the production began with: all of it is made from that."""
    scene.artifact(name)
    if name in scene.production.given:
        raise BadRequest(
            f"{name} is what this production began with: for another one, begin another production",
            field="name",
        )


def _documents(scene: Scene) -> frozenset[str]:
    """What the phase writes by its own rules."""
    return frozenset(scene.names) - scene.run.own.keys() - scene.run.brief.artifacts.keys()


def _own_recipe(scene: Scene, name: str) -> Recipe:
    """As the phase would have it made, or, of what is from a phase before, as it was made."""
    without = {each: o for each, o in scene.run.overrides.items() if each != name}
    run = scene.ground.run(without)
    for item in run.items:
        if item.name == name:
            return item.recipe
    return scene.services.productions.recipe(scene.production, run.brief.artifacts[name].fingerprint)


def _same(scene: Scene, name: str, own: Recipe, changed: Remake) -> bool:
    """Whether that is how it is made already. A text is made from words that stand elsewhere: from the request."""
    if own.media == "text" and changed.prompt is not None:
        return False
    known = Known({}, {}, scene.services.catalog.get, scene.production.seed)
    fingerprint = overridden(name, own, changed, known).fingerprint
    now = next((item.recipe.fingerprint for item in scene.run.items if item.name == name), None)
    return fingerprint == (now or own.fingerprint)


def _next_take(scene: Scene, name: str) -> int:
    """One that was never made in this production."""
    productions, production = scene.services.productions, scene.production
    made = {fingerprint for known, fingerprint in scene.run.made if known == name}
    takes = [recipe.take for recipe in productions.recipes(production, made).values()]
    pending = scene.run.overrides.get(name)
    return max([*takes, pending.take if isinstance(pending, Remake) else 1]) + 1


# ---------------------------------------------------------------------- write

_LARGEST = 300_000
"""Bytes of a document in a person's words: it is a row of the table, which takes 400 kB."""


def rewritten(name: str, amend: Callable[[Any, Brief], Any]) -> Want:
    """A document in a person's words. `amend` gives what it is to say from what it says and from what its phase looked
    at; it raises `BadRequest`."""

    def want(scene: Scene) -> Change:
        artifact = scene.artifact(name)
        if name not in _documents(scene):
            raise Conflict(
                f"{name} was written in an earlier phase; edit it at that phase's checkpoint and go on from there",
                checkpoint_id=_written_at(scene, name),
            )
        override = scene.run.overrides.get(name)
        by_hand = isinstance(override, Written)
        says = override.content if by_hand else content_of(scene.services, scene.production, artifact)
        content = amend(says, scene.run.brief)
        if content == says:
            return Change(f"{name} as it is", (name,), {})
        if (size := len(canonical_json(content).encode())) > _LARGEST:
            raise BadRequest(
                f"{name} has {size // 1000} kB; {_LARGEST // 1000} kB are the most that can be edited",
                field=name,
            )
        return Change(
            f"{name} edited", (name,), {name: Written(content=content, edited_from=artifact.version)}
        )

    return want


def _written_at(scene: Scene, name: str) -> str | None:
    """The checkpoint, further up, that left this name first."""
    productions, production = scene.services.productions, scene.production
    found, base = None, scene.checkpoint.base
    while base and name in productions.revision(production, base.checkpoint_id, base.revision).selection:
        found = base.checkpoint_id
        base = productions.checkpoint(production, found).base
    return found


# ---------------------------------------------------------------------- replace


def replaced(name: str, received: Callable[[Scene], Artifact]) -> Want:
    """A file in its place. `received` gives it as an artifact of this production."""

    def want(scene: Scene) -> Change:
        _refuse_given(scene, name)
        source = received(scene)
        override, recipes = fitted(scene, name, source, exactly=False)
        return Change(f"{name} replaced by {source.made_by}", (name,), {name: override}, recipes)

    return want


def fitted(scene: Scene, name: str, source: Artifact, exactly: bool) -> tuple[Override, tuple[Recipe, ...]]:
    """How `source` takes the place of `name`: as it is, where it is a version of that very name that fits `exactly`,
    otherwise scaled and cut. Raises `BadRequest` when it cannot."""
    there = scene.artifact(name)
    most = _own_recipe(scene, name).parameters.get("seconds") if there.media == "audio" else None
    wanted = fitting(name, there.media, source.media, source.facts, there.facts, most)
    if exactly and (_fits(source, wanted) or _alike(source.facts, there.facts)):
        return Given(version=source.version), ()
    recipe = scene.services.catalog.get(f"fit_{there.media}").recipe(
        parameters=wanted,
        ingredients=[source.ingredient("source")],
    )
    return MadeBy(fingerprint=recipe.fingerprint), (recipe,)


def _fits(source: Artifact, wanted: Mapping[str, Any]) -> bool:
    """Whether fitting would leave it as it is. A sound is told in whole milliseconds."""
    if "seconds" in wanted:
        return Fraction(source.facts["duration"]) - Fraction(str(wanted["seconds"])) < Fraction(1, 1000)
    return all(source.facts.get(fact) == value for fact, value in wanted.items())


def _alike(given: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Whether they are of one size, length and rate, whatever rate that is."""
    return all(
        given.get(fact) == there.get(fact) for fact in ("width", "height", "frames", "duration", "fps")
    )
