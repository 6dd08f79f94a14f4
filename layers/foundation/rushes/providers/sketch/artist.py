"""sketch, the embedded artist: needs no key and no network, draws, films, composes and mumbles on the CPU.

Everything it makes says that it is a sketch.
"""

import json
from pathlib import Path
from typing import Any

from rushes.errors import BadRequest
from rushes.productions.recipe import Recipe
from rushes.providers.port import Finished, Job


class Sketch:
    """A `Provider` whose jobs are finished at once."""

    name = "sketch"

    def submit(self, job: Job) -> Finished:
        make = {"text": _write, "image": _paint, "video": _film}.get(job.recipe.media, _sound)
        return Finished(
            path=make(job), made_by="sketch: drawn on this machine's CPU, not by a generative model"
        )


def _write(job: Job) -> Path:
    given = job.recipe.parameters
    match given["document"]:
        case "ad":
            from rushes.providers.sketch.writer import write_ad

            said = write_ad(given["brief"], given["library"], given["archetypes"], job.recipe.seed)
        case "topics":
            from rushes.providers.sketch.topics import topics_by_words

            said = topics_by_words(given)
        case other:
            raise BadRequest(f"the sketch writer does not write {other!r}")
    path = job.folder / f"{given['document']}.json"
    path.write_text(json.dumps(said, ensure_ascii=False))
    return path


def _paint(job: Job) -> Path:
    from rushes.providers.sketch.painter import paint

    path = job.folder / "image.png"
    path.write_bytes(paint(job.recipe.prompt, *_size(job.recipe), job.recipe.seed))
    return path


def _film(job: Job) -> Path:
    from rushes.providers.sketch.film import film

    first_frame = job.path("first_frame")
    if first_frame is None:
        raise BadRequest("a film starts from an image: the recipe has no first_frame")
    path = job.folder / "film.mp4"
    width, height = _size(job.recipe)
    film(
        job.recipe.prompt, first_frame, job.recipe.parameters["seconds"], width, height, job.recipe.seed, path
    )
    return path


def _sound(job: Job) -> Path:
    seconds: Any = job.recipe.parameters["seconds"]
    if job.recipe.model == "sketch_speech":
        from rushes.providers.sketch.voice import speak

        path = job.folder / "voice.mp3"
        speak(job.recipe.prompt, seconds, job.recipe.seed, path)
        return path
    from rushes.providers.sketch.composer import compose

    path = job.folder / "music.mp3"
    compose(job.recipe.prompt, seconds, job.recipe.seed, path)
    return path


def _size(recipe: Recipe) -> tuple[int, int]:
    return recipe.parameters["width"], recipe.parameters["height"]
