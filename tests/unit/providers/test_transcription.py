"""Transcripts by OpenAI's protocol: asked for once, believed as far as their times can be, and paid by the second."""

import logging
import math
import socket
from itertools import pairwise
from pathlib import Path

import pytest

from rushes.errors import AnswerLost, Refused, RushesError, Spoiled, Transient, Unavailable
from rushes.providers.account import Account
from rushes.providers.models import Model
from rushes.providers.openai_compatible.adapter import OpenAICompatible
from rushes.providers.port import Job
from tests.doubles.openai import KEY, OpenAIDouble
from tests.unit.providers import hearing as sounds
from tests.unit.providers.chats import adapter, everything_said_by
from tests.unit.providers.hearing import SECONDS, a_sound, document, hearing

openai, speech = sounds.openai, sounds.speech


@pytest.fixture
def job(speech: Path, tmp_path: Path) -> Job:
    return hearing("whisper", speech, tmp_path)


def failing(openai: OpenAIDouble, job: Job, expected: type[RushesError], fault: str) -> RushesError:
    openai.faults.transcriptions = [fault]
    with pytest.raises(RushesError) as caught:
        adapter(openai).submit(job)
    assert type(caught.value) is expected
    assert KEY not in everything_said_by(caught.value)
    assert openai.transcriptions == 1
    return caught.value


# ---------------------------------------------------------------------- the request


def test_a_sound_is_sent_once_and_every_words_time_asked_for(openai, job, speech) -> None:
    finished = adapter(openai).submit(job)
    [form] = openai.transcribed
    assert openai.transcriptions == 1
    assert form.pop("file") == [speech.read_bytes()]
    assert form == {
        "model": [b"whisper-1"],
        "response_format": [b"verbose_json"],
        "timestamp_granularities[]": [b"word", b"segment"],
    }
    assert finished.path == job.folder / "words.json"
    assert finished.made_by == "Whisper"


@pytest.mark.parametrize(
    ("hint", "sent"), [("en", b"en"), ("German", b"de"), ("klingon", None), (None, None)]
)
def test_a_language_is_a_hint_by_its_code(openai, speech, tmp_path, hint, sent) -> None:
    adapter(openai).submit(hearing("whisper", speech, tmp_path, language=hint))
    assert openai.transcribed[0].get("language") == ([sent] if sent else None)


def test_groq_is_asked_in_the_same_way(openai, speech, tmp_path) -> None:
    finished = adapter(openai, "groq").submit(hearing("groq_whisper", speech, tmp_path))
    assert openai.transcribed[0]["model"] == [b"whisper-large-v3-turbo"]
    assert document(finished)["model"] == "groq_whisper"


def test_a_wave_file_is_taken_too(openai, tmp_path) -> None:
    wave = a_sound(tmp_path / "speech.wav", 4)
    assert document(adapter(openai).submit(hearing("whisper", wave, tmp_path)))["words"]


# ---------------------------------------------------------------------- the answer


def test_the_words_and_segments_are_told_with_their_times_and_how_sure_they_are(openai, job) -> None:
    heard = document(adapter(openai).submit(job))
    assert (heard["heard"], heard["language"]) == (True, "en")
    sure = round(math.exp(-0.25), 3)
    first, last = heard["words"][0], heard["words"][-1]
    assert set(first) == {"text", "start", "end", "confidence"}
    assert (first["start"], first["confidence"]) == (0, sure)
    assert last["end"] <= SECONDS
    assert all(before["end"] <= after["start"] for before, after in pairwise(heard["words"]))
    assert {segment["confidence"] for segment in heard["segments"]} == {sure}
    assert heard["segments"][0]["text"].endswith(".")


def test_nothing_said_is_an_answer(openai, job) -> None:
    openai.faults.transcriptions = ["silent"]
    heard = document(adapter(openai).submit(job))
    assert (heard["heard"], heard["segments"], heard["words"]) == (True, [], [])


def test_what_is_made_up_over_silence_is_left_out(openai, job) -> None:
    openai.faults.transcriptions = ["made up"]
    heard = document(adapter(openai).submit(job))
    assert "Thanks" not in str(heard)
    assert heard["words"]


def test_what_was_heard_after_the_end_is_left_out_and_what_reaches_over_it_drawn_in(openai, job) -> None:
    openai.faults.transcriptions = ["in the padding"]
    heard = document(adapter(openai).submit(job))
    assert "you" not in [word["text"] for word in heard["words"]]
    assert heard["words"][-1]["end"] == SECONDS


