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

from rushes.phase import Brief, Document, Phase
from rushes.productions.artifact import Artifact, awaited, file_name, key_of
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.providers.models import Estimate, Model
from rushes.providers.port import Job
from rushes.services import Services
from rushes.studio.briefing import Run, content_of, read

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
        return total([item.money for item in self.items])


@dataclass(frozen=True)
class ProductionEstimate:
    """`exact` is false where a text had to be imagined: the recipes after it will have other words, but cost alike."""

    phases: tuple[PhaseEstimate, ...]
    exact: bool

    @property
    def money(self) -> Estimate:
        return total([phase.money for phase in self.phases])

    @property
    def seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @property
    def sequential_seconds(self) -> float:
        """If everything were made one after the other."""
        return sum(item.seconds for phase in self.phases for item in phase.items)


def estimate(
    services: Services, production: Production, phases: Sequence[Phase], given: Sequence[Artifact] = ()
) -> ProductionEstimate:
    """Of a production that need not be recorded. Nothing is written, and no provider is asked."""
    models = {role: services.catalog.get(model) for role, model in production.models.items()}
    artifacts = {artifact.name: artifact for artifact in given}
    brief = Brief(production.request, production.seed, models, artifacts)
    return _from(services, production, phases, brief, exact=True)


def estimate_after(
    services: Services, production: Production, run: Run, phases: Sequence[Phase]
) -> ProductionEstimate:
    """Of what going on from a run would make in `phases`, those that follow it."""
    brief, exact = _after(services, production, run)
    return _from(services, production, phases, brief, exact)


def _from(
    services: Services, production: Production, phases: Sequence[Phase], brief: Brief, exact: bool
) -> ProductionEstimate:
    estimates: list[PhaseEstimate] = []
    for phase in phases:
        brief = read(services, production, brief, phase)
        run = Run(phase, brief, phase.recipes(brief))
        estimates.append(estimate_of(services, production, run))
        brief, known = _after(services, production, run)
        exact = exact and known
    return ProductionEstimate(tuple(estimates), exact)


def estimate_of(services: Services, production: Production, run: Run) -> PhaseEstimate:
    """Of one phase's run."""
    recipes = [item.recipe for item in run.items]
    done = services.renders.done(production.owner, {recipe.fingerprint for recipe in recipes})
    items: dict[str, ItemEstimate] = {}
    for item in run.items:
        model, reused = services.catalog.get(item.recipe.model), item.recipe.fingerprint in done
        money = NOTHING if reused else model.estimate(item.recipe)
        items[item.name] = ItemEstimate(item.name, model, money, 0 if reused else model.seconds, reused)
    longest = [
        max(sum(items[item.name].seconds for item in chain) for chain in stage)
        for stage in run.stages
        if stage
    ]
    return PhaseEstimate(run.phase.name, tuple(items.values()), sum(longest))


def _after(services: Services, production: Production, run: Run) -> tuple[Brief, bool]:
    """What the phase after this one may look at, and whether its texts are known."""
    recipes = {item.name: item.recipe for item in run.items}
    texts = {
        name: _text(services, production, recipe)
        for name, recipe in recipes.items()
        if recipe.media == "text"
    }
    contents = {name: content for name, (content, _) in texts.items()}
    given = {name: artifact for name, artifact in run.given.items() if artifact.is_document}
    contents |= {name: content_of(services, production, artifact) for name, artifact in given.items()}
    made = {**run.given, **{name: awaited(name, recipe) for name, recipe in recipes.items()}}
    brief = run.brief
    full = replace(brief, artifacts={**brief.artifacts, **made}, documents={**brief.documents, **contents})
    assembly = run.phase.assemble(full)
    for document in map(run.document, assembly.documents):
        if isinstance(document, Document):
            contents[document.name] = document.content
            made[document.name] = awaited(document.name, document.recipe)
    kept = {name: artifact for name, artifact in brief.artifacts.items() if name in assembly.keeps}
    after = replace(full, artifacts={**kept, **made}, documents={**full.documents, **contents})
    return after, all(known for _, known in texts.values())


def _text(services: Services, production: Production, recipe: Recipe) -> tuple[Any, bool]:
    """What the recipe wrote, or may write; and whether that is sure."""
    render = services.renders.find(production.owner, recipe.fingerprint)
    if render and render.made and render.origin:
        origin = render.origin
        file = file_name(origin.name, origin.version, render.made.ext)
        return json.loads(services.bucket.read(key_of(production.owner, origin.production_id, file))), True
    model = services.catalog.get(recipe.model)
    free = model if model.free and not model.needs else services.catalog.free(model.role)
    with tempfile.TemporaryDirectory(prefix="rushes-") as folder:
        job = Job(recipe, (), Path(folder), free)
        imagined = services.catalog.provider(free.provider).submit(job)
        return json.loads(imagined.path.read_text()), free is model and not recipe.ingredients


def total(estimates: Sequence[Estimate]) -> Estimate:
    return reduce(add, estimates, NOTHING)
