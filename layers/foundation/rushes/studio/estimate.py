"""What a production would cost, and how long it would take, before anything is made.

The phases are asked for their recipes one after the other, as a run asks them; what has a result already costs nothing.
What a later phase reads and no model has written yet is imagined by the model that is free.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from rushes.phase import Brief, Phase, Stage, items_of
from rushes.productions.artifact import Artifact, file_name, key_of
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.providers.models import Estimate, Model
from rushes.providers.port import Job
from rushes.services import Services

NOTHING = Estimate(0, 0)


@dataclass(frozen=True)
class ItemEstimate:
    """One artifact. Money in micro-dollars, time in seconds: both nothing when it is there already."""

    name: str
    model: Model
    money: Estimate
    seconds: float
    reused: bool


@dataclass(frozen=True)
class PhaseEstimate:
    """`seconds` along the longest chain of each stage: chains are made side by side."""

    phase: str
    items: tuple[ItemEstimate, ...]
    seconds: float

    @property
    def money(self) -> Estimate:
        return _sum([item.money for item in self.items])


@dataclass(frozen=True)
class ProductionEstimate:
    """`exact` is false where a text had to be imagined: the recipes after it will have other words, but cost alike."""

    phases: tuple[PhaseEstimate, ...]
    exact: bool

    @property
    def money(self) -> Estimate:
        return _sum([phase.money for phase in self.phases])

    @property
    def seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @property
    def sequential_seconds(self) -> float:
        """If everything were made one after the other."""
        return sum(item.seconds for phase in self.phases for item in phase.items)


def estimate(services: Services, production: Production, phases: Sequence[Phase]) -> ProductionEstimate:
    """Of a production that need not be recorded. Nothing is written, and no provider is asked."""
    models = {role: services.catalog.get(model) for role, model in production.models.items()}
    brief = Brief(production.request, production.seed, models)
    estimates: list[PhaseEstimate] = []
    exact = True
    for phase in phases:
        stages = phase.recipes(brief)
        estimates.append(_phase_estimate(services, production, phase.name, stages))
        recipes = {item.name: item.recipe for item in items_of(stages)}
        texts = {name: _text(services, production, recipes[name]) for name in phase.reads if name in recipes}
        exact = exact and all(known for _, known in texts.values())
        brief = _after(brief, phase, recipes, {name: content for name, (content, _) in texts.items()})
    return ProductionEstimate(tuple(estimates), exact)


def _phase_estimate(
    services: Services, production: Production, phase: str, stages: tuple[Stage, ...]
) -> PhaseEstimate:
    recipes = [item.recipe for item in items_of(stages)]
    done = services.renders.done(production.owner, {recipe.fingerprint for recipe in recipes})
    items: dict[str, ItemEstimate] = {}
    for item in items_of(stages):
        model, reused = services.catalog.get(item.recipe.model), item.recipe.fingerprint in done
        money = NOTHING if reused else model.estimate(item.recipe)
        items[item.name] = ItemEstimate(item.name, model, money, 0 if reused else model.seconds, reused)
    longest = [
        max(sum(items[item.name].seconds for item in chain) for chain in stage) for stage in stages if stage
    ]
    return PhaseEstimate(phase, tuple(items.values()), sum(longest))


def _after(brief: Brief, phase: Phase, recipes: dict[str, Recipe], texts: dict[str, Any]) -> Brief:
    """What the phase after this one may look at."""
    made = {name: _placeholder(name, recipe) for name, recipe in recipes.items()}
    full = replace(brief, artifacts={**brief.artifacts, **made}, documents={**brief.documents, **texts})
    assembly = phase.assemble(full)
    written = {document.name: _placeholder(document.name, document.recipe) for document in assembly.documents}
    kept = {name: artifact for name, artifact in brief.artifacts.items() if name in assembly.keeps}
    contents = {document.name: document.content for document in assembly.documents}
    return replace(full, artifacts={**kept, **made, **written}, documents={**full.documents, **contents})


def _text(services: Services, production: Production, recipe: Recipe) -> tuple[Any, bool]:
    """What the recipe wrote, or may write; and whether that is sure."""
    render = services.renders.find(production.owner, recipe.fingerprint)
    if render and render.made and render.origin:
        origin = render.origin
        file = file_name(origin.name, origin.version, render.made.ext)
        return json.loads(services.bucket.read(key_of(production.owner, origin.production_id, file))), True
    model = services.catalog.get(recipe.model)
    free = model if model.free else services.catalog.free(model.role)
    with tempfile.TemporaryDirectory(prefix="rushes-") as folder:
        job = Job(recipe, (), Path(folder), free)
        imagined = services.catalog.provider(free.provider).submit(job)
        return json.loads(imagined.path.read_text()), model.free


def _placeholder(name: str, recipe: Recipe) -> Artifact:
    """An artifact that is not there yet: only its name and fingerprint are true."""
    return Artifact(
        media=recipe.media,
        ext="",
        bytes=0,
        sha256="",
        provider="",
        model=recipe.model,
        made_by="",
        name=name,
        version=0,
        fingerprint=recipe.fingerprint,
        created_at="",
    )


def _sum(estimates: Sequence[Estimate]) -> Estimate:
    return reduce(add, estimates, NOTHING)
