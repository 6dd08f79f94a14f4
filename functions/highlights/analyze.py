"""analyze: what the lecture is about, part by part. Each window of the transcript is asked about in one call."""

from typing import Any

from functions.highlights.topics.merging import merged
from functions.highlights.topics.pauses import topics_without_words
from functions.highlights.topics.windows import Window, prompt_of, schema, windows
from rushes.phase import Assembly, Brief, Document, Item, Stage
from rushes.productions.recipe import Recipe, seed_for

_TEMPERATURE = 0.2
_SOURCES = ("transcript", "silence", "layout")


class Analyze:
    name = "analyze"
    reads: tuple[str, ...] = (*_SOURCES, "topics_*")

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        asked = windows(brief.documents["transcript"])
        chains = tuple(
            (Item(_name(number), _question(brief, window, number)),) for number, window in enumerate(asked)
        )
        return (chains,) if chains else ()

    def assemble(self, brief: Brief) -> Assembly:
        transcript = brief.documents["transcript"]
        asked = windows(transcript)
        content: dict[str, Any] = {"topics": [], "refused": []}
        if asked:
            answers = [brief.documents[_name(number)] for number in range(len(asked))]
            content = merged(transcript, answers).model_dump(mode="json")
        if not content["topics"]:
            rest = topics_without_words(brief.documents["layout"], brief.documents["silence"])
            content = {**rest, "refused": content["refused"]}
        sources = [*_SOURCES, *(_name(number) for number in range(len(asked)))]
        recipe = brief.models["rules"].recipe(
            parameters={"document": "topics"},
            ingredients=[brief.artifacts[name].ingredient(name) for name in sources],
        )
        return Assembly(keeps=frozenset(brief.artifacts), documents=(Document("topics", recipe, content),))


def _name(number: int) -> str:
    return f"topics_{number:02d}"


def _question(brief: Brief, window: Window, number: int) -> Recipe:
    return brief.models["topics"].recipe(
        prompt=prompt_of(window, brief.request.get("prompt")),
        parameters={
            "document": "topics",
            "schema": schema(),
            "temperature": _TEMPERATURE,
            "sentences": window.sentences,
        },
        seed=seed_for(brief.seed, _name(number)),
    )


ANALYZE = Analyze()
