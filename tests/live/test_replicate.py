"""What we rely on at Replicate, asked of it with the cheapest model."""

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rushes.errors import Refused, RushesError, Spoiled, Unavailable
from rushes.media.probe import probe
from rushes.providers.account import Account
from rushes.providers.catalog import entries
from rushes.providers.port import Job, Report
from rushes.providers.replicate.adapter import Replicate
from rushes.providers.replicate.webhooks import signing_secret

MODEL = next(model for model in entries().models if model.id == "flux_schnell")
PATIENCE = 180
"""Seconds; a model that nobody used lately has to be loaded first."""


@pytest.fixture
def replicate(replicate_account: Account) -> Replicate:
    return Replicate(replicate_account)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """No two runs ask for the same picture."""
    ask_id = uuid.uuid4().hex
    recipe = MODEL.recipe(
        prompt=f"a small red boat on a calm lake, {ask_id[:8]}", parameters={"aspect_ratio": "16:9"}, seed=3
    )
    return Job(recipe, (), tmp_path, MODEL, ask_id, f"https://example.com/hooks/{ask_id}")


def end_of(replicate: Replicate, job_id: str) -> Report:
    deadline = time.monotonic() + PATIENCE
    while (report := replicate.look(job_id)).status == "running":
        assert time.monotonic() < deadline, "the job takes too long"
        time.sleep(0.5)
    return report


def test_the_key_is_accepted(replicate: Replicate) -> None:
    replicate.check()


def test_another_key_is_not(replicate_account: Account) -> None:
    with pytest.raises(Unavailable):
        Replicate(replace(replicate_account, key="r8_nobody")).check()


def test_the_secret_of_its_webhooks_can_be_asked_for(replicate_account: Account) -> None:
    assert (signing_secret(replicate_account) or "").startswith("whsec_")


def test_a_job_is_made_and_fetched(replicate: Replicate, job: Job) -> None:
    report = end_of(replicate, replicate.submit(job).job_id)
    assert report.status == "succeeded"
    finished = replicate.collect(report, job)
    facts = probe(finished.path)
    assert facts.kind == "image"
    assert finished.facts["predict_time"] > 0


def test_a_job_is_found_again_by_the_webhook_that_names_it(replicate: Replicate, job: Job) -> None:
    since = datetime.now(UTC).isoformat()
    job_id = replicate.submit(job).job_id
    found = replicate.find(job, since)
    assert found
    assert found.job_id == job_id
    stranger = replace(
        job, ask_id="0" * 32, recipe=job.recipe.model_copy(update={"prompt": "nobody asked this"})
    )
    assert replicate.find(stranger, since) is None


def test_a_job_is_found_again_by_its_input(replicate: Replicate, job: Job) -> None:
    since, job = datetime.now(UTC).isoformat(), replace(job, webhook=None)
    job_id = replicate.submit(job).job_id
    found = replicate.find(job, since)
    assert found
    assert found.job_id == job_id


def test_bad_input_is_refused(replicate_account: Account, job: Job) -> None:
    if replicate_account.configured_host:
        pytest.skip("the double does not know the models' schemas")
    wrong = MODEL.model_copy(update={"input": {"prompt": "$prompt", "num_outputs": 99}})
    with pytest.raises(Refused) as raised:
        Replicate(replicate_account).submit(replace(job, model=wrong))
    assert type(raised.value) is Refused


def test_a_model_that_is_not_there_is_unavailable(replicate: Replicate, job: Job) -> None:
    gone = MODEL.model_copy(update={"name": "black-forest-labs/no-such-model"})
    with pytest.raises(Unavailable):
        replicate.submit(replace(job, model=gone))


def test_a_job_can_be_stopped_or_is_finished(replicate: Replicate, job: Job) -> None:
    job_id = replicate.submit(job).job_id
    replicate.cancel(job_id)
    report = end_of(replicate, job_id)
    if report.status == "failed":
        with pytest.raises(RushesError):
            replicate.collect(report, job)


def test_a_job_nobody_knows_is_spoiled(replicate: Replicate) -> None:
    with pytest.raises(Spoiled):
        replicate.look("aaaaaaaaaaaaaaaaaaaaaaaaaa")
