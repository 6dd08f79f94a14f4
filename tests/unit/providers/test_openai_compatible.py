"""The adapter for OpenAI's protocol asks once, says truly what became of it, and what it cost."""

import json
import logging
import math
import socket
from typing import Any

import pytest

from functions.ad.prompting import DRAFT_SCHEMA
from functions.ad.spec import Draft
from rushes.errors import (
    AnswerLost,
    Declined,
    Refused,
    Spoiled,
    Transient,
    Unavailable,
)
from rushes.providers.account import Account
from rushes.providers.models import Model
from rushes.providers.openai_compatible.adapter import OpenAICompatible
from tests.doubles.openai import KEY, OpenAIDouble
from tests.unit.providers import chats
from tests.unit.providers.chats import GEMINI, LUNA, adapter, asking, everything_said_by, failing

openai, job = chats.openai, chats.job


def test_a_chat_is_asked_for_once_with_the_schema_and_answers_with_a_valid_document(openai, job) -> None:
    finished = adapter(openai).submit(job)
    assert openai.chats == len(openai.accepted) == 1
    assert Draft.model_validate_json(finished.path.read_text()).beats
    assert finished.path == job.folder / "answer.json"
    assert finished.made_by == "GPT-6 luna"
    assert finished.job_id in openai.kept
    asked = openai.accepted[0]
    assert asked["model"] == "gpt-6-luna"
    assert asked["messages"] == [{"role": "user", "content": job.recipe.prompt}]
    wanted = {"name": "ad", "strict": True, "schema": DRAFT_SCHEMA}
    assert asked["response_format"] == {"type": "json_schema", "json_schema": wanted}
    assert asked["max_completion_tokens"] == 8000
    assert "seed" not in asked


def test_a_temperature_goes_only_to_a_model_that_takes_one(openai, job, tmp_path) -> None:
    adapter(openai).submit(job)
    adapter(openai, "gemini").submit(asking(GEMINI, tmp_path))
    assert [asked.get("temperature") for asked in openai.accepted] == [None, 0.5]


def test_a_seed_goes_only_to_a_model_that_takes_one(openai, tmp_path) -> None:
    adapter(openai).submit(asking(LUNA.model_copy(update={"seed": True}), tmp_path))
    assert openai.accepted[0]["seed"] == 11


def test_only_openai_is_asked_to_keep_the_answer_since_others_reject_what_they_do_not_know(
    openai, job
) -> None:
    adapter(openai).submit(job)
    adapter(openai, "gemini").submit(job)
    ours, others = openai.accepted
    assert (ours["store"], ours["metadata"]) == (True, {"rushes_ask": "ask_1"})
    assert not {"store", "metadata"} & set(others)


def test_the_environment_of_the_sdk_is_left_unread(openai, job, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-another")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-another")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: another's secret\nAuthorization: Bearer another")
    adapter(openai).submit(job)
    assert "another" not in json.dumps(openai.headers)


# ---------------------------------------------------------------------- the answer


def test_the_cost_is_the_catalogs_price_of_the_tokens_that_were_counted(openai, job) -> None:
    finished = adapter(openai).submit(job)
    read, written = finished.facts["prompt_tokens"], finished.facts["completion_tokens"]
    assert finished.cost_micro_usd == math.ceil(read * 0.10 + written * 0.50)
    assert finished.facts["finish_reason"] == "stop"
    assert finished.facts["asked_again"] is False


@pytest.mark.parametrize(
    ("charges", "micro_usd"),
    [
        ({"cost": 0.0012345678}, 1235),
        ({"cost": 0, "cost_details": {"upstream_inference_cost": 0.002}}, 2000),
        ({"cost": 0.0001, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.002}}, 2100),
        ({"cost": 0.002, "is_byok": False, "cost_details": {"upstream_inference_cost": 0.002}}, 2000),
        ({"cost": 0, "cost_details": {"upstream_inference_cost": None}}, 0),
    ],
)
def test_what_the_endpoint_says_it_charged_wins_and_ones_own_upstream_key_counts(
    job, charges: dict[str, Any], micro_usd: int
) -> None:
    with OpenAIDouble(charges=charges) as double:
        assert adapter(double, "openrouter").submit(job).cost_micro_usd == micro_usd


