"""Overrides: how a phase is run again with some of its recipes changed. Pure.

What depends on a changed artifact is changed with it, because its recipe names other ingredients then; what does not
keeps its fingerprint, and with it what was made of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter

from rushes.errors import BadRequest
from rushes.phase import Chain, Item, Stage
from rushes.productions.artifact import Artifact, awaited
from rushes.productions.recipe import Recipe, seed_for
from rushes.productions.revision import Given, MadeBy, Override, Remake, Written
from rushes.providers.models import Model
from rushes.rendering.standing_in import stand_in

Overrides = Mapping[str, Override]


@dataclass(frozen=True)
class Known:
    """What overrides may refer to. `models`: id → model; raises `BadRequest` for an unknown one."""

    versions: Mapping[tuple[str, int], Artifact]
    recipes: Mapping[str, Recipe]
    """By fingerprint."""
    models: Callable[[str], Model]
    seed: int

    def given(self, name: str, override: Given) -> Artifact:
        return self.versions[name, override.version]


@dataclass
class _Swaps:
    """Name → the fingerprint it had, and the one it has now."""

    fingerprints: dict[str, tuple[str, str]] = field(default_factory=dict)

    def note(self, name: str, before: str, now: str) -> None:
        if before != now:
            self.fingerprints[name] = (before, now)

    def applied(self, recipe: Recipe) -> Recipe:
        """The recipe with the ingredients that are others now."""
        ingredients = []
        for ingredient in recipe.ingredients:
            before, now = self.fingerprints.get(ingredient.name, ("", ""))
            swapped = ingredient.fingerprint == before
            ingredients.append(ingredient.model_copy(update={"fingerprint": now}) if swapped else ingredient)
        return recipe.model_copy(update={"ingredients": tuple(ingredients)})


@dataclass(frozen=True)
class Inputs:
    """The selection of the checkpoint before, overridden: what is there, what is still to be made, and how."""

    artifacts: Mapping[str, Artifact]
    stages: tuple[Stage, ...]


def override_inputs(inputs: Mapping[str, Artifact], overrides: Overrides, known: Known) -> Inputs:
    """Raises `BadRequest` for a text, and for what one was written from: it is edited where it was written."""
    artifacts, swaps, made_at = dict(inputs), _Swaps(), dict[str, int]()
    levels: list[list[Chain]] = []
    for name in _in_order(inputs, known):
        before, override = inputs[name], overrides.get(name)
        if override and before.media == "text":
            raise BadRequest(
                f"{name} was written in an earlier phase; edit it at the checkpoint of that phase", field=name
            )
        if isinstance(override, Given):
            artifacts[name] = known.given(name, override)
            swaps.note(name, before.fingerprint, artifacts[name].fingerprint)
            continue
        recipe = swaps.applied(known.recipes[before.fingerprint])
        if override:
            recipe = overridden(name, recipe, override, known)
        if recipe.fingerprint == before.fingerprint:
            continue
        if before.media == "text":
            raise BadRequest(
                f"{name} was written from it in an earlier phase; change it at the checkpoint of that phase",
                field="name",
            )
        artifacts[name] = awaited(name, recipe)
        swaps.note(name, before.fingerprint, recipe.fingerprint)
        needs = [made_at[i.name] + 1 for i in recipe.ingredients if i.name in made_at]
        made_at[name] = max(needs, default=0)
        while len(levels) <= made_at[name]:
            levels.append([])
        levels[made_at[name]].append((Item(name, recipe),))
    return Inputs(artifacts, tuple(tuple(level) for level in levels))


def override_stages(
    stages: tuple[Stage, ...], overrides: Overrides, known: Known
) -> tuple[tuple[Stage, ...], dict[str, Artifact]]:
    """A phase's own recipes, overridden; and what was given instead of being made."""
    swaps, given = _Swaps(), dict[str, Artifact]()

    def changed(chain: Chain) -> Chain:
        items = []
        for item in chain:
            override = overrides.get(item.name)
            if isinstance(override, Given):
                given[item.name] = known.given(item.name, override)
                swaps.note(item.name, item.recipe.fingerprint, given[item.name].fingerprint)
                continue
            recipe = swaps.applied(item.recipe)
            if override:
                recipe = overridden(item.name, recipe, override, known)
            swaps.note(item.name, item.recipe.fingerprint, recipe.fingerprint)
            items.append(replace(item, recipe=recipe))
        return tuple(items)

    changed_stages = [tuple(filter(None, map(changed, stage))) for stage in stages]
    return tuple(filter(None, changed_stages)), given


def overridden(name: str, recipe: Recipe, override: Override, known: Known) -> Recipe:
    """The recipe that is meant instead. Raises `BadRequest` when the model cannot make this."""
    if isinstance(override, MadeBy):
        return known.recipes[override.fingerprint]
    assert isinstance(override, Remake)
    if override.model:
        recipe = _for_model(name, recipe, known.models(override.model), known)
    if override.prompt is not None:
        if not recipe.prompt:
            raise BadRequest(f"{name} is made from other artifacts, not from a prompt", field="prompt")
        if recipe.media != "text":  # a text's stands in the request: `words_of`
            recipe = recipe.model_copy(update={"prompt": override.prompt})
    if override.take != recipe.take:
        fresh = {"take": override.take, "seed": seed_for(known.seed, name, override.take)}
        recipe = recipe.model_copy(update=fresh)
    if override.seed is not None:
        recipe = recipe.model_copy(update={"seed": override.seed})
    return recipe


def words_of(overrides: Overrides, stages: tuple[Stage, ...]) -> str | None:
    """The prompt that a text of this phase is to be written from instead of the request's own."""
    for stage in stages:
        for chain in stage:
            for item in chain:
                override = overrides.get(item.name)
                if item.recipe.media == "text" and isinstance(override, Remake) and override.prompt:
                    return override.prompt
    return None


def written(overrides: Overrides) -> dict[str, Written]:
    return {name: override for name, override in overrides.items() if isinstance(override, Written)}


def _for_model(name: str, recipe: Recipe, model: Model, known: Known) -> Recipe:
    usual = known.models(recipe.model)
    if model.role != usual.role:
        raise BadRequest(
            f"{model.id} is for {model.role}, and {name} needs a model for {usual.role}", field="model"
        )
    changed = stand_in(recipe, model)
    if changed is None or changed.parameters.get("seconds") != recipe.parameters.get("seconds"):
        lengths = f"; it makes {', '.join(map(str, model.lengths))} seconds" if model.lengths else ""
        raise BadRequest(f"{model.id} cannot make {name} as it has to be{lengths}", field="model")
    return changed


def _in_order(inputs: Mapping[str, Artifact], known: Known) -> list[str]:
    """What others are made from comes before them."""
    made = {(name, artifact.fingerprint) for name, artifact in inputs.items()}
    graph = {
        name: {
            i.name for i in known.recipes[artifact.fingerprint].ingredients if (i.name, i.fingerprint) in made
        }
        for name, artifact in inputs.items()
        if artifact.fingerprint in known.recipes
    }
    return list(TopologicalSorter(graph).static_order())
