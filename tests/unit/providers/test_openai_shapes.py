"""Answers shaped like the services' own, given to the adapter through the wire, and its smaller parts by themselves.

`recorded/` holds shapes written from the services' documentation; they are no recordings.
"""

import json
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rushes.errors import Declined, Refused, RushesError, Spoiled, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.catalog import Catalog, entries
from rushes.providers.models import Model, Price
from rushes.providers.openai_compatible.adapter import OpenAICompatible
from rushes.providers.openai_compatible.structured import parsed
from rushes.providers.port import Job
from rushes.providers.retry_hint import retry_after
from tests.doubles.openai import KEY, OpenAIDouble
from tests.unit.providers import chats

openai = chats.openai

SHAPES = Path(__file__).parent / "recorded"
SCHEMA = {
    "type": "object",
    "properties": {"tagline": {"type": "string"}},
    "required": ["tagline"],
    "additionalProperties": False,
}
PRICE = Price(usd=0.10, usd_output=0.50, unit="million_tokens", source="this test", date=date(2026, 11, 21))
MODELS = {
    model.provider: model.model_copy(update={"price": PRICE})
    for model in entries().models
    if model.price.unit == "million_tokens"
}


def replayed(double: OpenAIDouble, shape: str, folder: Path) -> tuple[OpenAICompatible, Job]:
    """The adapter that is about to get this answer, and a job for it."""
    recorded = json.loads((SHAPES / f"{shape}.json").read_text(encoding="utf-8"))
    double.faults.replies = [(recorded["status"], recorded["headers"], recorded["body"])]
    provider = shape.partition("_")[0]
    account = Account(name=provider, title=provider.title(), base_url=double.url, key=KEY)
    return OpenAICompatible(account), job_for(MODELS[provider], folder)


def job_for(model: Model, folder: Path) -> Job:
    recipe = model.recipe(prompt="A tagline", parameters={"document": "line", "schema": SCHEMA})
    return Job(recipe=recipe, sources=(), folder=folder, model=model, ask_id="ask_1")


@pytest.mark.parametrize(
    ("shape", "written", "micro_usd"),
    [
        ("openai", 146, 185),
        ("openrouter", 146, 185),
        ("openrouter_own_key", 146, 200),
        ("groq", 146, 185),
        ("gemini", 646, 435),
    ],
)
def test_a_documented_answer_gives_the_document_its_tokens_and_its_cost(
    openai, tmp_path, shape: str, written: int, micro_usd: int
) -> None:
    adapter, job = replayed(openai, shape, tmp_path)
    finished = adapter.submit(job)
    assert json.loads(finished.path.read_text()) == {"tagline": "Dry feet, loud streets."}
    assert (finished.facts["prompt_tokens"], finished.facts["completion_tokens"]) == (1117, written)
    assert finished.cost_micro_usd == micro_usd


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("openai_refusal", Declined),
        ("openai_no_quota", Unavailable),
        ("openrouter_error", Transient),
        ("openrouter_moderated", Refused),
        ("groq_throttled", Transient),
        ("groq_no_fitting_answer", Spoiled),
        ("gemini_bad_key", Unavailable),
    ],
)
def test_a_documented_failure_says_what_became_of_the_request(
    openai, tmp_path, shape: str, expected: type[RushesError]
) -> None:
    adapter, job = replayed(openai, shape, tmp_path)
    with pytest.raises(RushesError) as caught:
        adapter.submit(job)
    assert type(caught.value) is expected
    assert openai.chats == 1
    if shape == "groq_throttled":
        assert isinstance(caught.value, Transient)
        assert caught.value.retry_after == 2


@pytest.mark.parametrize("shape", sorted(f"{provider}*.json" for provider in MODELS))
def test_a_shape_says_that_it_is_no_recording(shape: str) -> None:
    for path in SHAPES.glob(shape):
        assert "not recorded" in json.loads(path.read_text(encoding="utf-8"))["about"]


@pytest.mark.parametrize(
    "garbled",
    [
        {"choices": "none"},
        {"id": 7},
        {"choices": []},
        {"choices": [{"message": "words"}]},
        {"error": "broken", "choices": None},
    ],
)
def test_no_answer_however_garbled_gets_past_the_errors_that_are_ours(
    openai, tmp_path, garbled: dict[str, Any]
) -> None:
    adapter, job = replayed(openai, "openai", tmp_path)
    status, headers, body = openai.faults.replies[0]
    openai.faults.replies = [(status, headers, body | garbled)]
    with pytest.raises(RushesError):
        adapter.submit(job)


@pytest.mark.parametrize(
    "usage",
    [None, [], {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": "many"}, {"cost": True}],
)
def test_a_usage_that_makes_no_sense_counts_as_missing(openai, tmp_path, usage: Any) -> None:
    adapter, job = replayed(openai, "openai", tmp_path)
    openai.faults.replies[0][2]["usage"] = usage
    assert adapter.submit(job).cost_micro_usd == job.model.estimate(job.recipe).expected


def test_the_catalog_gives_the_adapter_its_key_and_a_base_url_set_by_hand(openai, tmp_path) -> None:
    settings = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": openai.url}
    catalog = Catalog(entries(), settings.get)
    finished = catalog.provider("openai").submit(job_for(catalog.get("gpt_luna"), tmp_path))
    assert json.loads(finished.path.read_text())["tagline"]


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"tagline": "\\ud800"}', "[" * 100_000, "1" * 5_000])
def test_what_is_not_json_is_a_fault_in_words(text: str) -> None:
    _, faults = parsed(text, SCHEMA)
    assert faults[0].startswith("it is not JSON")


def test_faults_have_a_path_and_are_not_endless() -> None:
    schema = {"type": "object", "properties": {"beats": {"type": "array", "items": {"type": "integer"}}}}
    _, faults = parsed(json.dumps({"beats": ["x" * 1000] * 50}), schema)
    assert faults[0].startswith("beats.0: ")
    assert len(faults) == 10
    assert max(map(len, faults)) < 250


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"x-ratelimit-reset-requests": "2m59.56s"}, 179.56),
        ({"x-ratelimit-reset-requests": "1h"}, 3600),
        ({"x-ratelimit-reset-requests": "120ms"}, 0.12),
        ({"x-ratelimit-reset-requests": "never"}, None),
        ({}, None),
    ],
)
def test_a_hint_is_understood_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, throttled=True) == pytest.approx(seconds)


def test_a_rate_limits_reset_means_nothing_when_it_was_not_hit() -> None:
    assert retry_after({"x-ratelimit-reset-requests": "6m0s"}, throttled=False) is None


def test_a_date_is_a_hint_too() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    hint = retry_after({"retry-after": later}, throttled=False)
    assert hint is not None
    assert 3000 < hint <= 3600
