"""This machine: models that run here, with weights that come as packages. Nothing is asked over the network."""

from collections.abc import Callable
from importlib import import_module

from rushes.providers.models import Role
from rushes.providers.port import Finished, Job

_MAKERS: dict[Role, str] = {
    "transcript": "rushes.providers.local.whisper:transcribed",
    "topics": "rushes.providers.local.topics:topics_by_meaning",
}
"""Role → module and function, imported when it is first needed: a model's weights are no part of a cold start."""


class Local:
    """A `Provider` whose jobs are finished at once. What a model needs is its `needs` in the catalog."""

    name = "local"

    def submit(self, job: Job) -> Finished:
        module, _, function = _MAKERS[job.model.role].partition(":")
        make: Callable[[Job], Finished] = getattr(import_module(module), function)
        return make(job)
