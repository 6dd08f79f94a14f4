"""Replicate: one request for one job, and what each way it can end means."""

import socket
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from rushes.errors import AnswerLost, Refused, RushesError, Transient, Unavailable, Unplayable
from rushes.providers.account import Account
from rushes.providers.catalog import entries
from rushes.providers.port import Accepted, Job
from rushes.providers.replicate.adapter import Replicate
from rushes.providers.replicate.inputs import DATA_URL_AT_MOST, input_of, scalars_of
from tests.doubles.replicate import TOKEN, ReplicateDouble

MODELS = {model.id: model for model in entries().models}
WIDE = {"width": 1280, "height": 720, "aspect_ratio": "16:9"}


def a_job(folder: Path, model_id: str = "flux_dev", *sources: Any, **recipe: Any) -> Job:
    model = MODELS[model_id]
    recipe = {"prompt": "a red shoe", "parameters": {**WIDE, "seconds": 6}, "seed": 7, **recipe}
    return Job(model.recipe(**recipe), sources, folder, model, "ask_1", "https://rushes.example/hooks/ask_1")


def a_picture(folder: Path, size: tuple[int, int] = (1280, 720)) -> Any:
    path = folder / "frame.png"
    Image.effect_noise(size, 90).save(path)  # noise is what JPEG can shrink least
    return SimpleNamespace(role="first_frame", moment="whole", path=lambda: path)


# ---------------------------------------------------------------------- the request


def test_a_job_is_accepted_with_its_webhook_and_asked_for_once(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    accepted = replicate.submit(a_job(tmp_path))
    [job] = double.accepted
    assert accepted == Accepted(job.id)
    assert double.creates == 1
    assert job.webhook == "https://rushes.example/hooks/ask_1"
    assert job.input == {"prompt": "a red shoe", "aspect_ratio": "16:9", "seed": 7, "output_format": "png"}


def test_a_job_nobody_can_be_called_about_has_no_webhook(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    replicate.submit(replace(a_job(tmp_path), webhook=None))
    assert double.accepted[0].webhook is None


def test_a_community_model_is_asked_for_by_its_version(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    replicate.submit(a_job(tmp_path, "musicgen"))
    assert double.accepted[0].model.id == "musicgen"
    assert double.accepted[0].input["duration"] == 6


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
def test_a_base_url_may_end_in_v1_or_not(ending: str, double: ReplicateDouble, account: Account) -> None:
    Replicate(replace(account, base_url=double.url + ending)).check()


# ---------------------------------------------------------------------- the input


def test_what_the_recipe_does_not_have_is_left_out(account: Account, tmp_path: Path) -> None:
    given = input_of(a_job(tmp_path, "hailuo", parameters={"seconds": 10}, prompt=""), account)
    assert given == {"duration": 10, "resolution": "768p"}


def test_a_seed_is_sent_only_to_a_model_that_takes_one(tmp_path: Path) -> None:
    assert "seed" not in scalars_of(a_job(tmp_path, "kling"))
    assert scalars_of(a_job(tmp_path, "wan"))["seed"] == 7


def test_a_prompt_is_cut_where_the_model_takes_no_longer_one(account: Account, tmp_path: Path) -> None:
    given = input_of(a_job(tmp_path, "minimax_music", prompt="slow strings, " * 40), account)
    assert len(given["prompt"]) == 300
    assert 10 <= len(given["lyrics"]) <= 600


@pytest.mark.parametrize("size", [(64, 36), (1280, 720), (1920, 1920)])
def test_a_picture_travels_in_the_request_within_256_kb(
    size: tuple[int, int], account: Account, tmp_path: Path
) -> None:
    url = input_of(a_job(tmp_path, "hailuo", a_picture(tmp_path, size)), account)["first_frame_image"]
    assert url.startswith("data:image/jpeg;base64,")
    assert len(url) <= DATA_URL_AT_MOST


def test_what_is_no_picture_is_refused_before_anything_is_sent(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    source = a_picture(tmp_path)
    source.path().write_text("no picture")
    with pytest.raises(Unplayable):
        replicate.submit(a_job(tmp_path, "hailuo", source))
    assert double.creates == 0


# ---------------------------------------------------------------------- how it can end


@pytest.mark.parametrize(
    ("fault", "error", "retry_after"),
    [
        ("throttled", Transient, 7),
        ("throttled, reset", Transient, 5),
        ("throttled, in words", Transient, 1),
        ("no room", Transient, None),
        ("bad input", Refused, None),
        ("no credit", Unavailable, None),
        ("failed", AnswerLost, None),
        ("failed after accepting", AnswerLost, None),
        ("lost before accepting", AnswerLost, None),
        ("lost after accepting", AnswerLost, None),
        ("nonsense", AnswerLost, None),
    ],
)
def test_a_request_is_made_once_however_it_ends(
    fault: str,
    error: type[RushesError],
    retry_after: float | None,
    replicate: Replicate,
    double: ReplicateDouble,
    tmp_path: Path,
) -> None:
    double.faults.creates = [fault]
    with pytest.raises(error) as raised:
        replicate.submit(a_job(tmp_path))
    assert type(raised.value) is error
    assert getattr(raised.value, "retry_after", None) == retry_after
    assert double.creates == 1
    assert TOKEN not in str(raised.value)


def test_bad_input_is_refused_in_the_vendors_words(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path
) -> None:
    double.faults.creates = ["bad input"]
    with pytest.raises(Refused, match="prompt is required"):
        replicate.submit(a_job(tmp_path))


def test_a_late_answer_is_a_lost_one(
    replicate: Replicate, double: ReplicateDouble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rushes.providers.replicate.wire.TIMEOUT", 0.05)
    double.faults.answers_after = 0.3
    with pytest.raises(AnswerLost):
        replicate.submit(a_job(tmp_path))
    assert len(double.accepted) == 1


def test_a_model_that_is_gone_is_unavailable(replicate: Replicate, tmp_path: Path) -> None:
    job = a_job(tmp_path)
    with pytest.raises(Unavailable, match="does not have this model"):
        replicate.submit(replace(job, model=job.model.model_copy(update={"name": "gone/model"})))


def test_a_key_that_is_not_accepted_makes_every_model_unavailable(account: Account, tmp_path: Path) -> None:
    replicate = Replicate(replace(account, key="r8_wrong"))
    for ask in (lambda: replicate.submit(a_job(tmp_path)), replicate.check):
        with pytest.raises(Unavailable) as raised:
            ask()
        assert "r8_wrong" not in str(raised.value)


def test_a_key_that_cannot_be_sent_is_not_told_to_anybody(account: Account, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as raised:
        Replicate(replace(account, key="r8_broken\nkey")).submit(a_job(tmp_path))
    assert raised.value.__cause__ is None
    assert "r8_broken" not in str(raised.value)


def test_a_server_that_is_not_there_was_not_asked(account: Account, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(Transient):
            Replicate(replace(account, base_url=nobody)).submit(a_job(tmp_path))
    with pytest.raises(Transient):
        Replicate(replace(account, base_url="https://nowhere.invalid")).submit(a_job(tmp_path))
