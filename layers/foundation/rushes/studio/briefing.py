"""What a phase looks at, what it asks for, and the selection it leaves: for a branch, an edit and a preview alike."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rushes.errors import Refused
from rushes.phase import Brief, Document, Item, Phase, Stage, items_of, read_by, selection_of
from rushes.productions.artifact import Artifact, Version, awaited, key_of
from rushes.productions.checkpoint import Base
from rushes.productions.production import Production
from rushes.productions.recipe import Media, Recipe
from rushes.productions.revision import Given, MadeBy, Written
from rushes.records.productions import save_artifact
from rushes.services import Services
from rushes.studio.overriding import Known, Overrides, override_inputs, override_stages, words_of, written

Made = Mapping[tuple[str, str], Artifact]
"""(name, fingerprint) → the ready artifact."""


@dataclass(frozen=True)
class Run:
    """One run of a phase: from a base, with overrides."""

    phase: Phase
    brief: Brief
    """Its artifacts are the base's, overridden; some may still have to be made."""
    stages: tuple[Stage, ...]
    """All that is to be made or was: what the overrides change of the base comes first."""
    given: Mapping[str, Artifact] = field(default_factory=dict)
    """What is taken instead of being made."""
    overrides: Overrides = field(default_factory=dict)
    made: Made = field(default_factory=dict)
    """All that is there, in the whole production."""
    own: Mapping[str, Media] = field(default_factory=dict)
    """What the phase asks for by itself, before any override."""
    rewritten: Mapping[str, Document] = field(default_factory=dict)
    """Documents of the phases before, as they are to be here: in other words than they were left."""

    @property
    def items(self) -> list[Item]:
        return items_of(self.stages)

    def found(self, item: Item) -> Artifact | None:
        return self.made.get((item.name, item.recipe.fingerprint))

    def document(self, document: Document) -> Document | Artifact:
        """As it is meant: the phase's own, in a person's words, or a version that is there."""
        override = self.overrides.get(document.name)
        if isinstance(override, Written):
            return edited(self.brief, document.name, override)
        if isinstance(override, Given):
            return self.given[document.name]
        return document


class Ground:
    """What a phase begins from, each part looked up once: any number of runs are decided from it."""

    def __init__(self, services: Services, production: Production, phase: Phase, base: Base | None) -> None:
        self._services = services
        self._production = production
        self._phase = phase
        self._base = base

    def run(self, overrides: Overrides, recipes: Sequence[Recipe] = ()) -> Run:
        """`recipes` may be overridden by, too. Raises `BadRequest` when an override asks for what cannot be."""
        brief, begins = self._brief, tuple[Stage, ...]()
        rewritten: dict[str, Document] = {}
        known = Known(self.versions, {}, self._services.catalog.get, self._production.seed)
        if overrides:
            found = self._recipes_for(overrides) | {recipe.fingerprint: recipe for recipe in recipes}
            known = replace(known, recipes=found)
            rewritten = _documents_of(brief, overrides)
            brief = _saying(brief, rewritten)
            made = {name: override for name, override in overrides.items() if name not in rewritten}
            inputs = override_inputs(brief.artifacts, made, known)
            brief, begins = replace(brief, artifacts=inputs.artifacts), inputs.stages
        stages = self._phase.recipes(brief)
        if words := words_of(overrides, stages):
            brief = replace(brief, request={**brief.request, "prompt": words})
            stages = self._phase.recipes(brief)
        own: dict[str, Media] = {item.name: item.recipe.media for item in items_of(stages)}
        stages, given = override_stages(stages, overrides, known)
        documents = {
            name: self.versions[name, override.version]
            for name, override in overrides.items()
            if isinstance(override, Given) and name not in brief.artifacts
        }
        return Run(
            self._phase,
            brief,
            (*begins, *stages),
            {**documents, **given},
            overrides,
            self._made,
            own,
            rewritten,
        )

    @cached_property
    def _artifacts(self) -> list[Artifact]:
        return self._services.productions.artifacts(self._production)

    @cached_property
    def versions(self) -> dict[tuple[str, int], Artifact]:
        """(name, version) → every artifact of the production."""
        return {(artifact.name, artifact.version): artifact for artifact in self._artifacts}

    @cached_property
    def _made(self) -> Made:
        """Of two versions by one recipe (a stand-in's, and what came late) the first one is meant."""
        return {(a.name, a.fingerprint): a for a in reversed(self._artifacts) if a.ready}

    @cached_property
    def _brief(self) -> Brief:
        production, catalog = self._production, self._services.catalog
        inputs = {name: self.versions[name, version.version] for name, version in self._chosen.items()}
        models = {role: catalog.get(model) for role, model in production.models.items()}
        brief = Brief(production.request, production.seed, models, inputs)
        return read(self._services, production, brief, self._phase)

    @property
    def _chosen(self) -> Mapping[str, Version]:
        if self._base is None:
            return self._production.given
        productions, base = self._services.productions, self._base
        return productions.revision(self._production, base.checkpoint_id, base.revision).selection

    @cached_property
    def _input_recipes(self) -> dict[str, Recipe]:
        wanted = {artifact.fingerprint for artifact in self._brief.artifacts.values()}
        return self._services.productions.recipes(self._production, wanted)

    def _recipes_for(self, overrides: Overrides) -> dict[str, Recipe]:
        others = {o.fingerprint for o in overrides.values() if isinstance(o, MadeBy)}
        found = self._services.productions.recipes(self._production, others) if others else {}
        return self._input_recipes | found