def test_a_charge_that_is_no_amount_is_not_believed(job) -> None:
    with OpenAIDouble(charges={"cost": -1}) as double:
        finished = adapter(double, "openrouter").submit(job)
    assert finished.cost_micro_usd == LUNA.cost_of_tokens(
        finished.facts["prompt_tokens"], finished.facts["completion_tokens"]
    )


def test_without_usage_the_expected_price_is_taken(openai, job) -> None:
    openai.faults.chats = ["without usage"]
    finished = adapter(openai).submit(job)
    assert finished.cost_micro_usd == LUNA.estimate(job.recipe).expected
    assert finished.facts["prompt_tokens"] is None


def test_a_refusal_is_declined_in_the_models_words_and_was_paid(openai, job) -> None:
    error = failing(openai, job, Declined, "refused")
    assert "I can't help with that." in error.message
    assert error.cost_micro_usd


def test_a_content_filter_declines(openai, job) -> None:
    assert "content filter" in failing(openai, job, Declined, "filtered").message


@pytest.mark.parametrize(("fault", "words"), [("truncated", "cut off"), ("empty", "broke off")])
def test_an_answer_that_is_not_whole_is_spoiled_and_was_paid(openai, job, fault: str, words: str) -> None:
    error = failing(openai, job, Spoiled, fault)
    assert words in error.message
    assert error.cost_micro_usd
    assert openai.chats == 1


# ---------------------------------------------------------------------- the schema


@pytest.mark.parametrize("fault", ["breaks the schema", "not JSON"])
def test_an_answer_that_breaks_the_schema_is_sent_back_once_with_what_is_wrong(
    openai, job, fault: str
) -> None:
    openai.faults.chats = [fault]
    finished = adapter(openai).submit(job)
    assert Draft.model_validate_json(finished.path.read_text())
    assert finished.facts["asked_again"] is True
    first, second = openai.accepted
    assert [message["role"] for message in second["messages"]] == ["user", "assistant", "user"]
    assert second["messages"][0] == first["messages"][0]
    objection = second["messages"][2]["content"]
    assert ("not JSON" if fault == "not JSON" else "product: 12 is not of type") in objection


def test_both_answers_are_paid_for(openai, job) -> None:
    once = adapter(openai).submit(job)
    openai.faults.chats = ["breaks the schema"]
    twice = adapter(openai).submit(job)
    assert (twice.cost_micro_usd or 0) > (once.cost_micro_usd or 0)
    assert twice.facts["prompt_tokens"] > 2 * once.facts["prompt_tokens"]


def test_a_second_answer_that_breaks_the_schema_is_spoiled_and_there_is_no_third_question(
    openai, job
) -> None:
    error = failing(openai, job, Spoiled, "breaks the schema", "breaks the schema")
    assert "twice" in error.message
    assert openai.chats == 2
    assert error.cost_micro_usd <= LUNA.estimate(job.recipe).most


def test_a_second_answer_that_declines_costs_both(openai, job) -> None:
    first = failing(openai, job, Spoiled, "breaks the schema", "no room").cost_micro_usd
    assert failing(openai, job, Declined, "breaks the schema", "refused").cost_micro_usd > first


@pytest.mark.parametrize(
    "fault", ["throttled", "failed", "bad key", "bad input", "no credit", "throttled in a 200"]
)
def test_when_the_second_question_fails_the_first_one_is_still_paid(openai, job, fault: str) -> None:
    error = failing(openai, job, Spoiled, "breaks the schema", fault)
    assert 0 < error.cost_micro_usd < LUNA.estimate(job.recipe).most // 2
    assert len(openai.accepted) == 1


