"""Whole productions by paid models while things go wrong: nothing is paid twice, and no key is told to anybody."""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.openai import KEY
from tests.doubles.predictions import Prediction
from tests.doubles.replicate import SECRET, TOKEN
from tests.workflows.paid import PaidStudio, each_once, eventually, settled

FILM = {"duration": 10, "auto_continue": True, "music": False}
"""Two images and two clips."""
STORYBOARD = {"duration": 10, "pause_at": ["storyboard"], "music": False}
"""Two images."""
SIGNATURE = re.compile(rb"v1,[A-Za-z0-9+/]{43}=")

# ---------------------------------------------------------------------- the request


def test_jobs_whose_requests_were_never_answered_are_adopted(paid: PaidStudio) -> None:
    paid.replicate.faults.creates = ["lost after accepting", "failed after accepting"]
    production_id = paid.begin("An ad for lost answers", seed=200, **FILM)
    paid.until(production_id, "completed")
    each_once(paid, production_id)
    assert len(paid.jobs()) == paid.creates() == 4


@pytest.mark.parametrize(("refusal", "seed"), [("throttled, in words", 201), ("no room", 202)])
def test_who_is_sent_away_comes_back_and_is_served_once(paid: PaidStudio, refusal: str, seed: int) -> None:
    paid.replicate.faults.creates = [refusal, refusal]
    production_id = paid.begin(f"An ad for patience, {refusal}", seed=seed, **STORYBOARD)
    paid.until(production_id, "paused", phase="storyboard")
    each_once(paid, production_id)
    assert (len(paid.jobs()), paid.creates()) == (2, 4)
    assert {item["model"] for item in paid.show(production_id)["artifacts"] if item["media"] == "image"} == {
        "flux_dev"
    }


def test_without_credit_each_model_is_tried_once_and_then_the_production_fails_and_says_so(
    paid: PaidStudio,
) -> None:
    paid.replicate.faults.creates = ["no credit"] * 50
    production_id = paid.begin("An ad on credit", seed=205, **STORYBOARD)
    try:
        eventually(lambda: paid.show(production_id)["status"] == "failed" or paid.creates() > 4)
        assert paid.creates() <= 4, "two images, and flux_dev and flux_schnell stand in for each other"
        assert paid.show(production_id)["error"]["code"] == "MODEL_UNAVAILABLE"
        assert paid.jobs() == []
    finally:
        paid.host.call("POST", f"/productions/{production_id}/cancel")


# ---------------------------------------------------------------------- the job


def test_a_job_that_fails_once_is_asked_for_again_and_what_failed_is_given_back(paid: PaidStudio) -> None:
    paid.replicate.faults.ends = ["failed: the GPU was interrupted"]
    production_id = paid.begin("An ad for a second try", seed=203, **STORYBOARD)
    paid.until(production_id, "paused", phase="storyboard")
    settled(paid, production_id)
    assert [job.status for job in paid.jobs()].count("failed") == 1
    assert len(paid.jobs()) == paid.creates() == 3
    assert len({job.digest() for job in paid.jobs()}) == 2
    movements = [entry["movement"] for entry in paid.ledger(production_id) if entry["phase"] == "storyboard"]
    assert sorted(movements) == ["released"] + ["reserved"] * 3 + ["spent"] * 2


def test_a_refusal_names_the_item_and_a_retry_makes_only_what_is_missing(paid: PaidStudio) -> None:
    paid.replicate.faults.creates = ["bad input"]
    production_id = paid.begin("An ad for what is refused", seed=204, **FILM)
    found = paid.until(production_id, "failed")
    missing = found["error"]["item"]
    assert missing in {"beat_00", "beat_01"}
    assert paid.item(production_id, missing)["error"]["message"]
    assert [
        event["data"]["name"] for event in paid.told(production_id) if event["type"] == "artifact.failed"
    ] == [missing]
    eventually(lambda: {"beat_00", "beat_01"} - paid.made(production_id) == {missing})
    assert paid.host.call("POST", f"/productions/{production_id}/retry").status_code == 202
    eventually(lambda: paid.show(production_id)["status"] == "completed")
    each_once(paid, production_id)
    assert (len(paid.jobs()), paid.creates(), paid.chats()) == (4, 5, 1)


