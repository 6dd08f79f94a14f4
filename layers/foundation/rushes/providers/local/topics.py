"""Topics by meaning: sentences near each other in the space of embeddings belong together, whatever their words."""

import json

from rushes.providers.local.embeddings import embedded
from rushes.providers.port import Finished, Job
from rushes.providers.topical.answer import answered
from rushes.providers.topical.sentences import sentences_of


def topics_by_meaning(job: Job) -> Finished:
    """Raises `BadRequest` for a recipe without sentences, `Unavailable` without the extra `lectures`."""
    said = answered(sentences_of(job.recipe.parameters), embedded)
    path = job.folder / "topics.json"
    path.write_text(json.dumps(said, ensure_ascii=False))
    return Finished(
        path=path, made_by="all-MiniLM-L6-v2 on this machine's CPU: topics by sentence embeddings"
    )