@pytest.mark.parametrize("fault", ["lost after accepting", "garbage"])
def test_when_the_second_answer_is_lost_it_counts_as_paid_with_as_much_as_it_can_have_cost(
    openai, job, fault: str
) -> None:
    error = failing(openai, job, Spoiled, "breaks the schema", fault)
    most = LUNA.estimate(job.recipe).most
    assert most // 2 < error.cost_micro_usd <= most


# ---------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        ("throttled", 7),
        ("throttled, milliseconds", 1.5),
        ("throttled, reset", 62.5),
        ("no room", 3),
        ("failed", None),
        ("bad gateway", None),
        ("gateway timed out", None),
        ("overloaded", None),
        ("throttled in a 200", None),
    ],
)
def test_what_may_pass_is_transient_with_the_servers_hint(
    openai, job, fault: str, seconds: float | None
) -> None:
    assert failing(openai, job, Transient, fault).retry_after == seconds
    assert (openai.chats, openai.accepted) == (1, [])


@pytest.mark.parametrize(
    "fault",
    [
        "no quota",
        "bad key",
        "bad key, Gemini",
        "forbidden",
        "no credit",
        "no model",
        "bad model, OpenRouter",
        "redirected",
    ],
)
def test_a_model_that_cannot_be_had_is_unavailable(openai, job, fault: str) -> None:
    failing(openai, job, Unavailable, fault)
    assert (openai.chats, openai.accepted) == (1, [])


@pytest.mark.parametrize("fault", ["bad input", "too much", "moderated", "bad input in a 200"])
def test_what_is_refused_is_refused_in_the_vendors_words_but_not_at_length(openai, job, fault: str) -> None:
    error = failing(openai, job, Refused, fault)
    assert len(error.message) < 350
    assert (openai.chats, openai.accepted) == (1, [])


@pytest.mark.parametrize(
    "fault",
    [
        "lost before accepting",
        "lost after accepting",
        "cut in transit",
        "garbage",
        "no completion",
        "failed in a 200",
        "strange gateway",
    ],
)
def test_when_nobody_knows_what_became_of_it_the_answer_is_lost_and_not_asked_for_again(
    openai, job, fault: str
) -> None:
    failing(openai, job, AnswerLost, fault)
    assert openai.chats == 1


def test_an_answer_that_takes_too_long_is_lost(openai, job, monkeypatch) -> None:
    monkeypatch.setattr(Model, "patience", 0.2)
    failing(openai, job, AnswerLost, "held")
    assert openai.chats == 1


def test_an_answer_that_an_endpoint_keeps_to_itself_for_its_schema_is_spoiled(openai, job) -> None:
    failing(openai, job, Spoiled, "no fitting answer", name="groq")


def test_where_nobody_listens_nothing_was_sent(job) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    with pytest.raises(Transient, match="cannot be reached"):
        OpenAICompatible(Account("openai", "OpenAI", url, KEY)).submit(job)


@pytest.mark.parametrize("key", ["sk-pasted\n", "sk-“quoted”"])
def test_a_key_that_no_header_can_hold_is_unavailable_and_not_shown(openai, job, key: str) -> None:
    with pytest.raises(Unavailable) as caught:
        adapter(openai, key=key).submit(job)
    assert key.strip() not in everything_said_by(caught.value)


def test_a_base_url_that_is_none_is_unavailable(job) -> None:
    with pytest.raises(Unavailable, match="base URL"):
        OpenAICompatible(Account("openai", "OpenAI", "http://[::1", KEY)).submit(job)


def test_no_log_has_the_key_not_even_the_sdks_own_at_its_most_talkative(openai, job, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    adapter(openai).submit(job)
    failing(openai, job, Unavailable, "bad key")
    assert caplog.records
    assert KEY not in caplog.text + repr([vars(record) for record in caplog.records])


def test_the_key_is_in_no_repr(openai) -> None:
    made = adapter(openai)
    assert KEY not in repr(made) + repr(vars(made))
