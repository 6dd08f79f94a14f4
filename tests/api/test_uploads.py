"""Uploads over HTTP: a form to send a file with."""

import base64
import json
from typing import Any

import pytest

from rushes.services import Services
from tests.api.conftest import Api, as_somebody

WANTED = {"filename": "holiday.png", "content_type": "image/png", "bytes": 1204357, "purpose": "replace"}


def begun(api: Api, **changes: Any) -> dict[str, Any]:
    answer = api("POST", "/v1/uploads", WANTED | changes)
    assert answer.status == 201
    return answer.json["data"]


def policy(upload: dict[str, Any]) -> dict[str, Any]:
    return json.loads(base64.b64decode(upload["fields"]["policy"]))


def test_an_upload_is_answered_with_a_form(api: Api):
    upload = begun(api)
    assert set(upload) == {"id", "url", "fields", "expires_at", "max_bytes", "production_id"}
    assert upload["max_bytes"] == WANTED["bytes"]
    assert upload["expires_at"].endswith("Z")


def test_the_form_is_for_this_key_this_type_and_no_more_bytes(api: Api):
    upload = begun(api)
    conditions = policy(upload)["conditions"]
    assert {"Content-Type": "image/png"} in conditions
    assert ["content-length-range", 1, WANTED["bytes"]] in conditions
    assert {"key": f"uploads/me/{upload['id']}"} in conditions


def test_the_form_is_signed_as_every_bucket_takes_it(api: Api, wired: Services):
    assert begun(api)["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert "X-Amz-Signature" in wired.bucket.link("me/film.mp4")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content_type": "text/plain"}, "content_type"),
        ({"content_type": "png"}, "content_type"),
        ({"content_type": "image/png\r\nx: y"}, "content_type"),
        ({"bytes": 0}, "bytes"),
        ({"bytes": -1}, "bytes"),
        ({"bytes": 25 * 2**20 + 1}, "bytes"),
        ({"content_type": "video/mp4", "bytes": 10**12}, "bytes"),
        ({"filename": ""}, "filename"),
        ({"purpose": "world domination"}, "purpose"),
        ({"sha256": "x"}, "sha256"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_field(api: Api, changes: dict[str, Any], field: str):
    answer = api("POST", "/v1/uploads", WANTED | changes)
    assert (answer.status, answer.json["error"]["code"]) == (422, "INVALID_REQUEST")
    details = answer.json["error"]["details"]
    assert field in (details.get("field"), *(entry["field"] for entry in details.get("fields", [])))


def test_an_upload_is_its_owners(api: Api, wired: Services):
    upload = begun(api)
    assert wired.uploads.load("me", upload["id"]).filename == "holiday.png"
    other = begun(as_somebody("you"))
    assert other["fields"]["key"].startswith("uploads/you/")


def test_without_a_token_there_is_no_form(wired: Services):
    assert as_somebody(None)("POST", "/v1/uploads", WANTED).status == 401
