"""What was made, looked at: size, digest and media facts."""

import hashlib
from pathlib import Path
from typing import Any

from rushes.productions.artifact import Made
from rushes.productions.recipe import Recipe
from rushes.providers.models import Model
from rushes.providers.port import Finished


def inspected(finished: Finished, recipe: Recipe, model: Model, cost_micro_usd: int) -> Made:
    """Raises `Unplayable` when a provider's image, video or audio is none."""
    path = finished.path
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Made(
        media=recipe.media,
        ext=path.suffix.lstrip("."),
        bytes=path.stat().st_size,
        sha256=digest,
        facts={**_media_facts(path, recipe), **finished.facts},
        provider=model.provider,
        model=model.id,
        made_by=finished.made_by,
        job_id=finished.job_id,
        cost_micro_usd=cost_micro_usd,
    )


def _media_facts(path: Path, recipe: Recipe) -> dict[str, Any]:
    if recipe.media == "text":
        return {}
    from rushes.media.probe import probe

    return probe(path).told()
