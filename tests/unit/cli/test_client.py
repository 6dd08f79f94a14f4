"""The API from the command line's side: its errors as sentences, its events without a gap, its files whole."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from infra.cli.client import Client, Refused, Unreachable
from tests.unit.cli.studio import ALL_TOLD, Studio, Telling, data, file, problem, told


def client(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client("http://studio.test/v1", "token", httpx.MockTransport(answer))


def answering(status: int, **more: object) -> Client:
    return client(lambda _request: httpx.Response(status, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "code"), [(404, "NOT_FOUND"), (409, "NOT_WAITING"), (422, "INVALID_REQUEST")]
)
def test_a_refusal_is_told_in_the_studios_own_words(status: int, code: str):
    problem = {"code": code, "message": "a sentence", "details": {"a": 1}}
    with pytest.raises(Refused, match="a sentence") as refused:
        answering(status, json={"data": None, "error": problem, "meta": {}}).get("productions")
    assert (refused.value.status, refused.value.problem) == (status, problem)


def test_the_gateways_own_refusal_of_a_token_says_what_to_do():
    with pytest.raises(Refused, match="--token"):
        answering(401, json={"message": "Unauthorized"}).get("productions")


@pytest.mark.parametrize("answer", [{"json": {"message": "Too Many Requests"}}, {"text": "<html>"}])
def test_an_error_without_an_envelope_is_an_error_all_the_same(answer: dict[str, object]):
    with pytest.raises(Refused):
        answering(429, **answer).get("productions")


def test_a_page_that_is_no_studio_is_not_taken_for_one():
    with pytest.raises(Unreachable, match="ends in /v1"):
        answering(200, text="<html>welcome</html>").get("productions")


@pytest.mark.parametrize("api", ["http://127.0.0.1:1/v1", "127.0.0.1:8700/v1", "http://[half/v1"])
def test_where_nobody_answers_the_address_is_named(api: str):
    with pytest.raises(Unreachable) as unreachable:
        Client(api, "token").get("productions")
    assert api in str(unreachable.value)


def test_every_request_carries_the_token_and_a_body_as_json():
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer token"
        assert request.read() == b'{"kind":"ad"}'
        return httpx.Response(202, json={"data": {"id": "prod_1"}})

    assert client(answer).post("productions", {"kind": "ad"}) == {"id": "prod_1"}


def test_events_go_on_from_the_last_one_heard_until_all_is_told(studio: Studio):
    tell = Telling()
    first, second, third = (tell("progress", percent=n) for n in range(3))
    studio.on("GET /productions/p/events", told(first, second), told(), told(third), ALL_TOLD)
    assert list(Client(studio.api, "t").events("p")) == [[first, second], [], [third]]
    assert [headers["last-event-id"] for headers in studio.headers] == ["0", "2", "2", "3"]


def test_events_of_a_production_that_is_not_there_are_a_refusal(studio: Studio):
    studio.on("GET /productions/p/events", problem(404, "NOT_FOUND", "no such production"))
    with pytest.raises(Refused, match="no such production"):
        list(Client(studio.api, "t").events("p"))


def test_a_download_is_there_whole(studio: Studio, tmp_path: Path):
    studio.on("GET /film.mp4", file(b"film" * 1000))
    Client(studio.api, "t").download(f"{studio.api}/film.mp4", tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == b"film" * 1000
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_a_link_is_followed_without_the_token(studio: Studio, tmp_path: Path):
    studio.on("GET /film.mp4", file(b"film"))
    Client(studio.api, "t").download(f"{studio.api}/film.mp4", tmp_path / "film.mp4")
    assert "authorization" not in studio.headers[0]


def test_a_download_that_breaks_off_leaves_what_was_there_before(studio: Studio, tmp_path: Path):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"the film of yesterday")
    studio.on("GET /film.mp4", file(b"half", promised=8))
    with pytest.raises(Unreachable):
        Client(studio.api, "t").download(f"{studio.api}/film.mp4", film)
    assert film.read_bytes() == b"the film of yesterday"
    assert list(tmp_path.iterdir()) == [film]


def test_a_link_that_leads_nowhere_is_a_refusal_and_no_file(studio: Studio, tmp_path: Path):
    with pytest.raises(Refused, match=r"film\.mp4"):
        Client(studio.api, "t").download(f"{studio.api}/gone.mp4", tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_made_of_an_answer_without_content(studio: Studio):
    studio.on("DELETE /productions/p", ALL_TOLD)
    studio.on("GET /models", data([]))
    assert Client(studio.api, "t").delete("productions/p") is None
    assert Client(studio.api, "t").get("models") == []
