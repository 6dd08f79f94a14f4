"""chunks: each image becomes moving pictures; the music is made beside them, and the film is stitched.

A beat is a chain of chunks of the model's length: the first begins with the beat's storyboard image, each later one
with the last frame of the one before. Chains know nothing of each other, so the wall time is the longest, not the sum.
"""

from functions.ad.frame import size_parameters
from functions.ad.prompting import music_prompt, video_prompt
from functions.ad.spec import Beat, Spec
from functions.ad.storyboard import image_name
from rushes.media.timeline import FPS
from rushes.phase import Assembly, Brief, Chain, Item, Stage
from rushes.productions.recipe import Ingredient, Recipe, seed_for
from rushes.providers.models import Model


class Chunks:
    name = "chunks"
    reads: tuple[str, ...] = ("spec",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        spec = Spec.model_validate(brief.documents["spec"])
        chains = [chain_of(brief, spec, beat) for beat in spec.beats]
        music: tuple[Chain, ...] = (
            ((Item("music", music_recipe(brief, spec)),),) if wants_music(brief) else ()
        )
        stitched = Item("stitched", stitch_recipe(brief, spec, chains))
        return ((*chains, *music), ((stitched,),))

    def assemble(self, brief: Brief) -> Assembly:
        spec = Spec.model_validate(brief.documents["spec"])
        return Assembly(keeps=frozenset({"draft", "spec", *(image_name(beat) for beat in spec.beats)}))


def chain_of(brief: Brief, spec: Spec, beat: Beat) -> Chain:
    """The beat's chunks, each an ingredient of the next."""
    model = brief.models["video"]
    start = brief.artifacts[image_name(beat)].ingredient("first_frame")
    chain: list[Item] = []
    for part, seconds in enumerate(chunk_lengths(model, beat.seconds)):
        name = chunk_name(beat, part)
        recipe = model.recipe(
            prompt=video_prompt(spec, beat, part),
            parameters={**size_parameters(spec.aspect_ratio), "seconds": seconds},
            seed=seed_for(brief.seed, name),
            ingredients=[start],
        )
        chain.append(Item(name, recipe))
        start = recipe.ingredient(name, role="first_frame", moment="last_frame")
    return tuple(chain)


def chunk_name(beat: Beat, part: int) -> str:
    """`part` counts from 0."""
    return f"chunk_{beat.index:02d}" if part == 0 else f"chunk_{beat.index:02d}_{part + 1}"


def chunk_lengths(model: Model, seconds: int) -> list[int]:
    """The model's lengths that cover `seconds` with the least to trim, then with the fewest chunks."""
    best: dict[int, list[int]] = {0: []}
    for covered in range(seconds):
        if covered not in best:
            continue
        for length in model.lengths:
            longer = [*best[covered], length]
            reached = covered + length
            if reached not in best or len(longer) < len(best[reached]):
                best[reached] = longer
    reached = min(total for total in best if total >= seconds)
    return sorted(best[reached], reverse=True)


def stitch_recipe(brief: Brief, spec: Spec, chains: list[Chain]) -> Recipe:
    """Every chain trimmed to its beat's length, to the frame."""
    frames: list[int] = []
    ingredients: list[Ingredient] = []
    for beat, chain in zip(spec.beats, chains, strict=True):
        left = beat.seconds * FPS
        for item in chain:
            length = min(left, item.recipe.parameters["seconds"] * FPS)
            left -= length
            frames.append(length)
            ingredients.append(item.recipe.ingredient(item.name, role="segment"))
    parameters = {
        **size_parameters(spec.aspect_ratio),
        "frames": frames,
        "keep_audio": brief.models["video"].native_audio,
    }
    return brief.models["stitch"].recipe(parameters=parameters, ingredients=ingredients)


def wants_music(brief: Brief) -> bool:
    """Yes by default; a video model with sound of its own is left alone unless music is asked for."""
    asked = brief.request.get("music")
    return not brief.models["video"].native_audio if asked is None else asked


def music_recipe(brief: Brief, spec: Spec) -> Recipe:
    return brief.models["music"].recipe(
        prompt=music_prompt(spec), parameters={"seconds": spec.duration}, seed=seed_for(brief.seed, "music")
    )


CHUNKS = Chunks()
