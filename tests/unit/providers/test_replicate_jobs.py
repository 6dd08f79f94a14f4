"""Replicate: jobs found again, looked at, fetched and stopped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rushes.errors import AnswerLost, BadRequest, Refused, RushesError, Spoiled, Transient
from rushes.media.probe import probe
from rushes.providers.account import Account
from rushes.providers.port import Job, Report
from rushes.providers.replicate.adapter import Replicate
from tests.doubles.replicate import TOKEN, ReplicateDouble
from tests.unit.providers.test_replicate_submit import a_job


def ask(replicate: Replicate, job: Job) -> str:
    return replicate.submit(job).job_id


def lose(replicate: Replicate, double: ReplicateDouble, job: Job) -> str:
    """The id of a job whose answer was lost."""
    double.faults.creates = ["lost after accepting"]
    with pytest.raises(AnswerLost):
        replicate.submit(job)
    return double.accepted[-1].id


def just_now() -> str:
    return datetime.now(UTC).isoformat()


def ended(replicate: Replicate, double: ReplicateDouble, job: Job, end: str = "succeeded") -> Report:
    """The report of a job that ended so."""
    double.faults.pace = {job.recipe.media: 1000}
    job_id = ask(replicate, job)
    made = double.job(job_id)
    assert made
    double.finish(made, end)
    return replicate.look(job_id)


# ---------------------------------------------------------------------- found again


@pytest.mark.parametrize("page_size", [1, 100])
def test_a_job_whose_answer_was_lost_is_found_by_its_webhook(
    page_size: int, replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job, since = a_job(tmp_path), just_now()
    lost = lose(replicate, double, job)
    for other in ("ask_2", "ask_12"):
        ask(replicate, replace(job, ask_id=other, webhook=f"https://rushes.example/hooks/{other}"))
    double.faults.page_size = page_size
    found = replicate.find(job, since)
    assert found
    assert found.job_id == lost


@pytest.mark.parametrize("webhook", [None, "https://rushes.example/hooks/ask_1"])
def test_a_job_that_has_no_webhook_to_know_it_by_is_found_by_its_input(
    webhook: str | None, replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job, since = replace(a_job(tmp_path), webhook=webhook), just_now()
    lost = lose(replicate, double, job)
    ask(replicate, replace(a_job(tmp_path, prompt="a blue shoe"), webhook=webhook))
    ask(replicate, replace(a_job(tmp_path, "flux_schnell"), webhook=webhook))
    double.faults.listing = "without webhooks"
    found = replicate.find(job, since)
    assert found
    assert found.job_id == lost


def test_a_job_is_found_by_its_webhook_also_when_we_could_not_be_called_any_more(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job, since = a_job(tmp_path), just_now()
    lost = lose(replicate, double, job)
    found = replicate.find(replace(job, webhook=None), since)
    assert found
    assert found.job_id == lost


def test_a_job_that_is_still_at_work_is_found_as_such(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    double.faults.pace = {"image": 1000}
    job, since = a_job(tmp_path), just_now()
    lost = lose(replicate, double, job)
    found = replicate.find(job, since)
    assert found == Report(lost, "running", found.body if found else {})


def test_a_job_that_was_never_heard_of_is_surely_absent(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    ask(replicate, a_job(tmp_path, prompt="a blue shoe"))
    assert replicate.find(replace(a_job(tmp_path), ask_id="ask_9"), just_now()) is None


def test_a_job_of_long_ago_is_another(replicate: Replicate, double: ReplicateDouble, tmp_path: Path) -> None:
    job = replace(a_job(tmp_path), webhook=None)
    ask(replicate, job)
    later = datetime.now(UTC) + timedelta(seconds=61)
    assert replicate.find(job, just_now())
    assert replicate.find(job, later.isoformat()) is None


@pytest.mark.parametrize("listing", ["missing", "bare", "malformed"])
def test_a_list_that_does_not_tell_leaves_the_answer_lost(
    listing: str, replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job, since = a_job(tmp_path), just_now()
    lose(replicate, double, job)
    double.faults.listing = listing
    with pytest.raises(AnswerLost):
        replicate.find(job, since)


def test_of_two_jobs_that_look_the_same_neither_is_taken(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job, since = replace(a_job(tmp_path), webhook=None), just_now()
    ask(replicate, job)
    lose(replicate, double, job)
    with pytest.raises(AnswerLost):
        replicate.find(job, since)


def test_a_list_without_end_leaves_the_answer_lost(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rushes.providers.replicate.listing.PAGES", 2)
    double.faults.page_size = 1
    since = just_now()
    for _ in range(3):
        ask(replicate, a_job(tmp_path))
    with pytest.raises(AnswerLost, match="more than 2 pages"):
        replicate.find(replace(a_job(tmp_path), ask_id="ask_9"), since)


def test_a_list_that_cannot_be_had_now_may_be_asked_for_again(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    double.faults.listing = "failed"
    with pytest.raises(Transient):
        replicate.find(a_job(tmp_path), just_now())


def test_a_key_that_may_not_list_leaves_the_answer_lost(account: Account, tmp_path: Path) -> None:
    with pytest.raises(AnswerLost):
        Replicate(replace(account, key="r8_wrong")).find(a_job(tmp_path), just_now())


# ---------------------------------------------------------------------- looked at


def test_a_report_holds_what_collecting_needs_and_no_input(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    report = ended(replicate, double, a_job(tmp_path))
    assert report.status == "succeeded"
    assert {"id", "status", "output", "metrics"} <= set(report.body)
    assert not {"input", "logs", "urls", "webhook"} & set(report.body)


def test_a_job_nobody_knows_any_more_is_spoiled(replicate: Replicate) -> None:
    with pytest.raises(Spoiled):
        replicate.look("gone/../account")


@pytest.mark.parametrize(
    "body", [{}, {"id": "", "status": "failed"}, {"id": "a", "status": "odd"}, {"id": 1}]
)
def test_what_is_no_job_is_a_bad_request(body: dict[str, Any], replicate: Replicate) -> None:
    with pytest.raises(BadRequest):
        replicate.report(body)


# ---------------------------------------------------------------------- fetched


@pytest.mark.parametrize(
    ("model_id", "file", "kind"),
    [("flux_dev", "made.png", "image"), ("hailuo", "made.mp4", "video"), ("musicgen", "made.mp3", "audio")],
)
def test_what_a_job_made_is_fetched(
    model_id: str, file: str, kind: str, replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job = a_job(tmp_path, model_id)
    finished = replicate.collect(ended(replicate, double, job), job)
    assert finished.path == tmp_path / file
    assert probe(finished.path).kind == kind
    assert finished.made_by == f"{job.model.title} at Replicate"
    assert finished.facts == {"predict_time": 3.2}
    assert finished.cost_micro_usd is None
    assert finished.job_id == double.accepted[0].id


@pytest.mark.parametrize(
    ("outputs", "error"),
    [
        ("none", Spoiled),
        ("expired", Spoiled),
        ("other kind", Spoiled),
        ("foreign", Spoiled),
        ("redirected", Spoiled),
        ("truncated", Transient),
        ("busy", Transient),
    ],
)
def test_what_cannot_be_fetched_is_spoiled_or_tried_again(
    outputs: str, error: type[RushesError], replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    double.faults.outputs = outputs
    job = a_job(tmp_path)
    report = ended(replicate, double, job)
    with pytest.raises(error):
        replicate.collect(report, job)


@pytest.mark.parametrize(
    ("end", "error"),
    [
        ("failed: NSFW content detected. Try running it again, or try a different prompt.", Refused),
        ("failed: The input or output was flagged as sensitive. Please try again. (E005)", Refused),
        ("failed: Invalid input: duration must be 6 or 10", Refused),
        ("failed: Prediction interrupted; please retry (code: PA)", Transient),
        ("failed: CUDA out of memory. Tried to allocate 2.00 GiB", Transient),
        ("failed: Service is temporarily unavailable. Please try again later. (E003)", Transient),
        ("failed", Transient),
        ("canceled", Transient),
        ("aborted", Transient),
    ],
)
def test_a_failed_job_says_whether_another_try_may_help(
    end: str, error: type[RushesError], replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    job = a_job(tmp_path)
    report = ended(replicate, double, job, end)
    with pytest.raises(error) as raised:
        replicate.collect(report, job)
    assert type(raised.value) is error


def test_a_models_words_are_short_and_hold_no_key(replicate: Replicate, tmp_path: Path) -> None:
    body = {"id": "a", "status": "failed", "error": f"bad \n header Bearer {TOKEN} " + "x" * 1000}
    with pytest.raises(Transient) as raised:
        replicate.collect(replicate.report(body), a_job(tmp_path))
    assert "bad header Bearer …" in raised.value.message
    assert len(raised.value.message) <= 320


# ---------------------------------------------------------------------- stopped


def test_a_running_job_is_stopped(replicate: Replicate, double: ReplicateDouble, tmp_path: Path) -> None:
    double.faults.pace = {"image": 1000}
    job_id = ask(replicate, a_job(tmp_path))
    assert replicate.cancel(job_id).status == "failed"
    assert double.cancels == [job_id]
    assert double.paid_jobs() == []


def test_stopping_a_finished_job_says_that_it_is_finished(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    report = ended(replicate, double, a_job(tmp_path))
    assert replicate.cancel(report.job_id).status == "succeeded"


def test_stopping_a_job_nobody_knows_is_spoiled(replicate: Replicate) -> None:
    with pytest.raises(Spoiled):
        replicate.cancel("gone")
