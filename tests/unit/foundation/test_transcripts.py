"""The door to transcribers: one request for a piece, one price for it, and another who listens when one cannot."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from rushes.phase import Assembly, Brief, Item, Stage
from rushes.providers.catalog import entries
from rushes.services import Services
from tests.doubles.openai import KEY, OpenAIDouble
from tests.unit.foundation.conftest import FakeFunctions
from tests.unit.foundation.errands import Client

MODELS = {model.id: model for model in entries().models}
SECONDS = 10


class Listening:
    """A phase of one spoken line and what is heard of it."""

    name = "words"
    reads = ()

    def __init__(self) -> None:
        line = {"seconds": SECONDS}
        spoken = MODELS["sketch_speech"].recipe(prompt="Hello, and welcome. " * 6, parameters=line, seed=3)
        heard = MODELS["whisper"].recipe(
            parameters={"seconds": SECONDS, "language": None},
            ingredients=[spoken.ingredient("speech_00", role="speech")],
        )
        self.items = {"speech_00": Item("speech_00", spoken), "words_00": Item("words_00", heard)}

    def recipes(self, brief: Brief) -> tuple[Stage, ...]:
        return ((tuple(self.items.values()),),)

    def assemble(self, brief: Brief) -> Assembly:
        return Assembly(keeps=frozenset(), documents=())


class Lecturer(Client):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.errand: Any = Listening()
        self.enter()
        self.calls("speech_00")

    def heard(self, clock: Any) -> tuple[dict[str, Any], Any]:
        """The words, and the artifact they are."""
        answer = self.insists(clock, "words_00")
        artifact = self.services.productions.artifact(self.production, answer["name"], answer["version"])
        return json.loads(self.services.bucket.read(f"me/productions/{self.id}/{artifact.file}")), artifact


@pytest.fixture
def vendor() -> Iterator[OpenAIDouble]:
    with OpenAIDouble() as double:
        yield double


@pytest.fixture
def lecturer(services: Services, vendor: OpenAIDouble) -> Lecturer:
    """With keys for OpenAI and Groq; one double is both."""
    settings = {f"{name}_{what}": value for name in ("OPENAI", "GROQ") for what, value in vendor_of(vendor)}
    made = replace(services)
    made.__dict__.update(
        setting=settings.get,
        callbacks=services.callbacks,
        executions=services.executions,
        functions=FakeFunctions(),
    )
    return Lecturer(made)


def vendor_of(double: OpenAIDouble) -> list[tuple[str, str]]:
    return [("API_KEY", KEY), ("BASE_URL", double.url)]


def test_a_piece_is_sent_once_and_costs_what_was_counted(
    lecturer: Lecturer, vendor: OpenAIDouble, clock: Any
) -> None:
    words, artifact = lecturer.heard(clock)
    assert (words["heard"], words["model"]) == (True, "whisper")
    assert (artifact.media, artifact.ext, artifact.model) == ("text", "json", "whisper")
    assert (vendor.transcriptions, len(vendor.transcribed)) == (1, 1)
    assert lecturer.booked("spent") == [0, artifact.cost_micro_usd]
    assert artifact.cost_micro_usd % 100 == 0  # whole seconds of $0.006 a minute


def test_when_a_model_is_gone_the_next_one_listens(
    lecturer: Lecturer, vendor: OpenAIDouble, clock: Any
) -> None:
    vendor.faults.transcriptions = ["no model"]
    words, artifact = lecturer.heard(clock)
    assert (words["model"], artifact.facts["instead_of"]) == ("groq_whisper", "whisper")
    assert [form["model"] for form in vendor.transcribed] == [[b"whisper-large-v3-turbo"]]


@pytest.mark.parametrize("fault", ["lost after accepting", "beyond the sound"])
def test_what_may_have_been_paid_is_not_paid_again_this_machine_listens(
    fault: str, lecturer: Lecturer, vendor: OpenAIDouble, clock: Any
) -> None:
    vendor.faults.transcriptions = [fault]
    words, artifact = lecturer.heard(clock)
    assert (words["model"], artifact.cost_micro_usd) == ("whisper_tiny", 0)
    assert vendor.transcriptions == 1


def test_what_passes_is_asked_again(lecturer: Lecturer, vendor: OpenAIDouble, clock: Any) -> None:
    vendor.faults.transcriptions = ["throttled", "no room", "failed"]
    words, _ = lecturer.heard(clock)
    assert words["model"] == "whisper"
    assert (vendor.transcriptions, len(vendor.transcribed)) == (4, 1)
