"""Stand-ins: the recipe that is made instead when a model cannot be had, and what calls for one."""

from rushes.errors import AnswerLost, RushesError, Spoiled, Transient, Unavailable
from rushes.productions.recipe import Recipe
from rushes.providers.models import Model
from rushes.records.renders import Setback


def stand_in(recipe: Recipe, model: Model) -> Recipe | None:
    """The same recipe for another model, or None when that one cannot do it.

    A clip may come out longer, never shorter; it is cut to the length that was asked for where it is used.
    """
    parameters = dict(recipe.parameters)
    if model.lengths:
        fitting = [length for length in model.lengths if length >= parameters["seconds"]]
        if not fitting:
            return None
        parameters["seconds"] = min(fitting)
    if model.aspect_ratios and parameters.get("aspect_ratio") not in model.aspect_ratios:
        return None
    if any(ingredient.role == "first_frame" for ingredient in recipe.ingredients) and not model.first_frame:
        return None
    return recipe.model_copy(update={"model": model.id, "version": model.version, "parameters": parameters})


def setback_of(error: RushesError) -> Setback | None:
    """What another try or another model may mend; None for what is final."""
    match error:
        case Transient():
            kind = "passing"
        case Unavailable():
            kind = "unavailable"
        case AnswerLost() | Spoiled():
            kind = "paid"
        case _:
            return None
    return Setback(kind=kind, code=error.code, message=error.message)
