"""plan: the prompt becomes a spec. One model call drafts it; the rules make every rule of it true."""

from functions.ad.archetypes import archetypes
from functions.ad.beats import library
from functions.ad.prompting import DRAFT_SCHEMA, plan_prompt, temperature
from functions.ad.repair import repair
from functions.ad.request import AdRequest
from functions.ad.spec import Draft
from rushes.phase import Assembly, Brief, Document, Item, Stage
from rushes.productions.recipe import Recipe, seed_for

_FLOW = {"auto_continue", "pause_at", "model", "models", "budget_usd", "client_id", "campaign_id"}
"""What a request says about the production's course, not about the film: no part of any recipe."""


class Plan:
    name = "plan"
    reads: tuple[str, ...] = ("draft",)

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        return (((Item("draft", _draft(brief)),),),)

    def assemble(self, brief: Brief) -> Assembly:
        request = AdRequest.model_validate(brief.request)
        spec = repair(Draft.model_validate(brief.documents["draft"]), request)
        draft = brief.artifacts["draft"]
        recipe = brief.models["rules"].recipe(
            parameters={"document": "spec", "request": _wanted(request)},
            ingredients=[draft.ingredient("draft")],
        )
        content = spec.model_dump(mode="json")
        return Assembly(keeps=frozenset({"draft"}), documents=(Document("spec", recipe, content),))


def _draft(brief: Brief) -> Recipe:
    request = AdRequest.model_validate(brief.request)
    return brief.models["text"].recipe(
        prompt=plan_prompt(request),
        parameters={
            "document": "ad",
            "schema": DRAFT_SCHEMA,
            "temperature": temperature(request.creativity),
            "brief": _wanted(request),
            "library": [beat.model_dump(mode="json") for beat in library().values()],
            "archetypes": [archetype.model_dump(mode="json") for archetype in archetypes().values()],
        },
        seed=seed_for(brief.seed, "draft"),
    )


def _wanted(request: AdRequest) -> dict[str, object]:
    return request.model_dump(mode="json", exclude=_FLOW)


PLAN = Plan()
