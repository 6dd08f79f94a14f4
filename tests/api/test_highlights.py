"""Highlights over HTTP: what is sent, what it would cost, and another run over a lecture that is there."""

from pathlib import Path
from typing import Any

import pytest

from functions.highlights.request import LECTURE, check_lecture
from functions.pipelines import commissioned
from rushes.services import Services
from rushes.studio.arriving import arrived
from tests.api.conftest import Api, as_somebody
from tests.unit.media.material import foreign_film

WANTED = {"filename": "On tides.mp4", "content_type": "video/mp4", "bytes": 10_000_000, "purpose": "lecture"}


def announced(api: Api, **options: Any) -> dict[str, Any]:
    answer = api("POST", "/v1/uploads", {**WANTED, "options": options})
    assert answer.status == 201, answer.text
    return answer.json["data"]


@pytest.fixture
def begun(api: Api, wired: Services, tmp_path: Path) -> str:
    """A production whose lecture has arrived."""
    upload = announced(api)
    wired.bucket.put(upload["fields"]["key"], foreign_film(tmp_path / "tides.mp4", 6 * 24, tone=True))
    arrived(wired, upload["fields"]["key"], LECTURE, commissioned, check_lecture)
    return upload["production_id"]


def test_a_lecture_is_announced_with_what_is_wanted_of_it(api: Api, wired: Services):
    upload = announced(api, clips=3, pause_at=["select"])
    kept = wired.uploads.load("me", upload["id"])
    assert kept.request
    assert (kept.request["clips"], kept.request["pause_at"]) == (3, ["select"])
    assert kept.request["title"] == "On tides"
    stands = api("GET", f"/v1/uploads/{upload['id']}").json["data"]
    assert (stands["state"], stands["production_id"]) == ("awaited", upload["production_id"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content_type": "image/png", "bytes": 10}, "content_type"),
        ({"content_type": "audio/mpeg", "bytes": 10}, "content_type"),
        ({"bytes": 500 * 2**20 + 1}, "bytes"),
        ({"options": {"clips": 0}}, "options.clips"),
        ({"options": {"clips": 16}}, "options.clips"),
        ({"options": {"aspect_ratio": "4:3"}}, "options.aspect_ratio"),
        ({"options": {"auto_continue": True, "pause_at": ["select"]}}, "options"),
        ({"options": {"pause_at": ["plan"]}}, "options.pause_at.0"),
        ({"options": {"models": {"video": "hailuo"}}}, "options.models.video.[key]"),
        ({"options": {"surprise": 1}}, "options.surprise"),
        ({"options": {"models": {"transcript": "sketch_topics"}}}, "model"),
        ({"purpose": "replace", "options": {}}, ""),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent(api: Api, changes: dict[str, Any], field: str):
    answer = api("POST", "/v1/uploads", WANTED | changes)
    assert answer.status == 422, answer.text
    details = answer.json["error"]["details"]
    found = details.get("field") or details["fields"][0]["field"]
    assert field in found or not field


def test_another_owner_s_upload_is_not_there(api: Api):
    upload = announced(api)
    assert as_somebody("you")("GET", f"/v1/uploads/{upload['id']}").status == 404


def test_a_begun_upload_says_which_production(api: Api, begun: str):
    found = api("GET", f"/v1/productions/{begun}").json["data"]
    assert (found["kind"], found["title"], found["status"]) == ("highlights", "On tides", "queued")


def test_another_run_over_the_same_lecture_has_a_copy_of_it(api: Api, wired: Services, begun: str):
    body = {"kind": "highlights", "lecture_of": begun, "aspect_ratio": "9:16"}
    first, again = (api("POST", "/v1/productions", body, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert first.status == 202, first.text
    assert first.json["data"]["id"] == again.json["data"]["id"]
    assert first.json["data"]["title"] == "On tides"
    production = wired.productions.load("me", first.json["data"]["id"])
    lecture = wired.productions.artifact(production, LECTURE, 1)
    home = wired.productions.load("me", begun)
    assert lecture.fingerprint == wired.productions.artifact(home, LECTURE, 1).fingerprint


def test_a_lecture_of_nobody_s_or_somebody_else_s_is_not_there(api: Api, begun: str):
    body = {"kind": "highlights", "lecture_of": begun}
    assert as_somebody("you")("POST", "/v1/productions", body).status == 404
    assert api("POST", "/v1/productions", {"kind": "highlights"}).status == 422


@pytest.fixture
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")


def test_an_hour_is_priced_before_it_is_sent(api: Api, with_keys: None):
    answer = api("POST", "/v1/productions/estimate", {"kind": "highlights", "seconds": 3600})
    assert answer.status == 200, answer.text
    found = answer.json["data"]
    assert [phase["phase"] for phase in found["phases"]] == ["listen", "analyze", "select", "compile"]
    items = [item for phase in found["phases"] for item in phase["items"]]
    heard = [item for item in items if item["name"].startswith("words_")]
    assert sum(item["usd"] for item in heard) == pytest.approx(60 * 0.006)
    assert any(item["name"].startswith("topics_") and item["usd"] > 0 for item in items)
    assert any(item["name"].startswith("clip_") for item in items)
    assert not found["exact"]


def test_an_estimate_needs_a_length_or_a_lecture(api: Api, begun: str):
    assert api("POST", "/v1/productions/estimate", {"kind": "highlights"}).status == 422
    answer = api("POST", "/v1/productions/estimate", {"kind": "highlights", "lecture_of": begun})
    assert answer.status == 200, answer.text
