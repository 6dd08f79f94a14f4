"""refine: narration, captions, music and pictures become the final film, with a poster."""

from functions.ad.prompting import fit_narration
from functions.ad.spec import Beat, Spec
from rushes.media.timeline import FPS
from rushes.phase import Assembly, Brief, Item, Stage
from rushes.productions.recipe import Recipe, seed_for

LOUDNESS_LUFS = -14


class Refine:
    name = "refine"
    reads: tuple[str, ...] = ("spec",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        spec = Spec.model_validate(brief.documents["spec"])
        lines = narration(brief, spec)
        final = master_recipe(brief, spec, lines)
        poster = brief.models["poster"].recipe(ingredients=[final.ingredient("final", role="film")])
        spoken: Stage = tuple((item,) for _, item in lines)
        film: Stage = ((Item("final", final), Item("poster", poster)),)
        return (spoken, film) if spoken else (film,)

    def assemble(self, brief: Brief) -> Assembly:
        return Assembly(keeps=frozenset(brief.artifacts))


def narration(brief: Brief, spec: Spec) -> list[tuple[int, Item]]:
    """(first frame, line) for each beat that has a line. A line is cut to its beat before it is paid for."""
    if not brief.request.get("narration"):
        return []
    lines = []
    for beat, start in zip(spec.beats, beat_starts(spec), strict=True):
        text = fit_narration(beat.narration or "", beat.seconds)
        if text:
            recipe = brief.models["speech"].recipe(
                prompt=text, parameters={"seconds": beat.seconds}, seed=seed_for(brief.seed, "narration")
            )
            lines.append((start, Item(line_name(beat), recipe)))
    return lines


def line_name(beat: Beat) -> str:
    return f"narration_{beat.index:02d}"


def beat_starts(spec: Spec) -> list[int]:
    """The first frame of each beat."""
    starts = [0]
    for beat in spec.beats[:-1]:
        starts.append(starts[-1] + beat.seconds * FPS)
    return starts


def master_recipe(brief: Brief, spec: Spec, lines: list[tuple[int, Item]]) -> Recipe:
    stitched = brief.artifacts["stitched"]
    ingredients = [stitched.ingredient("picture")]
    if "music" in brief.artifacts:
        ingredients.append(brief.artifacts["music"].ingredient("music"))
    ingredients += [item.recipe.ingredient(item.name, role="narration") for _, item in lines]
    parameters = {
        "title": spec.title,
        "loudness": LOUDNESS_LUFS,
        "narration_frames": [start for start, _ in lines],
        "captions": captions(brief, spec),
    }
    return brief.models["master"].recipe(parameters=parameters, ingredients=ingredients)


def captions(brief: Brief, spec: Spec) -> list[dict[str, object]]:
    """What is read while each beat is seen: its caption, or what is said."""
    if not brief.request.get("captions"):
        return []
    shown = []
    for beat, start in zip(spec.beats, beat_starts(spec), strict=True):
        text = beat.caption or beat.narration
        if text:
            shown.append({"text": text, "start": start, "end": start + beat.seconds * FPS})
    return shown


REFINE = Refine()
