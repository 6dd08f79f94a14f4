"""compile: every chosen part becomes a clip, side by side; then all of them become a reel.

A clip's recipe says all that its picture needs and nothing of the others': where one is changed, one is made again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from functions.highlights.frame import clip_size, frame_at, rate_of, size_of
from functions.highlights.framing import shots
from functions.highlights.names import subtitles_name, thumbnail_name
from functions.highlights.request import LECTURE
from functions.highlights.speech.subtitles import pages, vtt
from functions.highlights.speech.transcript import Transcript
from rushes.phase import Assembly, Brief, Chain, Document, Item, Stage
from rushes.productions.recipe import Recipe

LOUDNESS_LUFS = -14
_CROSSFADE = Fraction(1, 2)
_BACKGROUND = "#101418"
_CHARACTERS = {"9:16": 22, "1:1": 30}
"""Of a caption's line; elsewhere there is room for as many as subtitles have."""
_USUAL_CHARACTERS = 42


@dataclass(frozen=True)
class Cut:
    """A chosen part, to the frame."""

    id: str
    start: int
    frames: int
    says: Mapping[str, Any]


class Compile:
    name = "compile"
    reads: tuple[str, ...] = ("highlights", "transcript", "layout")

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        said = transcript_of(brief)
        clips = {cut.id: clip_recipe(brief, cut, said) for cut in cuts(brief)}
        chains = tuple(_chain(brief, name, recipe) for name, recipe in clips.items())
        if len(clips) < 2 or not brief.request.get("reel", True):
            return (chains,) if chains else ()
        return (chains, ((Item("reel", reel_recipe(brief, clips)),),))

    def assemble(self, brief: Brief) -> Assembly:
        said = transcript_of(brief)
        beside = brief.request.get("captions") != "none" and said.heard
        documents = tuple(_subtitles(brief, cut, said) for cut in cuts(brief)) if beside else ()
        return Assembly(keeps=frozenset(brief.artifacts), documents=documents)


def cuts(brief: Brief) -> list[Cut]:
    """In the reel's order."""
    rate = rate_of(brief.artifacts[LECTURE].facts)
    found = []
    for clip in brief.documents["highlights"]["clips"]:
        start, end = frame_at(clip["start"], rate), frame_at(clip["end"], rate)
        found.append(Cut(clip["id"], start, end - start, clip))
    return found


def transcript_of(brief: Brief) -> Transcript:
    """Read once for all clips: it may have tens of thousands of words."""
    return Transcript.model_validate(brief.documents["transcript"])


def _chain(brief: Brief, name: str, recipe: Recipe) -> Chain:
    thumbnail = brief.models["thumbnail"].recipe(ingredients=[recipe.ingredient(name, role="film")])
    return (Item(name, recipe), Item(thumbnail_name(name), thumbnail))


def clip_recipe(brief: Brief, cut: Cut, said: Transcript) -> Recipe:
    lecture, aspect = brief.artifacts[LECTURE], brief.request.get("aspect_ratio", "16:9")
    rate = rate_of(lecture.facts)
    width, height = clip_size(aspect, lecture.facts)
    parameters = {
        "rate": str(rate),
        "start": cut.start,
        "frames": cut.frames,
        "width": width,
        "height": height,
        "background": _BACKGROUND,
        "shots": shots(
            brief.documents["layout"], cut.start, cut.frames, rate, aspect, size_of(lecture.facts)
        ),
        "captions": _captions(brief, cut, said, rate, aspect),
        "emphasis": brief.request.get("emphasis", True),
        "loudness": LOUDNESS_LUFS,
        "title": cut.says["title"],
        "topic": cut.says["topic"] or "",
    }
    return brief.models["clip"].recipe(parameters=parameters, ingredients=[lecture.ingredient(LECTURE)])


def reel_recipe(brief: Brief, clips: Mapping[str, Recipe]) -> Recipe:
    facts = brief.artifacts[LECTURE].facts
    rate = rate_of(facts)
    width, height = clip_size(brief.request.get("aspect_ratio", "16:9"), facts)
    parameters = {
        "rate": str(rate),
        "crossfade_frames": round(_CROSSFADE * rate),
        "width": width,
        "height": height,
        "title": brief.request.get("title") or "",
    }
    ingredients = [recipe.ingredient(name, role="clip") for name, recipe in clips.items()]
    return brief.models["reel"].recipe(parameters=parameters, ingredients=ingredients)


def _captions(brief: Brief, cut: Cut, said: Transcript, rate: Fraction, aspect: str) -> list[dict[str, Any]]:
    if brief.request.get("captions", "burned") != "burned":
        return []
    characters = _CHARACTERS.get(aspect, _USUAL_CHARACTERS)
    return pages(said, cut.start, cut.frames, rate, characters=characters)


def _subtitles(brief: Brief, cut: Cut, said: Transcript) -> Document:
    """What is said in the clip, in a file beside it."""
    rate = rate_of(brief.artifacts[LECTURE].facts)
    recipe = brief.models["rules"].recipe(
        parameters={"document": "subtitles", "start": cut.start, "frames": cut.frames, "rate": str(rate)},
        ingredients=[brief.artifacts["transcript"].ingredient("transcript")],
    )
    text = vtt(said, cut.start / rate, (cut.start + cut.frames) / rate)
    return Document(subtitles_name(cut.id), recipe, text, ext="vtt")


COMPILE = Compile()
