"""The HTTP API's promises: true statuses, one envelope, nothing stored by a bad request."""

from typing import Any

import pytest

from rushes.services import Services
from rushes.studio import phases, review
from tests.api.conftest import AD, Api, as_somebody
from tests.fakes.artists import PHASES

UNKNOWN = "prod_" + "0" * 26
CHECKPOINT = "cp_" + "0" * 24


def created(api: Api, **more: Any) -> str:
    answer = api("POST", "/v1/productions", AD | more)
    assert answer.status == 202, answer.text
    return answer.json["data"]["id"]


def stored(services: Services) -> list[Any]:
    return services.client("dynamodb").scan(TableName="rushes-test")["Items"]


def test_creating_answers_202_with_the_production_and_where_it_is(api: Api, aws: Any) -> None:
    answer = api("POST", "/v1/productions", AD)
    assert answer.status == 202
    data = answer.json["data"]
    assert data["status"] == "queued"
    assert answer.headers["location"] == f"/v1/productions/{data['id']}"
    assert answer.json["error"] is None
    assert answer.json["meta"]["request_id"] == "request-1"


def test_a_production_shows_its_status_progress_and_request(api: Api) -> None:
    data = api("GET", f"/v1/productions/{created(api, duration=15)}").json["data"]
    assert data["progress"]["percent"] == 0
    assert data["request"]["duration"] == 15
    assert data["branches"][0]["name"] == "main"
    assert data["cost_usd"] == 0
    assert data["result"] is None


BAD: dict[str, dict[str, Any]] = {
    "an empty prompt": {"prompt": ""},
    "a blank prompt": {"prompt": "     "},
    "a prompt too long": {"prompt": "x" * 4001},
    "control characters": {"prompt": "an ad\x00 for \x1b[31mtea"},
    "a prompt of symbols only": {"prompt": "?!?!?!"},
    "a number for a prompt": {"prompt": 12345},
    "a duration too short": {"duration": 9},
    "a duration too long": {"duration": 61},
    "a duration as text": {"duration": "30"},
    "true for a duration": {"duration": True},
    "a fraction of a second": {"duration": 30.5},
    "an unknown aspect ratio": {"aspect_ratio": "4:3"},
    "an unknown model": {"model": "nonesuch"},
    "a model that makes no video": {"model": "sketch_music"},
    "an unknown field": {"surprise": 1},
    "an unknown kind": {"kind": "opera"},
    "an unknown phase to pause at": {"pause_at": ["lunch"]},
    "auto_continue and pause_at together": {"auto_continue": True, "pause_at": ["plan"]},
    "a negative seed": {"seed": -1},
    "null for a flag": {"captions": None},
}


@pytest.mark.parametrize("broken", BAD.values(), ids=BAD.keys())
def test_a_bad_request_is_a_422_that_says_what_is_wrong_and_stores_nothing(
    api: Api, wired: Services, broken: dict[str, Any]
) -> None:
    answer = api("POST", "/v1/productions", AD | broken)
    assert answer.status == 422, answer.text
    assert answer.json["data"] is None
    assert answer.json["error"]["code"] == "INVALID_REQUEST"
    assert len(answer.json["error"]["message"]) > 10
    assert stored(wired) == []


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"text"', '{"kind":"ad"}'])
def test_garbage_for_a_body_is_a_422(api: Api, wired: Services, body: str) -> None:
    assert api("POST", "/v1/productions", body).status == 422
    assert stored(wired) == []


