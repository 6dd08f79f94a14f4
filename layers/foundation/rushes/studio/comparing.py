"""Two selections side by side, artifact by artifact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rushes.productions.artifact import Artifact
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.services import Services

_ABSENT = "nothing"


@dataclass(frozen=True)
class Side:
    """A revision of a checkpoint. Money in micro-dollars: of its artifacts, and of all its branch has made."""

    checkpoint: Checkpoint
    revision: int
    artifacts: Mapping[str, Artifact]
    branch_cost: int

    @property
    def cost(self) -> int:
        return sum(artifact.cost_micro_usd for artifact in self.artifacts.values())


@dataclass(frozen=True)
class Difference:
    """One name. `recipe`: field → what it is on the left, and on the right."""

    name: str
    left: Artifact | None
    right: Artifact | None
    recipe: Mapping[str, tuple[Any, Any]]

    @property
    def same_bytes(self) -> bool:
        """Made in another way, and come out the same."""
        return bool(self.left and self.right and self.left.sha256 == self.right.sha256)


@dataclass(frozen=True)
class Comparison:
    left: Side
    right: Side
    same: tuple[str, ...]
    different: tuple[Difference, ...]


def compare(
    services: Services,
    production: Production,
    left: tuple[str, int | None],
    right: tuple[str, int | None],
) -> Comparison:
    """Two checkpoints, each at a revision or at its newest. Raises `NotFound`."""
    artifacts = services.productions.artifacts(production)
    spent: dict[str, int] = {}
    for entry in services.productions.ledger(production):
        if entry.movement == "spent":
            spent[entry.branch] = spent.get(entry.branch, 0) + entry.micro_usd
    one, other = (_side(services, production, at, artifacts, spent) for at in (left, right))
    names = [*one.artifacts, *(name for name in other.artifacts if name not in one.artifacts)]
    pairs = {name: (one.artifacts.get(name), other.artifacts.get(name)) for name in names}
    differing = {name: pair for name, pair in pairs.items() if _made(pair[0]) != _made(pair[1])}
    wanted = {artifact.fingerprint for pair in differing.values() for artifact in pair if artifact}
    recipes = services.productions.recipes(production, wanted)
    versions = {
        artifact.fingerprint: f"{artifact.name} v{artifact.version}" for artifact in reversed(artifacts)
    }
    different = [
        Difference(name, *pair, _differences(*(_facts(a, recipes, versions) for a in pair)))
        for name, pair in differing.items()
    ]
    return Comparison(one, other, tuple(n for n in names if n not in differing), tuple(different))


def _side(
    services: Services,
    production: Production,
    at: tuple[str, int | None],
    artifacts: list[Artifact],
    spent: Mapping[str, int],
) -> Side:
    checkpoint = services.productions.checkpoint(production, at[0])
    revision = at[1] or checkpoint.revision
    selection = services.productions.selection(production, checkpoint, revision)
    versions = {(a.name, a.version): a for a in artifacts}
    chosen = {name: versions[name, selected.version] for name, selected in selection.items()}
    return Side(checkpoint, revision, chosen, spent.get(checkpoint.branch, 0))


def _made(artifact: Artifact | None) -> tuple[str, str] | None:
    """By which recipe, and what came of it."""
    return (artifact.fingerprint, artifact.sha256) if artifact else None


def _facts(
    artifact: Artifact | None, recipes: Mapping[str, Recipe], versions: Mapping[str, str]
) -> dict[str, Any]:
    recipe = recipes.get(artifact.fingerprint) if artifact else None
    if recipe is None:
        return {}
    facts: dict[str, Any] = recipe.model_dump(include={"model", "prompt", "seed", "take"})
    facts |= {f"parameters.{key}": value for key, value in recipe.parameters.items()}
    for ingredient in recipe.ingredients:
        known = versions.get(ingredient.fingerprint, ingredient.fingerprint[:8])
        facts[f"made from {ingredient.name}"] = known
    return facts


def _differences(left: dict[str, Any], right: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        key: (left.get(key, _ABSENT), right.get(key, _ABSENT))
        for key in {**left, **right}
        if left.get(key, _ABSENT) != right.get(key, _ABSENT)
    }
