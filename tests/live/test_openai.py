"""The same contract as with the double, with the real services: a fraction of a cent each. Skipped without a key."""

import json
import os
import time
from pathlib import Path
from uuid import uuid4

import pytest

from rushes.errors import AnswerLost, Unavailable
from rushes.providers.catalog import Catalog, entries
from rushes.providers.openai_compatible.adapter import OpenAICompatible
from rushes.providers.port import Job, Report

MODELS = {"OPENAI_API_KEY": "gpt_luna", "OPENROUTER_API_KEY": "openrouter_luna"}
SCHEMA = {
    "type": "object",
    "properties": {"tagline": {"type": "string"}, "words": {"type": "integer"}},
    "required": ["tagline", "words"],
    "additionalProperties": False,
}
PATIENCE = 30

pytestmark = pytest.mark.parametrize(
    "model_id",
    [
        pytest.param(model_id, marks=pytest.mark.skipif(not os.environ.get(key), reason=f"{key} is not set"))
        for key, model_id in MODELS.items()
    ],
)


def asking(model_id: str, folder: Path) -> tuple[OpenAICompatible, Job]:
    catalog = Catalog(entries(), os.environ.get)
    model = catalog.get(model_id)
    recipe = model.recipe(
        prompt="A tagline for rain boots, and how many words it has. Answer with JSON.",
        parameters={"document": "tagline", "schema": SCHEMA, "temperature": 0.5},
        seed=11,
    )
    job = Job(recipe=recipe, sources=(), folder=folder, model=model, ask_id=f"live_{uuid4().hex}")
    return catalog.provider(model.provider), job


def test_the_key_is_accepted_and_another_is_not(model_id: str, tmp_path: Path) -> None:
    adapter, job = asking(model_id, tmp_path)
    adapter.check()
    settings = {key: f"{os.environ.get(key, '')}x" for key in MODELS}
    with pytest.raises(Unavailable):
        Catalog(entries(), settings.get).provider(job.model.provider).check()


def test_a_chat_gives_a_valid_document_within_its_estimate(model_id: str, tmp_path: Path) -> None:
    adapter, job = asking(model_id, tmp_path)
    finished = adapter.submit(job)
    assert set(json.loads(finished.path.read_text())) == {"tagline", "words"}
    assert finished.cost_micro_usd is not None
    assert 0 < finished.cost_micro_usd <= job.model.estimate(job.recipe).most


def test_an_answer_is_found_again_by_its_name_where_it_is_kept(model_id: str, tmp_path: Path) -> None:
    adapter, job = asking(model_id, tmp_path)
    if adapter.name != "openai":
        pytest.skip("only OpenAI keeps answers")
    finished = adapter.submit(job)
    found = _found(adapter, job)
    assert found.job_id == finished.job_id
    assert adapter.collect(found, job).cost_micro_usd == finished.cost_micro_usd


def _found(adapter: OpenAICompatible, job: Job) -> Report:
    """A completion is listed some seconds after it was answered."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return adapter.find(job, "")
        except AnswerLost:
            if time.monotonic() > deadline:
                raise
            time.sleep(2)
