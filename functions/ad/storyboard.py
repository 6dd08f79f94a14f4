"""storyboard: each beat becomes an image, all at once."""

from functions.ad.frame import size_parameters
from functions.ad.prompting import image_prompt
from functions.ad.spec import Beat, Spec
from rushes.phase import Assembly, Brief, Item, Stage
from rushes.productions.recipe import Recipe, seed_for


class Storyboard:
    name = "storyboard"
    reads: tuple[str, ...] = ("spec",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        spec = Spec.model_validate(brief.documents["spec"])
        return (tuple((Item(image_name(beat), image_recipe(brief, spec, beat)),) for beat in spec.beats),)

    def assemble(self, brief: Brief) -> Assembly:
        return Assembly(keeps=frozenset({"draft", "spec"}))


def image_name(beat: Beat) -> str:
    return f"beat_{beat.index:02d}"


def image_recipe(brief: Brief, spec: Spec, beat: Beat) -> Recipe:
    return brief.models["image"].recipe(
        prompt=image_prompt(spec, beat),
        parameters=size_parameters(spec.aspect_ratio),
        seed=seed_for(brief.seed, image_name(beat)),
    )


STORYBOARD = Storyboard()
