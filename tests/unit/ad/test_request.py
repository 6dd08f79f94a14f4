"""The request for an ad: what is refused, and what is made of what is left open."""

from typing import Any

import pytest
from pydantic import ValidationError

from functions.ad.request import AdRequest

GOOD: dict[str, Any] = {"kind": "ad", "prompt": "Create a 30-second Nike sneaker ad, energetic style"}


def test_a_kind_and_a_prompt_are_enough() -> None:
    request = AdRequest.model_validate(GOOD)
    assert (request.duration, request.aspect_ratio, request.creativity) == (30, "16:9", 0.5)
    assert (request.auto_continue, request.pause_at, request.model, request.seed) == (False, None, None, None)
    assert (request.narration, request.captions, request.music) == (False, False, None)


def test_json_has_one_kind_of_number_so_a_whole_one_may_have_a_point() -> None:
    request = AdRequest.model_validate(GOOD | {"duration": 20.0, "seed": 7.0})
    assert (request.duration, request.seed) == (20, 7)
    assert isinstance(request.duration, int)


def test_white_space_around_the_prompt_does_not_count() -> None:
    assert AdRequest.model_validate(GOOD | {"prompt": "  tea \n"}).prompt == "tea"
    assert len(AdRequest.model_validate(GOOD | {"prompt": " " * 900 + "a" * 4000}).prompt) == 4000


@pytest.mark.parametrize(
    "prompt",
    [
        "two\nlines and a\ttab",
        "two\r\nlines",
        "kafić i čaj",
        "为茶壶做广告",
        "🚀 go",
        "$product {0} %s ${x}",
        "a" * 4000,
    ],
)
def test_a_prompt_may_be_in_any_language_and_have_lines(prompt: str) -> None:
    assert AdRequest.model_validate(GOOD | {"prompt": prompt}).prompt == prompt


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "highlights"), ("kind", None),
        ("prompt", ""), ("prompt", "  a  "), ("prompt", "a" * 4001),
        ("prompt", "tea\x00pot"), ("prompt", "tea\x1b[0m"), ("prompt", "tea\x85pot"),
        ("prompt", "🚀🚀🚀"), ("prompt", "..."), ("prompt", 30), ("prompt", ["tea"]), ("prompt", "tea\ud800"),
        ("prompt", "tea\ufffdpot"), ("title", "tea\u2028pot"),
        ("title", ""), ("title", "   "), ("title", "a" * 121), ("title", "two\nlines"),
        ("description", "a" * 2001), ("description", "\x07bell"),
        ("duration", 9), ("duration", 61), ("duration", True), ("duration", "30"), ("duration", 30.5),
        ("duration", None),
        ("aspect_ratio", "4:3"), ("aspect_ratio", 1),
        ("model", ""), ("model", "../secrets"), ("model", 1),
        ("creativity", -0.1), ("creativity", 1.1), ("creativity", "0.5"), ("creativity", True),
        ("creativity", float("nan")),
        ("auto_continue", 1), ("auto_continue", "yes"),
        ("pause_at", ["edit"]), ("pause_at", ["plan", "plan"]), ("pause_at", "plan"),
        ("seed", -1), ("seed", 2**31), ("seed", True), ("seed", 1.5),
        ("narration", 1), ("captions", "true"), ("music", 0),
        ("colour", "red"),
        ("budget_usd", -0.01), ("budget_usd", "5"), ("budget_usd", True), ("budget_usd", float("nan")),
        ("client_id", "a/b"), ("campaign_id", ""), ("models", {"video": "kling"}), ("models", {"image": "../x"}),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_and_the_field_is_named(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        AdRequest.model_validate(GOOD | {field: value})
    assert refused.value.errors()[0]["loc"][0] == field


def test_it_is_said_in_one_way_where_to_pause() -> None:
    with pytest.raises(ValidationError, match="auto_continue"):
        AdRequest.model_validate(GOOD | {"auto_continue": True, "pause_at": ["plan"]})


def test_a_request_cannot_be_changed_afterwards() -> None:
    with pytest.raises(ValidationError):
        AdRequest.model_validate(GOOD).duration = 60  # type: ignore[misc]


def test_every_field_is_described_for_those_who_read_the_api() -> None:
    schema = AdRequest.model_json_schema()
    assert schema["examples"]
    assert all("description" in field for name, field in schema["properties"].items() if name != "kind")
