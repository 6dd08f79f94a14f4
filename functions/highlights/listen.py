"""listen: what is silent, what is said and what is seen, side by side; what is said becomes one transcript.

The sound is cut into pieces, in their number by the lecture's length alone, each at a pause that it finds by itself:
so each is made and transcribed knowing nothing of the others, or of how far the silence and the layout are.
"""

from fractions import Fraction
from math import ceil

from functions.highlights.request import LECTURE
from functions.highlights.speech.transcript import Heard, joined
from rushes.media.listening.pieces import AROUND, pieces_of
from rushes.phase import Assembly, Brief, Chain, Document, Item, Stage
from rushes.productions.artifact import Artifact
from rushes.productions.recipe import Ingredient

THRESHOLD_DBFS = -35
MINIMUM = 0.5
"""Seconds of a silence."""
_REACH = 2 * AROUND
"""Seconds that a piece may be longer than even: at both of its ends."""


class Listen:
    name = "listen"
    reads: tuple[str, ...] = ("words_*",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        lecture = brief.artifacts[LECTURE]
        ingredients = [lecture.ingredient(LECTURE)]
        silence = brief.models["silence"].recipe(
            parameters={"threshold_dbfs": THRESHOLD_DBFS, "minimum": MINIMUM}, ingredients=ingredients
        )
        shown = {name: lecture.facts[name] for name in ("width", "height", "duration")}
        layout = brief.models["layout"].recipe(parameters=shown, ingredients=ingredients)
        pieces = tuple(_piece(brief, ingredients, number) for number in range(_count(lecture)))
        return (((Item("silence", silence),), (Item("layout", layout),), *pieces),)

    def assemble(self, brief: Brief) -> Assembly:
        lecture = brief.artifacts[LECTURE]
        pieces = [_heard(brief, lecture, number) for number in range(_count(lecture))]
        words = [brief.artifacts[words_name(number)] for number in range(len(pieces))]
        recipe = brief.models["rules"].recipe(
            parameters={"document": "transcript"},
            ingredients=[artifact.ingredient("words") for artifact in words],
        )
        content = joined(pieces, _length(lecture)).model_dump(mode="json")
        return Assembly(keeps=frozenset({LECTURE}), documents=(Document("transcript", recipe, content),))


def _piece(brief: Brief, lecture: list[Ingredient], number: int) -> Chain:
    length, count = _length(brief.artifacts[LECTURE]), _count(brief.artifacts[LECTURE])
    seconds = ceil(length / count)
    sound = brief.models["piece"].recipe(
        parameters={"piece": number, "pieces": count, "duration": str(length), "seconds": seconds},
        ingredients=lecture,
    )
    words = brief.models["transcript"].recipe(
        parameters={
            "seconds": seconds,
            "most_seconds": seconds + (_REACH if count > 1 else 0),
            "language": brief.request.get("language"),
        },
        ingredients=[sound.ingredient(speech_name(number), role="speech")],
    )
    return (Item(speech_name(number), sound), Item(words_name(number), words))


def speech_name(number: int) -> str:
    return f"speech_{number:02d}"


def words_name(number: int) -> str:
    return f"words_{number:02d}"


def _heard(brief: Brief, lecture: Artifact, number: int) -> Heard:
    """Where nothing was cut yet, for an estimate, a piece begins where it would without any pause."""
    facts = brief.artifacts[speech_name(number)].facts
    even = _length(lecture) / _count(lecture)
    return Heard(
        start=Fraction(facts.get("start", even * number)),
        length=Fraction(facts.get("duration", even)),
        content=brief.documents[words_name(number)],
    )


def _length(lecture: Artifact) -> Fraction:
    return Fraction(lecture.facts["duration"])


def _count(lecture: Artifact) -> int:
    return pieces_of(_length(lecture))


LISTEN = Listen()