def test_segments_without_words_keep_their_times_for_whoever_shares_them_out(openai, job) -> None:
    openai.faults.transcriptions = ["without words"]
    heard = document(adapter(openai).submit(job))
    assert heard["segments"]
    assert heard["words"] == []


@pytest.mark.parametrize(
    "fault", ["beyond the sound", "backwards", "not a number", "no time", "no list", "text only"]
)
def test_times_that_cannot_be_spoil_an_answer_that_was_paid(openai, job, fault: str) -> None:
    assert failing(openai, job, Spoiled, fault).cost_micro_usd == 2000  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [10**400, -(10**400), True, "1", []])
def test_what_is_no_number_is_no_time(openai, job, value) -> None:
    row = {"word": "word", "start": value, "end": 2}
    openai.faults.replies = [(200, {}, {"text": "word", "words": [row]})]
    with pytest.raises(Spoiled):
        adapter(openai).submit(job)


# ---------------------------------------------------------------------- the price


def test_the_cost_is_the_price_of_the_seconds_the_endpoint_counted(openai, speech, tmp_path) -> None:
    finished = adapter(openai).submit(hearing("whisper", a_sound(tmp_path / "s.flac", 7.2), tmp_path))
    assert finished.cost_micro_usd == 800  # 8 s of a minute for $0.006


def test_without_a_count_the_sounds_own_seconds_are_paid(openai, tmp_path) -> None:
    openai.faults.transcriptions = ["without usage"]
    finished = adapter(openai).submit(hearing("whisper", a_sound(tmp_path / "s.flac", 7.2), tmp_path))
    assert finished.cost_micro_usd == 720


@pytest.mark.parametrize("seconds", [-1, float("inf"), "8", None])
def test_a_count_that_is_none_is_not_believed(openai, job, seconds) -> None:
    openai.faults.replies = [(200, {}, {"text": "", "usage": {"type": "duration", "seconds": seconds}})]
    assert adapter(openai).submit(job).cost_micro_usd == 2000


# ---------------------------------------------------------------------- errors


@pytest.mark.parametrize("fault", ["throttled", "failed", "bad gateway", "no room", "throttled in a 200"])
def test_what_may_pass_is_transient_and_costs_nothing(openai, job, fault: str) -> None:
    failing(openai, job, Transient, fault)
    assert openai.transcribed == []


@pytest.mark.parametrize("fault", ["no quota", "bad key", "forbidden", "no credit", "no model", "redirected"])
def test_a_model_that_cannot_be_had_is_unavailable_so_another_listens(openai, job, fault: str) -> None:
    failing(openai, job, Unavailable, fault)
    assert openai.transcribed == []


@pytest.mark.parametrize("fault", ["bad input", "too much", "moderated"])
def test_what_is_refused_is_refused_in_the_vendors_words(openai, job, fault: str) -> None:
    assert len(failing(openai, job, Refused, fault).message) < 350


def test_what_is_no_sound_to_the_vendor_is_refused(openai, job, tmp_path) -> None:
    openai.faults.replies = [(400, {}, {"error": {"message": "Invalid file format"}})]
    with pytest.raises(Refused, match="Invalid file format"):
        adapter(openai).submit(job)


@pytest.mark.parametrize(
    "fault",
    [
        "lost before accepting",
        "lost after accepting",
        "cut in transit",
        "garbage",
        "no completion",
        "strange gateway",
    ],
)
def test_an_answer_that_is_lost_is_not_asked_for_again(openai, job, fault: str) -> None:
    failing(openai, job, AnswerLost, fault)


def test_an_answer_that_takes_too_long_is_lost(openai, job, monkeypatch) -> None:
    monkeypatch.setattr(Model, "patience", 0.3)
    failing(openai, job, AnswerLost, "held")


def test_transcriptions_are_not_kept_so_a_lost_one_is_not_looked_for(openai, job) -> None:
    failing(openai, job, AnswerLost, "lost after accepting")
    asked = len(openai.headers)
    with pytest.raises(AnswerLost):
        adapter(openai).find(job, "2026-11-21T12:00:00Z")
    assert len(openai.headers) == asked


def test_where_nobody_listens_nothing_was_sent(job) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    with pytest.raises(Transient, match="cannot be reached"):
        OpenAICompatible(Account("openai", "OpenAI", url, KEY)).submit(job)


def test_no_log_has_the_key(openai, job, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    adapter(openai).submit(job)
    assert caplog.records
    assert KEY not in caplog.text + repr([vars(record) for record in caplog.records])
