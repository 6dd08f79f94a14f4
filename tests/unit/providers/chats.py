"""Chats with the double: what the tests of the adapter for OpenAI's protocol share."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.ad.prompting import DRAFT_SCHEMA, plan_prompt
from functions.ad.request import AdRequest
from rushes.errors import RushesError
from rushes.providers.account import Account
from rushes.providers.catalog import entries
from rushes.providers.models import Model
from rushes.providers.openai_compatible.adapter import OpenAICompatible
from rushes.providers.port import Job
from tests.doubles.openai import KEY, OpenAIDouble

LUNA = next(model for model in entries().models if model.id == "gpt_luna")
GEMINI = next(model for model in entries().models if model.id == "gemini_flash_lite")


@pytest.fixture
def openai() -> Iterator[OpenAIDouble]:
    with OpenAIDouble() as double:
        yield double


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return asking(LUNA, tmp_path)


def asking(model: Model, folder: Path) -> Job:
    prompt = plan_prompt(AdRequest(kind="ad", prompt="Running shoes for rainy cities", duration=15))
    parameters = {"document": "ad", "schema": DRAFT_SCHEMA, "temperature": 0.5}
    recipe = model.recipe(prompt=prompt, parameters=parameters, seed=11)
    return Job(recipe=recipe, sources=(), folder=folder, model=model, ask_id="ask_1")


def adapter(double: OpenAIDouble, name: str = "openai", key: str = KEY) -> OpenAICompatible:
    return OpenAICompatible(Account(name=name, title=name.title(), base_url=double.url, key=key))


def failing(
    double: OpenAIDouble, job: Job, expected: type[RushesError], *faults: str, name: str = "openai"
) -> Any:
    double.faults.chats = list(faults)
    with pytest.raises(RushesError) as caught:
        adapter(double, name).submit(job)
    assert type(caught.value) is expected
    assert KEY not in everything_said_by(caught.value)
    return caught.value


def everything_said_by(error: RushesError) -> str:
    """What a log could show of it."""
    shown = "".join(traceback.format_exception(error))
    return f"{shown}\n{error!r}\n{error.details}"


def cost_of(*usages: dict[str, Any]) -> int:
    return sum(LUNA.cost_of_tokens(usage["prompt_tokens"], usage["completion_tokens"]) for usage in usages)
