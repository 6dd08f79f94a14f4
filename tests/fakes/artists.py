"""Fake artists, and a pipeline of two phases that needs no media: for tests of everything around them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from functions.pipelines import commissioned
from rushes.phase import Assembly, Brief, Document, Item, Stage
from rushes.productions.commission import Commission
from rushes.productions.recipe import Recipe
from rushes.providers.port import Finished, Job


class FakeArtist:
    """Writes the prompt down. `before` is called first with each job, to fail or to look on."""

    name = "fake"

    def __init__(self) -> None:
        self.jobs: list[Recipe] = []
        self.before: Callable[[Job], None] = lambda job: None

    def submit(self, job: Job) -> Finished:
        self.jobs.append(job.recipe)
        self.before(job)
        path = job.folder / "made.json"
        read = [source.path().read_text() for source in job.sources]
        path.write_text('"' + job.recipe.prompt + "".join(text.strip('"') for text in read) + '"')
        return Finished(path, made_by="a fake")


def short(body: Mapping[str, Any]) -> Commission:
    """An ad's request, for the pipeline of two phases."""
    return replace(commissioned(body), phases=tuple(PHASES))


def text_recipe(prompt: str, **more: object) -> Recipe:
    return Recipe.model_validate(
        {"media": "text", "model": "sketch_text", "version": "1", "prompt": prompt, **more}
    )


class Words:
    """Two chains: `first` then `second` made from it, and beside them `third`."""

    name = "words"
    reads = ()

    @cached_property
    def _first(self) -> Recipe:
        return text_recipe("a")

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        second = text_recipe("b", ingredients=[self._first.ingredient("first", role="start")])
        return (((Item("first", self._first), Item("second", second)), (Item("third", text_recipe("c")),)),)

    def assemble(self, brief: Brief) -> Assembly:
        recipe = text_recipe("d", ingredients=[self._first.ingredient("first", role="start")])
        return Assembly(keeps=frozenset(), documents=(Document("notes", recipe, {"from": "first"}),))


class Sentence:
    """Reads what `words` wrote."""

    name = "sentence"
    reads = ("notes",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        return (((Item("sentence", text_recipe(brief.documents["notes"]["from"])),),),)

    def assemble(self, brief: Brief) -> Assembly:
        return Assembly(keeps=frozenset(brief.artifacts))


PHASES = {"words": Words(), "sentence": Sentence()}
