"""Money over HTTP: estimates, budgets, models and providers."""

from typing import Any

import pytest

from rushes.services import Services
from tests.api.conftest import AD, Api, as_somebody
from tests.api.test_productions import UNKNOWN, created, stored

KEYS = {"OPENAI_API_KEY": "sk-test-secret", "REPLICATE_API_TOKEN": "r8_test_secret"}


@pytest.fixture
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


def estimated(api: Api, **more: Any) -> dict[str, Any]:
    answer = api("POST", "/v1/productions/estimate", AD | more)
    assert answer.status == 200, answer.text
    return answer.json["data"]


def test_an_estimate_lists_every_phase_and_item_and_adds_up(api: Api, with_keys: None) -> None:
    found = estimated(api, duration=30)
    assert [phase["phase"] for phase in found["phases"]] == ["plan", "storyboard", "chunks", "refine"]
    items = [item for phase in found["phases"] for item in phase["items"]]
    assert sum(item["usd"] for item in items) == pytest.approx(found["total_usd"])
    assert found["total_usd"] <= found["most_usd"]
    assert {item["model"] for item in items} >= {"gpt_luna", "flux_dev", "hailuo", "musicgen", "stitch"}
    assert not found["exact"]  # nobody has been asked for the plan yet


def test_an_estimate_starts_nothing_and_writes_nothing(api: Api, wired: Services, with_keys: None) -> None:
    estimated(api)
    assert stored(wired) == []


def test_chains_are_made_side_by_side_so_the_expected_time_is_the_longest(api: Api, with_keys: None) -> None:
    found = estimated(api, duration=30)
    chunks = next(phase for phase in found["phases"] if phase["phase"] == "chunks")
    assert chunks["seconds"] < sum(item["seconds"] for item in chunks["items"])
    assert found["seconds"] < found["sequential_seconds"] / 3


def test_with_sketch_everything_is_free_and_the_estimate_is_exact(api: Api) -> None:
    found = estimated(api)
    assert (found["total_usd"], found["most_usd"], found["exact"]) == (0, 0, True)


def test_an_estimate_says_whether_the_budget_is_enough(api: Api, with_keys: None) -> None:
    assert not estimated(api, budget_usd=0.1)["fits_budget"]
    assert estimated(api, budget_usd=10)["fits_budget"]


def test_what_cannot_be_started_cannot_be_estimated(api: Api) -> None:
    answer = api("POST", "/v1/productions/estimate", AD | {"duration": 5})
    assert (answer.status, answer.json["error"]["code"]) == (422, "INVALID_REQUEST")


@pytest.mark.parametrize("wanted", [{"model": "hailuo"}, {"models": {"image": "flux_dev"}}])
def test_a_model_without_a_key_is_refused_before_anything_runs(
    api: Api, wired: Services, wanted: dict[str, Any]
) -> None:
    answer = api("POST", "/v1/productions", AD | wanted)
    assert (answer.status, answer.json["error"]["code"]) == (422, "MODEL_UNAVAILABLE")
    assert "REPLICATE_API_TOKEN" in answer.json["error"]["message"]
    assert stored(wired) == []


def test_models_say_whether_they_can_be_had_and_which_are_the_defaults(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defaults() -> set[str]:
        models = api("GET", "/v1/models", query={"available": "true"}).json["data"]
        return {model["id"] for model in models if model["default"]}

    assert {"sketch_text", "sketch_image", "sketch", "sketch_music"} <= defaults()
    monkeypatch.setenv("REPLICATE_API_TOKEN", KEYS["REPLICATE_API_TOKEN"])
    assert {"sketch_text", "flux_dev", "hailuo", "musicgen"} <= defaults()
    prices = {model["id"]: model["price"] for model in api("GET", "/v1/models").json["data"]}
    assert all(price["source"] and price["date"] for price in prices.values())


def test_providers_say_what_they_need(api: Api) -> None:
    found = {provider["id"]: provider for provider in api("GET", "/v1/providers").json["data"]}
    assert found["replicate"]["needs"] == "REPLICATE_API_TOKEN"
    assert (found["replicate"]["configured"], found["replicate"]["reachable"]) == (False, None)
    assert found["sketch"]["configured"]


def test_a_provider_that_cannot_be_reached_says_so_without_its_key(
    api: Api, with_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REPLICATE_BASE_URL", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    answer = api("GET", "/v1/providers")
    found = {provider["id"]: provider for provider in answer.json["data"]}
    assert found["replicate"]["configured"]
    assert found["replicate"]["reachable"] is False
    assert found["replicate"]["problem"]
    assert not any(key in answer.text for key in KEYS.values())


def test_a_budget_is_set_at_the_beginning_and_changed_later(api: Api) -> None:
    production_id = created(api, budget_usd=2.5)
    assert api("GET", f"/v1/productions/{production_id}").json["data"]["budget_usd"] == 2.5
    for budget in (5, 0, None):
        answer = api("PATCH", f"/v1/productions/{production_id}", {"budget_usd": budget})
        assert (answer.status, answer.json["data"]["budget_usd"]) == (200, budget)


@pytest.mark.parametrize("budget", [-1, "5", True, 2e6, [1]])
def test_a_budget_that_is_none_is_refused(api: Api, budget: object) -> None:
    production_id = created(api, budget_usd=1)
    answer = api("PATCH", f"/v1/productions/{production_id}", {"budget_usd": budget})
    assert (answer.status, answer.json["error"]["code"]) == (422, "INVALID_REQUEST")
    assert api("GET", f"/v1/productions/{production_id}").json["data"]["budget_usd"] == 1


def test_nobody_sets_anothers_budget(api: Api, wired: Services) -> None:
    production_id = created(api, budget_usd=1)
    stranger = as_somebody("you")
    assert stranger("PATCH", f"/v1/productions/{production_id}", {"budget_usd": 9}).status == 404
    assert api("PATCH", f"/v1/productions/{UNKNOWN}", {"budget_usd": 9}).status == 404


@pytest.mark.parametrize("whose", ["clients", "campaigns"])
def test_a_campaign_and_a_client_have_budgets_of_their_own(api: Api, wired: Services, whose: str) -> None:
    assert api("GET", f"/v1/{whose}/nike/budget").json["data"]["budget_usd"] is None
    assert api("PUT", f"/v1/{whose}/nike/budget", {"budget_usd": 100}).json["data"] == {
        "budget_usd": 100,
        "spent_usd": 0,
        "reserved_usd": 0,
    }
    assert as_somebody("you")("GET", f"/v1/{whose}/nike/budget").json["data"]["budget_usd"] is None


def test_costs_show_estimate_and_ledger_side_by_side(api: Api) -> None:
    costs = api("GET", f"/v1/productions/{created(api)}/costs").json["data"]
    assert costs.keys() >= {"total_usd", "reserved_usd", "estimated_usd", "budget_usd", "items", "entries"}
