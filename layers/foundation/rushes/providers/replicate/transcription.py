"""Transcripts: a prediction whose output is no file, but what was said, as JSON."""

from collections.abc import Iterator
from typing import Any

from rushes.errors import Spoiled
from rushes.providers.account import Account
from rushes.providers.heard import Span, Unbelievable, kept, span, within
from rushes.providers.languages import code_of
from rushes.providers.port import Finished, Job, Report
from rushes.providers.replicate.prediction import facts_of

_EDGES = 60
"""Seconds by which a piece may be longer than its recipe says: each of its ends lies at a pause nearby."""


def transcript_of(report: Report, job: Job, account: Account) -> Finished:
    """`words.json` in the job's folder. The model tells words only, and not how sure it is of them.

    Raises `Spoiled` for words that cannot be."""
    given = job.recipe.parameters
    try:
        words = within(_words(report.body.get("output")), given["seconds"] + _EDGES)
    except Unbelievable as error:
        raise Spoiled(f"{job.model.title} heard what cannot be: {error}", job_id=report.job_id) from None
    language = code_of(given.get("language"))
    return Finished(
        path=kept(job.folder / "words.json", job.model.id, language, [], words),
        made_by=f"{job.model.title} at {account.title}",
        facts=facts_of(report) | {"words": len(words)},
        job_id=report.job_id,
    )


def _words(output: Any) -> Iterator[Span]:
    """From `{"text", "chunks": [{"text", "timestamp": [start, end]}]}`. The last end may be missing."""
    chunks = output.get("chunks") if isinstance(output, dict) else None
    if not isinstance(chunks, list):
        raise Unbelievable("there are no words")
    for chunk in chunks:
        match chunk:
            case {"text": text, "timestamp": [start, end]}:
                yield span(text, start, start if end is None else end)
            case _:
                raise Unbelievable("a word without a time")