# ---------------------------------------------------------------------- kill -9


def test_killed_between_the_providers_yes_and_our_note_of_it_it_adopts_the_job(paid: PaidStudio) -> None:
    paid.replicate.faults.answers_after = 1
    production_id = paid.begin("An ad that is killed while asking", seed=210, **FILM)
    eventually(lambda: paid.jobs("video"))
    paid.host.kill()
    paid.replicate.faults.answers_after = 0
    paid.host.start()
    paid.until(production_id, "completed")
    each_once(paid, production_id)
    assert len(paid.jobs()) == 4


def test_killed_while_the_end_is_told_it_hears_of_it_all_the_same(paid: PaidStudio) -> None:
    production_id = paid.begin("An ad that is killed while hearing", seed=211, **FILM)
    eventually(lambda: any(job.status == "succeeded" for job in paid.jobs("video")))
    paid.host.restart()
    paid.until(production_id, "completed")
    each_once(paid, production_id)
    assert len(paid.jobs()) == 4


def test_killed_while_it_fetches_what_was_made_it_fetches_it_again(
    paid: PaidStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetching, killed = threading.Event(), threading.Event()
    whole: Callable[[Prediction], bytes] = Prediction.file

    def held(job: Prediction) -> bytes:
        if job.model.media == "video" and not killed.is_set():
            fetching.set()
            killed.wait(30)
        return whole(job)

    monkeypatch.setattr(Prediction, "file", held)
    production_id = paid.begin("An ad that is killed while fetching", seed=212, **FILM)
    assert fetching.wait(60)
    paid.host.kill()
    killed.set()
    paid.host.start()
    paid.until(production_id, "completed")
    each_once(paid, production_id)
    assert len(paid.jobs()) == 4


# ---------------------------------------------------------------------- secrets


def test_no_key_and_no_signature_is_written_down_or_told(paid: PaidStudio) -> None:
    """Of all that was made by this host, also when the providers themselves repeat the key in what they answer."""
    paid.openai.faults.chats = ["bad key"]
    paid.replicate.faults.creates = ["no credit"] * 2
    production_id = paid.begin("An ad for indiscreet providers", seed=220, **STORYBOARD)
    eventually(lambda: paid.show(production_id)["status"] in ("paused", "failed"))
    secrets = [text.encode() for text in (KEY, TOKEN, SECRET, SECRET.removeprefix("whsec_"))]
    for text in (*everything_told(paid), *histories(paid)):
        assert not any(secret in text for secret in secrets)
        assert not SIGNATURE.search(text)
    paid.host.stop()
    try:
        files = [path for path in paid.host.directory.rglob("*") if path.is_file()]
        assert any(path.name == "functions.log" and path.stat().st_size for path in files)
        assert [path for path in files if tells(path, secrets)] == []
    finally:
        paid.host.start()


def tells(path: Path, secrets: list[bytes]) -> bool:
    text = path.read_bytes()
    return any(secret in text for secret in secrets) or bool(SIGNATURE.search(text))


def everything_told(paid: PaidStudio) -> list[bytes]:
    """What the API says of every production, and of everybody who makes things."""
    rows: list[dict[str, Any]] = paid.host.call("GET", "/productions", params={"limit": 100}).json()["data"]
    pages = [f"/productions/{row['id']}{page}" for row in rows for page in ("", "/costs", "/events")]
    return [paid.host.call("GET", page).content for page in (*pages, "/models", "/providers")]


def histories(paid: PaidStudio) -> list[bytes]:
    """Of every execution the engine remembers."""
    stepfunctions, machine = paid.host.aws("stepfunctions"), paid.host.address.state_machines["ad"]
    found = []
    for execution in stepfunctions.list_executions(stateMachineArn=machine)["executions"]:
        arn = execution["executionArn"]
        pages = stepfunctions.get_paginator("get_execution_history").paginate(executionArn=arn)
        found += [str(event).encode() for page in pages for event in page["events"]]
    assert found
    return found
