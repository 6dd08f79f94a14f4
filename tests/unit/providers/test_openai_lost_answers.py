"""An answer that was lost is looked for, never asked for again; and what else costs nothing."""

import pytest

from functions.ad.spec import Draft
from rushes.errors import (
    AnswerLost,
    BadRequest,
    Billed,
    Forged,
    Spoiled,
    Transient,
    Unavailable,
)
from rushes.providers.port import Job
from tests.doubles.openai import KEY, OpenAIDouble
from tests.unit.providers import chats
from tests.unit.providers.chats import adapter, cost_of, everything_said_by, failing

SINCE = "2026-11-21T12:00:00Z"
openai, job = chats.openai, chats.job


@pytest.mark.parametrize("fault", ["lost after accepting", "cut in transit", "garbage"])
def test_a_lost_answer_is_found_by_its_name_and_nothing_is_paid_twice(openai, job, fault: str) -> None:
    failing(openai, job, AnswerLost, fault)
    provider = adapter(openai)
    report = provider.find(job, SINCE)
    finished = provider.collect(report, job)
    assert report.status == "succeeded"
    assert Draft.model_validate_json(finished.path.read_text())
    assert finished.job_id == report.job_id
    assert finished.cost_micro_usd
    assert len(openai.accepted) == 1


def test_an_answer_to_another_question_is_not_taken_for_ours(job) -> None:
    with OpenAIDouble(filters=False) as double:
        adapter(double).submit(Job(job.recipe, (), job.folder, job.model, ask_id="ask_0"))
        with pytest.raises(AnswerLost):
            adapter(double).find(job, SINCE)


def test_an_absence_proves_nothing(openai, job) -> None:
    failing(openai, job, AnswerLost, "lost before accepting")
    with pytest.raises(AnswerLost):
        adapter(openai).find(job, SINCE)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 501])
def test_an_endpoint_that_keeps_nothing_cannot_say(openai, job, status: int) -> None:
    openai.faults.looks = status
    with pytest.raises(AnswerLost):
        adapter(openai).find(job, SINCE)


def test_others_than_openai_keep_nothing_and_are_not_asked(openai, job) -> None:
    with pytest.raises(AnswerLost):
        adapter(openai, "groq").find(job, SINCE)
    with pytest.raises(Spoiled):
        adapter(openai, "groq").look("chatcmpl-1")
    assert openai.headers == []


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_when_the_search_itself_fails_it_may_be_tried_again(openai, job, status: int) -> None:
    openai.faults.looks = status
    provider = adapter(openai)
    for search in (lambda: provider.find(job, SINCE), lambda: provider.look("chatcmpl-1"), provider.check):
        with pytest.raises(Transient) as caught:
            search()
        assert KEY not in everything_said_by(caught.value)


def test_a_kept_answer_can_be_looked_at_and_not_be_cancelled(openai, job) -> None:
    provider = adapter(openai)
    job_id = provider.submit(job).job_id or ""
    assert provider.look(job_id) == provider.cancel(job_id)
    assert set(provider.look(job_id).body) == {"id", "choices", "usage"}
    with pytest.raises(Spoiled):
        provider.look("chatcmpl-unknown")


def test_a_found_answer_that_breaks_the_schema_is_spoiled_and_nothing_is_asked(openai, job) -> None:
    openai.faults.chats = ["breaks the schema", "lost after accepting"]
    with pytest.raises(Billed):
        adapter(openai).submit(job)
    report = adapter(openai).find(job, SINCE)
    with pytest.raises(Spoiled) as caught:
        adapter(openai).collect(report, job)
    assert caught.value.cost_micro_usd == cost_of(report.body["usage"])
    assert openai.chats == 2


def test_what_is_no_completion_is_no_report(openai) -> None:
    with pytest.raises(BadRequest):
        adapter(openai).report({"id": "chatcmpl-1", "choices": []})


def test_there_are_no_webhooks_so_any_is_forged(openai) -> None:
    with pytest.raises(Forged):
        adapter(openai).news({"webhook-id": "1"}, b"{}")


# ---------------------------------------------------------------------- the key


@pytest.mark.parametrize("name", ["openai", "openrouter"])
def test_a_key_is_checked_with_one_request_that_costs_nothing(openai, name: str) -> None:
    adapter(openai, name).check()
    assert (len(openai.headers), openai.chats) == (1, 0)
    with pytest.raises(Unavailable) as caught:
        adapter(openai, name, key="sk-wrong").check()
    assert "sk-wrong" not in caught.value.message


@pytest.mark.parametrize("status", [404, 405])
def test_an_endpoint_without_a_list_of_models_is_reached_all_the_same(openai, status: int) -> None:
    openai.faults.looks = status
    adapter(openai).check()
