"""Transcripts by Replicate: the sound goes by its address, the words come back with the prediction."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rushes.errors import AnswerLost, Spoiled, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.port import Job, Report
from rushes.providers.replicate.adapter import Replicate
from tests.doubles.replicate import TOKEN, ReplicateDouble
from tests.unit.providers import hearing as sounds
from tests.unit.providers.hearing import SECONDS, document, hearing
from tests.unit.providers.test_replicate_jobs import ended, just_now

speech = sounds.speech
HOOK = "https://rushes.example/hooks/ask_1"


@pytest.fixture
def job(speech: Path, tmp_path: Path) -> Job:
    return replace(hearing("replicate_whisper", speech, tmp_path), webhook=HOOK)


def told(output: Any) -> Report:
    return Report("a", "succeeded", {"id": "a", "status": "succeeded", "output": output})


def chunk(text: str, start: Any, end: Any) -> dict[str, Any]:
    return {"text": text, "timestamp": [start, end]}


# ---------------------------------------------------------------------- the request


def test_the_sound_goes_by_its_address_and_the_job_tells_of_its_end(
    replicate: Replicate, double: ReplicateDouble, job: Job
) -> None:
    replicate.submit(job)
    [asked] = double.accepted
    assert asked.model.id == "replicate_whisper"
    assert asked.webhook == HOOK
    assert asked.input == {
        "audio": job.sources[0].url(),
        "task": "transcribe",
        "timestamp": "word",
        "batch_size": 24,
    }


def test_the_language_goes_by_its_name(
    replicate: Replicate, double: ReplicateDouble, speech: Path, tmp_path: Path
) -> None:
    replicate.submit(hearing("replicate_whisper", speech, tmp_path, language="en"))
    assert double.accepted[0].input["language"] == "english"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:4566/bucket/speech.flac", "http://localhost/s.flac", "http://192.168.1.7/s.flac"],
)
def test_where_replicate_cannot_reach_our_files_another_listens(
    address: str, account: Account, double: ReplicateDouble, speech: Path, tmp_path: Path
) -> None:
    outside = replace(account, configured_host=None)
    with pytest.raises(Unavailable, match="cannot reach the files"):
        Replicate(outside).submit(hearing("replicate_whisper", speech, tmp_path, address=address))
    assert double.creates == 0


def test_an_address_on_the_internet_can_be_reached(
    account: Account, double: ReplicateDouble, speech: Path, tmp_path: Path
) -> None:
    double.faults.pace = {"text": 1000}
    address = "https://bucket.s3.eu-west-1.amazonaws.com/speech.flac?X-Amz-Signature=1"
    job = hearing("replicate_whisper", speech, tmp_path, address=address)
    Replicate(replace(account, configured_host=None)).submit(job)
    assert double.accepted[0].input["audio"] == address


# ---------------------------------------------------------------------- the answer


def test_the_words_are_kept_with_their_times(replicate: Replicate, double: ReplicateDouble, job: Job) -> None:
    finished = replicate.collect(ended(replicate, double, job), job)
    heard = document(finished)
    assert finished.path == job.folder / "words.json"
    assert (heard["heard"], heard["language"], heard["segments"]) == (True, None, [])
    assert heard["words"][0]["start"] == 0
    assert heard["words"][-1]["end"] <= SECONDS
    assert finished.facts == {"predict_time": 3.2, "words": len(heard["words"])}
    assert finished.job_id == double.accepted[0].id


def test_a_last_word_without_an_end_ends_where_it_begins(replicate: Replicate, job: Job) -> None:
    report = told({"text": " so long", "chunks": [chunk(" so", 1.0, 1.2), chunk(" long", 1.4, None)]})
    assert document(replicate.collect(report, job))["words"][-1] == {
        "text": "long",
        "start": 1.4,
        "end": 1.4,
        "confidence": None,
    }


def test_nothing_said_is_an_answer(replicate: Replicate, job: Job) -> None:
    assert document(replicate.collect(told({"text": "", "chunks": []}), job))["words"] == []


@pytest.mark.parametrize(
    "output",
    [
        None,
        "https://replicate.delivery/words.json",
        {"text": "words"},
        {"text": "words", "chunks": "words"},
        {"text": "words", "chunks": ["words"]},
        {"text": "words", "chunks": [{"text": "words"}]},
        {"text": "words", "chunks": [chunk("words", None, None)]},
        {
            "text": "words",
            "chunks": [
                chunk(
                    "words",
                    1,
                    2,
                )
                | {"text": None}
            ],
        },
        {"text": "words", "chunks": [chunk("words", float("nan"), 2)]},
        {"text": "words", "chunks": [chunk("words", 10_000, 10_001)]},
        {"text": "words", "chunks": [chunk("late", 15, 16), chunk("early", 2, 3)]},
    ],
)
def test_words_that_cannot_be_are_spoiled_and_were_paid(output: Any, replicate: Replicate, job: Job) -> None:
    with pytest.raises(Spoiled):
        replicate.collect(told(output), job)


def test_a_job_that_could_not_fetch_the_sound_says_so(
    replicate: Replicate, double: ReplicateDouble, speech: Path, tmp_path: Path
) -> None:
    job = hearing("replicate_whisper", speech, tmp_path)
    report = ended(replicate, double, job, "failed: HTTP Error 403: Forbidden")
    with pytest.raises(Transient, match="403") as raised:
        replicate.collect(report, job)
    assert TOKEN not in raised.value.message


# ---------------------------------------------------------------------- found again


def test_a_lost_job_is_found_by_its_webhook(replicate: Replicate, double: ReplicateDouble, job: Job) -> None:
    since = just_now()
    double.faults.creates = ["lost after accepting"]
    with pytest.raises(AnswerLost):
        replicate.submit(job)
    found = replicate.find(job, since)
    assert found
    assert document(replicate.collect(found, job))["words"]


def test_another_pieces_job_is_never_taken_for_ours(
    replicate: Replicate, double: ReplicateDouble, job: Job
) -> None:
    since = just_now()
    replicate.submit(replace(job, ask_id="ask_2", webhook="https://rushes.example/hooks/ask_2"))
    assert replicate.find(job, since) is None
    double.faults.listing = "without webhooks"
    with pytest.raises(AnswerLost):
        replicate.find(job, since)