@pytest.mark.parametrize("method_and_path", [
    ("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("POST", "/retry"), ("GET", "/costs"), ("GET", "/events"),
    ("GET", "/checkpoints"), ("GET", "/checkpoints/tree"), ("GET", f"/checkpoints/{CHECKPOINT}"),
    ("GET", "/artifacts/spec"),
])  # fmt: skip
def test_another_owners_production_is_404_everywhere(api: Api, method_and_path: tuple[str, str]) -> None:
    method, path = method_and_path
    production_id = created(api)
    theirs = as_somebody("somebody-else")(method, f"/v1/productions/{production_id}{path}")
    nobodys = api(method, f"/v1/productions/{UNKNOWN}{path}")
    assert (theirs.status, nobodys.status) == (404, 404)
    assert theirs.json["error"]["code"] == nobodys.json["error"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "trick", ["..", "%2e%2e", "prod_..%2f..%2fetc", "a" * 300, "prod_" + "A" * 26, "%00", "'; --"]
)
def test_a_trick_for_an_id_is_refused(api: Api, trick: str) -> None:
    answer = api("GET", f"/v1/productions/{trick}")
    assert answer.status in (404, 422)
    assert answer.json["error"]["code"] in ("NOT_FOUND", "INVALID_REQUEST")


def test_without_a_verified_token_nothing_is_shown(api: Api) -> None:
    assert as_somebody(None)("GET", "/v1/productions").status == 401


def test_the_list_is_newest_first_in_pages_and_only_mine(api: Api) -> None:
    ids = [created(api) for _ in range(5)]
    created(as_somebody("somebody-else"))
    seen: list[str] = []
    cursor = None
    while True:
        page = api("GET", "/v1/productions", query={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        assert len(page["data"]) <= 2
        seen += [item["id"] for item in page["data"]]
        cursor = page["meta"]["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == sorted(ids)
    assert len(set(seen)) == 5


def test_the_list_can_be_filtered_by_status(api: Api) -> None:
    kept, cancelled = created(api), created(api)
    assert api("POST", f"/v1/productions/{cancelled}/cancel").status == 200
    found = api("GET", "/v1/productions", query={"status": "cancelled"}).json["data"]
    assert [item["id"] for item in found] == [cancelled]
    found = api("GET", "/v1/productions", query={"status": "queued"}).json["data"]
    assert [item["id"] for item in found] == [kept]


@pytest.mark.parametrize(
    "query", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"cursor": "../x"}, {"status": "happy"}]
)
def test_a_bad_list_query_is_422(api: Api, query: dict[str, Any]) -> None:
    assert api("GET", "/v1/productions", query=query).status == 422


def test_the_same_idempotency_key_answers_with_the_first_production(api: Api) -> None:
    one = api("POST", "/v1/productions", AD, idempotency_key="key-1")
    two = api("POST", "/v1/productions", AD, idempotency_key="key-1")
    other = api("POST", "/v1/productions", AD | {"duration": 20}, idempotency_key="key-1")
    assert one.json["data"]["id"] == two.json["data"]["id"]
    assert (other.status, other.json["error"]["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert len(api("GET", "/v1/productions").json["data"]) == 1


def test_continuing_a_checkpoint_that_is_not_there_is_404_and_a_malformed_one_422(api: Api) -> None:
    production_id = created(api)
    path = f"/v1/productions/{production_id}/continue"
    assert api("POST", path, {"checkpoint_id": CHECKPOINT}).status == 404
    assert api("POST", path, {"checkpoint_id": "../../x"}).status == 422
    assert api("POST", path, {}).status == 422
    assert api("POST", path, {"checkpoint_id": CHECKPOINT, "force": True}).status == 422


def test_cancelling_twice_and_retrying_what_did_not_fail_is_409(api: Api) -> None:
    production_id = created(api)
    assert api("POST", f"/v1/productions/{production_id}/retry").status == 409
    answer = api("POST", f"/v1/productions/{production_id}/cancel")
    assert answer.json["data"] == {"id": production_id, "status": "cancelled", "spent_usd": 0.0}
    again = api("POST", f"/v1/productions/{production_id}/cancel")
    assert (again.status, again.json["error"]["code"]) == (409, "ILLEGAL_MOVE")


def test_deleting_is_204_and_then_there_is_nothing(api: Api, wired: Services) -> None:
    production_id = created(api)
    assert api("DELETE", f"/v1/productions/{production_id}").status == 204
    assert api("GET", f"/v1/productions/{production_id}").status == 404
    assert stored(wired) == []


def test_what_is_not_there_and_what_is_not_allowed_have_the_envelope_too(api: Api) -> None:
    lost = api("GET", "/v1/nowhere")
    assert (lost.status, lost.json["error"]["code"]) == (404, "NOT_FOUND")
    wrong = api("PUT", "/v1/productions")
    assert (wrong.status, wrong.json["error"]["code"]) == (405, "METHOD_NOT_ALLOWED")


def test_health_and_the_openapi_document_are_open(api: Api) -> None:
    nobody = as_somebody(None)
    assert nobody("GET", "/v1/health").json["data"] == {"status": "ok"}
    assert nobody("GET", "/v1/openapi.json").json["openapi"].startswith("3.")


def test_models_are_listed_filtered_and_shown(api: Api) -> None:
    videos = api("GET", "/v1/models", query={"media": "video"}).json["data"]
    assert {"sketch"} <= {model["id"] for model in videos}
    assert api("GET", "/v1/models/sketch").json["data"]["lengths"] == [5]
    assert api("GET", "/v1/models/nonesuch").status == 404


def paused_production(api: Api, services: Services) -> tuple[str, str]:
    """A production that waits after its first phase, walked there by hand."""
    production_id = created(api)
    production = services.productions.load("me", production_id)
    cursor = phases.Cursor(
        owner="me", production_id=production_id, branch="main", execution=production.execution_name("main")
    )
    moved = production.enter("main", "plan", cursor.execution, services.now())
    from rushes.records.productions import save_production

    services.productions.commit(production, [save_production(moved)], [])
    checkpoint_id = phases.assemble(services, Nothing(), cursor)["checkpoint_id"]
    review.open_review(services, "me", production_id, checkpoint_id, "a-secret-token")
    return production_id, checkpoint_id


class Nothing:
    name = "plan"
    reads = ()

    def recipes(self, brief: Any) -> tuple[Any, ...]:
        return ()

    def assemble(self, brief: Any) -> Any:
        return PHASES["words"].assemble(brief)


def test_a_checkpoint_is_listed_shown_with_its_artifacts_and_stands_in_the_tree(
    api: Api, wired: Services
) -> None:
    production_id, checkpoint_id = paused_production(api, wired)
    base = f"/v1/productions/{production_id}"
    listed = api("GET", f"{base}/checkpoints").json["data"]
    shown = api("GET", f"{base}/checkpoints/{checkpoint_id}").json["data"]
    nested = api("GET", f"{base}/checkpoints/tree").json["data"]
    assert [c["id"] for c in listed] == [checkpoint_id]
    assert (shown["status"], shown["selection"]) == ("waiting", {"notes": 1})
    assert shown["artifacts"][0]["url"].startswith("http")
    assert nested[0]["children"] == []
    assert api("GET", base).json["data"]["current_checkpoint"] == checkpoint_id


def test_a_task_token_never_leaves_the_table(api: Api, wired: Services) -> None:
    production_id, checkpoint_id = paused_production(api, wired)
    for path in ("", "/checkpoints", f"/checkpoints/{checkpoint_id}", "/checkpoints/tree", "/events"):
        assert "a-secret-token" not in api("GET", f"/v1/productions/{production_id}{path}").text


def test_an_artifact_is_shown_with_its_recipe_and_a_link(api: Api, wired: Services) -> None:
    production_id, _ = paused_production(api, wired)
    shown = api("GET", f"/v1/productions/{production_id}/artifacts/notes").json["data"]
    assert (shown["id"], shown["recipe"]["prompt"], shown["parents"]) == ("notes_v1", "d", ["first"])
    missing = api("GET", f"/v1/productions/{production_id}/artifacts/notes", query={"version": 2})
    assert missing.status == 404
    assert api("GET", f"/v1/productions/{production_id}/artifacts/..%2fsecret").status in (404, 422)
