"""A model's input: the catalog's mapping, filled in from a job."""

import base64
import io
from pathlib import Path
from typing import Any

from rushes.errors import Unplayable
from rushes.providers.port import Job

DATA_URL_AT_MOST = 256_000
"""Characters. Replicate takes files of up to 256 KB in a request; its manual does not say which kilobytes."""

_FACTS = ("prompt", "seconds", "seed", "aspect_ratio", "width", "height")
_QUALITIES = (95, 90, 85, 75, 60, 40)


def input_of(job: Job) -> dict[str, Any]:
    """All of it. Raises `Unplayable` for an ingredient that is no picture."""
    pictures = {
        field: data_url(source.path())
        for field, name, _ in _references(job)
        if name not in _FACTS and (source := job.source(name))
    }
    return {**scalars_of(job), **pictures}


def scalars_of(job: Job) -> dict[str, Any]:
    """What does not come from an ingredient: enough to know a job again by."""
    constants = {field: value for field, value in job.model.input.items() if not _refers(value)}
    recipe = job.recipe
    facts = {
        **recipe.parameters,
        "prompt": recipe.prompt or None,
        "seed": recipe.seed if job.model.seed else None,
    }
    given = {field: facts.get(name) for field, name, _ in _references(job) if name in _FACTS}
    limits = {field: limit for field, _, limit in _references(job) if limit}
    for field, limit in limits.items():
        given[field] = str(given[field] or "")[:limit] or None
    return {**constants, **{field: value for field, value in given.items() if value is not None}}


def data_url(picture: Path) -> str:
    """A JPEG of the picture as a data URL of at most `DATA_URL_AT_MOST`: less quality first, then fewer pixels."""
    from PIL import Image

    try:
        with Image.open(picture) as opened:
            image = opened.convert("RGB")
    except OSError as error:
        raise Unplayable(f"“{picture.name}” is no picture that can be sent") from error
    while True:
        for quality in _QUALITIES:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality)
            url = "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
            if len(url) <= DATA_URL_AT_MOST:
                return url
        image = image.reduce(2)


def _refers(value: object) -> bool:
    return isinstance(value, str) and value.startswith("$")


def _references(job: Job) -> list[tuple[str, str, int]]:
    """(the model's field, what it refers to, its limit in characters or 0): `$prompt:300` → ("prompt", 300)."""
    parted = {field: value[1:].partition(":") for field, value in job.model.input.items() if _refers(value)}
    return [(field, name, int(limit or 0)) for field, (name, _, limit) in parted.items()]