def selected(
    services: Services, production: Production, checkpoint_id: str, revision: int | None = None
) -> dict[str, Artifact]:
    """The artifacts of a checkpoint's selection, at a revision or at its newest. Raises `NotFound`."""
    checkpoint = services.productions.checkpoint(production, checkpoint_id)
    chosen = services.productions.selection(production, checkpoint, revision)
    versions = {(a.name, a.version): a for a in services.productions.artifacts(production)}
    return {name: versions[name, version.version] for name, version in chosen.items()}


def read(services: Services, production: Production, brief: Brief, phase: Phase) -> Brief:
    """The brief with the contents of the documents the phase reads, as far as they are there."""
    there = [name for name, artifact in brief.artifacts.items() if artifact.ready]
    names = [name for name in read_by(phase, there) if name not in brief.documents]
    contents = {name: content_of(services, production, brief.artifacts[name]) for name in names}
    return replace(brief, documents={**brief.documents, **contents})


def content_of(services: Services, production: Production, artifact: Artifact) -> object:
    """What a document says. Raises `NotFound` when its file is gone."""
    return json.loads(services.bucket.read(key_of(production.owner, production.id, artifact.file)))


def edited(brief: Brief, name: str, override: Written) -> Document:
    """A document in a person's words. Its recipe is what it says."""
    recipe = brief.models["rules"].recipe(parameters={"document": name, "written": override.content})
    return Document(name, recipe, override.content, override.edited_from)


def _documents_of(brief: Brief, overrides: Overrides) -> dict[str, Document]:
    there = {name: override for name, override in written(overrides).items() if name in brief.artifacts}
    return {name: edited(brief, name, override) for name, override in there.items()}


def _saying(brief: Brief, documents: Mapping[str, Document]) -> Brief:
    artifacts = {name: awaited(name, document.recipe) for name, document in documents.items()}
    contents = {name: document.content for name, document in documents.items()}
    return replace(
        brief, artifacts={**brief.artifacts, **artifacts}, documents={**brief.documents, **contents}
    )


# ---------------------------------------------------------------------- what a run leaves


@dataclass(frozen=True)
class Left:
    """What a run left: its selection, and the documents among it that the phase itself writes."""

    selection: dict[str, Version]
    documents: tuple[Artifact, ...]


def left_by(services: Services, production: Production, run: Run) -> Left:
    """Everything is made: the documents are written, and the selection is complete. Writing again writes the same.

    Raises `Refused` when something is missing.
    """
    fresh = {item.name: _needed(run, item) for item in run.items}
    rewritten = {name: _write(services, production, document) for name, document in run.rewritten.items()}
    taken = {**run.given, **fresh, **rewritten}
    brief = replace(run.brief, artifacts={**run.brief.artifacts, **taken})
    brief = read(services, production, brief, run.phase)
    assembly = run.phase.assemble(brief)
    own = {
        document.name: document if isinstance(document, Artifact) else _write(services, production, document)
        for document in map(run.document, assembly.documents)
    }
    kept = {name: artifact for name, artifact in brief.artifacts.items() if name in assembly.keeps}
    documents = (*rewritten.values(), *own.values())
    return Left(selection_of({**kept, **taken, **own}), documents)


def _needed(run: Run, item: Item) -> Artifact:
    artifact = run.found(item)
    if artifact is None:
        raise Refused(f"{item.name} was to be made first, and was not", item=item.name)
    return artifact


def _write(services: Services, production: Production, document: Document) -> Artifact:
    """The document as an artifact, versioned and selected like any other."""
    says = document.content
    body = (json.dumps(says, ensure_ascii=False, indent=2) if document.ext == "json" else says).encode()
    draft = Artifact(
        media="text",
        ext=document.ext,
        bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        provider="rules",
        model=document.recipe.model,
        made_by="you" if document.edited_from else "the pipeline's rules",
        name=document.name,
        version=0,
        fingerprint=document.recipe.fingerprint,
        parents=tuple(ingredient.name for ingredient in document.recipe.ingredients),
        edited_from=document.edited_from,
        created_at=services.now(),
    )
    artifact = services.productions.allocate(production, draft)
    if artifact.ready:
        return artifact
    services.bucket.put_bytes(key_of(production.owner, production.id, artifact.file), body)
    ready = artifact.model_copy(update={"ready": True})
    services.productions.remember_recipes(production, [document.recipe])
    services.productions.remember(production, [save_artifact(production, ready)])
    return ready
