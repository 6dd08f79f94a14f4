"""select: which parts become clips, and why. Rules alone, so it costs nothing and says its reasons."""

from functions.highlights.choice.choosing import chosen
from functions.highlights.frame import rate_of
from functions.highlights.request import LECTURE
from rushes.phase import Assembly, Brief, Document, Stage

_OPTIONS = ("clips", "shortest", "longest")


class Select:
    name = "select"
    reads: tuple[str, ...] = ("topics", "transcript", "silence")

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        return ()

    def assemble(self, brief: Brief) -> Assembly:
        options = {name: brief.request[name] for name in _OPTIONS}
        options["longest"] = max(options["longest"], options["shortest"])
        rate = rate_of(brief.artifacts[LECTURE].facts)
        topics, transcript, silence = (brief.documents[name] for name in self.reads)
        content = chosen(topics, transcript, silence, options, rate)
        recipe = brief.models["rules"].recipe(
            parameters={"document": "highlights", "options": options, "rate": str(rate)},
            ingredients=[brief.artifacts[name].ingredient(name) for name in self.reads],
        )
        return Assembly(
            keeps=frozenset(brief.artifacts), documents=(Document("highlights", recipe, content),)
        )


SELECT = Select()
