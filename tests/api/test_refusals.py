"""Refusals say what is wrong, in the envelope, and leave nothing behind."""

import json

import pytest

from rushes.services import Services
from tests.api.conftest import AD, Api
from tests.api.test_productions import UNKNOWN, stored

GARBAGE = {
    "JSON that breaks off": ('{"kind": ', "not JSON"),
    "JSON nested too deep": ("[" * 100_000, "cannot be read"),
    "a number too long": ('{"kind": "ad", "prompt": "a teapot", "seed": ' + "9" * 5000 + "}", "cannot be read"),
    "half a character": ('{"kind": "ad", "prompt": "a teapot \\ud800"}', "unicode"),
    "no number": ('{"kind": "ad", "prompt": "a teapot", "creativity": NaN}', "creativity"),
    "a list": ("[]", "JSON object"),
    "a megabyte": (json.dumps(AD | {"prompt": "x" * 1_000_000}), "4000 characters"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "says"), GARBAGE.values(), ids=GARBAGE.keys())
def test_what_cannot_be_a_request_is_a_422_that_says_why(
    api: Api, wired: Services, body: str, says: str
) -> None:
    answer = api("POST", "/v1/productions", body)
    assert (answer.status, answer.json["error"]["code"]) == (422, "INVALID_REQUEST")
    assert says in answer.json["error"]["message"]
    assert stored(wired) == []


def test_a_body_of_another_type_is_told_what_to_send(api: Api) -> None:
    answer = api("POST", "/v1/productions", AD, content_type="text/xml")
    assert answer.status == 422
    assert "Content-Type: application/json" in answer.json["error"]["message"]


def test_a_rule_of_our_own_is_told_in_our_own_words(api: Api) -> None:
    message = api("POST", "/v1/productions", AD | {"prompt": "?!?"}).json["error"]["message"]
    assert message == "prompt: there are no words in it"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/productions", "GET, POST"),
        ("PUT", f"/v1/productions/{UNKNOWN}", "GET, PATCH, DELETE"),
        ("GET", f"/v1/productions/{UNKNOWN}/continue", "POST"),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(api: Api, method: str, path: str, allowed: str) -> None:
    answer = api(method, path)
    assert (answer.status, answer.headers["allow"]) == (405, allowed)
    assert allowed in answer.json["error"]["message"]


def test_a_path_has_one_spelling(api: Api) -> None:
    for path in ("/v1/productions/", "/v1//productions", f"/v1/productions/{UNKNOWN}/"):
        assert api("GET", path).status == 404


def test_a_bad_parameter_is_named_as_it_was_sent(api: Api) -> None:
    details = api("GET", "/v1/productions", query={"status": "happy", "cursor": "x"}).json["error"]["details"]
    assert [field["field"] for field in details["fields"]] == ["status", "cursor"]
