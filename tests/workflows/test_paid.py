"""Whole productions by paid models: what is asked, what is paid, and who says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflows.paid import PaidStudio, each_once, eventually, most_committed, settled

FILM = {"duration": 10, "auto_continue": True, "music": False}
"""Two images and two clips."""


def test_a_film_is_made_by_paid_models_and_each_job_is_paid_once(paid: PaidStudio) -> None:
    wanted = {"kind": "ad", "prompt": "An ad for a paid lighthouse", "duration": 10, "seed": 1}
    models = paid.host.call("GET", "/models").json()["data"]
    defaults = {model["role"]: model["id"] for model in models if model["default"]}
    assert defaults.items() >= {
        "text": "gpt_luna", "image": "flux_dev", "video": "hailuo", "music": "musicgen"
    }.items()  # fmt: skip
    reached = {
        row["id"]: row["reachable"]
        for row in paid.host.call("GET", "/providers").json()["data"]
        if row["needs"]
    }
    assert reached == {"openai": True, "replicate": True, "openrouter": None, "gemini": None, "groq": None}
    before = paid.host.call("POST", "/productions/estimate", json=wanted).json()["data"]
    assert (paid.creates(), paid.chats()) == (0, 0)

    production_id = paid.begin(wanted["prompt"], seed=1, auto_continue=True)
    found = paid.until(production_id, "completed")
    assert (paid.creates(), paid.chats()) == (len(paid.jobs()), 1) == (5, 1)
    assert {204} <= heard(paid) <= {0, 204}
    each_once(paid, production_id)
    made_paid_once(paid, production_id)
    assert found["cost_usd"] == pytest.approx(before["total_usd"], abs=0.002)
    assert found["estimated_usd"] == pytest.approx(before["total_usd"], abs=0.002)
    assert most_committed(paid.ledger(production_id)) <= before["most_usd"]

    after = paid.host.call("POST", "/productions/estimate", json=wanted).json()["data"]
    assert (after["total_usd"], after["most_usd"], after["exact"]) == (0, 0, True)
    again = paid.begin(wanted["prompt"], seed=1, auto_continue=True)
    assert paid.until(again, "completed")["cost_usd"] == 0
    assert {entry["movement"] for entry in paid.ledger(again)} == {"reused"}
    assert (paid.creates(), paid.chats()) == (5, 1)


# ---------------------------------------------------------------------- webhooks


@pytest.mark.parametrize(
    ("webhooks", "seed"), [("early", 100), ("twice", 101), ("late", 102), ("never", 103)]
)
def test_however_webhooks_come_there_is_one_job_for_each_recipe(
    paid: PaidStudio, webhooks: str, seed: int
) -> None:
    paid.replicate.faults.webhooks = webhooks
    production_id = paid.begin(f"An ad for webhooks that come {webhooks}", seed=seed, **FILM)
    paid.until(production_id, "completed")
    each_once(paid, production_id)
    made_paid_once(paid, production_id)
    assert len(paid.jobs()) == paid.creates() == 4
    assert bool(paid.deliveries()) == (webhooks != "never")
    assert heard(paid) <= {0, 204}


@pytest.mark.parametrize(("webhooks", "seed"), [("forged", 104), ("stale", 105)])
def test_a_webhook_that_is_not_the_providers_is_rejected_and_the_film_is_made_all_the_same(
    paid: PaidStudio, webhooks: str, seed: int
) -> None:
    paid.replicate.faults.webhooks = webhooks
    production_id = paid.begin(f"An ad for webhooks that are {webhooks}", seed=seed, **FILM)
    paid.until(production_id, "completed")
    eventually(lambda: len(paid.deliveries()) == 4)
    assert heard(paid) == {401}
    each_once(paid, production_id)


# ---------------------------------------------------------------------- budgets


def test_a_film_that_does_not_fit_its_budget_is_held_and_goes_on_when_it_is_raised(paid: PaidStudio) -> None:
    production_id = paid.begin("An ad for a tight purse", seed=4, budget_usd=0.30, auto_continue=True)
    found = paid.until(production_id, "paused")
    assert (found["phase"], found["error"]["code"]) == ("chunks", "BUDGET_EXCEEDED")
    assert found["error"]["item"] in {"chunk_00", "chunk_01"}
    assert "music" in paid.made(production_id)
    assert len(paid.jobs("video")) == 1
    assert most_committed(paid.ledger(production_id)) <= 0.30
    settled(paid, production_id)

    paid.set_budget(production_id, 1)
    assert paid.go_on(production_id).status_code == 200
    eventually(lambda: paid.show(production_id)["status"] == "completed")
    each_once(paid, production_id)
    made_paid_once(paid, production_id)
    assert (len(paid.jobs()), paid.chats()) == (5, 1)


def test_without_any_budget_it_is_held_at_the_plan_and_goes_on_by_a_retry(paid: PaidStudio) -> None:
    production_id = paid.begin("An ad for an empty purse", seed=5, budget_usd=0, pause_at=["plan"])
    found = paid.until(production_id, "paused")
    assert (found["phase"], found["error"]["code"]) == ("plan", "BUDGET_EXCEEDED")
    assert (found["current_checkpoint"], found["cost_usd"], paid.chats()) == (None, 0, 0)

    paid.set_budget(production_id, None)
    assert paid.host.call("POST", f"/productions/{production_id}/retry").status_code == 202
    eventually(lambda: paid.show(production_id)["current_checkpoint"])
    assert paid.until(production_id, "paused")["error"] is None
    assert paid.chats() == 1
    each_once(paid, production_id)


def test_productions_of_one_campaign_together_never_cost_more_than_its_budget(paid: PaidStudio) -> None:
    path, budget = "/campaigns/spring/budget", 0.5
    assert paid.host.call("PUT", path, json={"budget_usd": budget}).status_code == 200
    with ThreadPoolExecutor(4) as people:
        ids = list(people.map(
            lambda n: paid.begin(f"Spring ad number {n}", seed=10 + n, campaign_id="spring", **FILM), range(4)
        ))  # fmt: skip
    most = 0.0

    def all_rest() -> bool:
        nonlocal most
        standing = paid.host.call("GET", path).json()["data"]
        most = max(most, standing["spent_usd"] + standing["reserved_usd"])
        return all(paid.show(each)["status"] in ("paused", "completed", "failed") for each in ids)

    eventually(all_rest)
    standing = paid.host.call("GET", path).json()["data"]
    assert round(most, 6) <= budget
    assert standing["reserved_usd"] == 0
    assert standing["spent_usd"] == paid.charged() / 1_000_000 <= budget
    assert standing["spent_usd"] == pytest.approx(sum(paid.show(each)["cost_usd"] for each in ids))
    errors = [paid.show(each)["error"] for each in ids]
    assert {error["code"] for error in errors if error} == {"BUDGET_EXCEEDED"}
    for each in ids:
        paid.host.call("POST", f"/productions/{each}/cancel")


# ---------------------------------------------------------------------- cancelling


def test_cancelling_stops_the_providers_jobs_and_gives_back_what_was_held_for_them(paid: PaidStudio) -> None:
    paid.replicate.faults.pace["video"] = 10
    production_id = paid.begin("An ad that nobody wants any more", seed=20, **FILM)
    eventually(lambda: len(paid.jobs("video")) == 2 and paid.show(production_id)["reserved_usd"] == 0.38)
    assert (
        paid.host.call("POST", f"/productions/{production_id}/cancel").json()["data"]["status"] == "cancelled"
    )
    eventually(lambda: paid.show(production_id)["reserved_usd"] == 0)
    assert sorted(paid.cancels()) == sorted(job.id for job in paid.jobs("video"))
    settled(paid, production_id)
    assert paid.show(production_id)["status"] == "cancelled"
    assert {"draft", "spec", "beat_00", "beat_01"} <= paid.made(production_id)


# ---------------------------------------------------------------------- models that cannot be had


@pytest.mark.parametrize(
    ("models", "code", "words"),
    [
        ({"text": "openrouter_luna"}, "MODEL_UNAVAILABLE", "OPENROUTER_API_KEY"),
        ({"text": "gemini_flash_lite"}, "MODEL_UNAVAILABLE", "GEMINI_API_KEY"),
        ({"image": "no_such_painter"}, "INVALID_REQUEST", "no_such_painter"),
    ],
)
def test_a_model_without_a_key_or_that_nobody_knows_is_refused_before_anything_runs(
    paid: PaidStudio, models: dict[str, str], code: str, words: str
) -> None:
    body = {"kind": "ad", "prompt": "An ad by somebody else", "models": models}
    for path in ("/productions", "/productions/estimate"):
        answer = paid.host.call("POST", path, json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
        assert words in answer.json()["error"]["message"]
    newest = paid.host.call("GET", "/productions", params={"limit": 1}).json()["data"]
    assert all(row["title"] != "An ad by somebody else" for row in newest)
    assert (paid.creates(), paid.chats()) == (0, 0)


# ---------------------------------------------------------------------- chat


def test_when_the_chats_answer_is_lost_the_sketch_writes_the_plan_and_nobody_is_asked_again(
    paid: PaidStudio,
) -> None:
    paid.openai.keeps = False
    paid.openai.faults.chats = ["lost after accepting"]
    production_id = paid.begin("An ad for lost words", seed=30, pause_at=["plan"])
    found = paid.until(production_id, "paused", phase="plan")
    draft = paid.item(production_id, "draft")
    assert (draft["state"], draft["stand_in"], draft["model"]) == ("ready", True, "sketch_text")
    assert paid.chats() == 1
    assert found["reserved_usd"] == 0
    assert found["cost_usd"] > 0, "what may have been paid counts as paid"


def test_an_answer_that_was_lost_is_found_where_the_provider_keeps_it(paid: PaidStudio) -> None:
    paid.openai.faults.chats = ["lost after accepting"]
    production_id = paid.begin("An ad for found words", seed=31, pause_at=["plan"])
    paid.until(production_id, "paused", phase="plan")
    draft = paid.item(production_id, "draft")
    assert (draft["stand_in"], draft["model"], paid.chats()) == (False, "gpt_luna", 1)
    settled(paid, production_id)


def test_an_answer_that_breaks_the_schema_is_sent_back_once_and_both_are_paid(paid: PaidStudio) -> None:
    paid.openai.faults.chats = ["breaks the schema"]
    production_id = paid.begin("An ad for words in a wrong shape", seed=32, pause_at=["plan"])
    paid.until(production_id, "paused", phase="plan")
    draft = paid.item(production_id, "draft")
    assert (draft["stand_in"], draft["model"], paid.chats()) == (False, "gpt_luna", 2)
    settled(paid, production_id)


def made_paid_once(paid: PaidStudio, production_id: str) -> None:
    """One version of each artifact, and each paid for at most once."""
    assert {item["version"] for item in paid.show(production_id)["artifacts"]} == {1}
    spent = [entry["artifact"] for entry in paid.ledger(production_id) if entry["movement"] == "spent"]
    assert len(spent) == len(set(spent))


def heard(paid: PaidStudio) -> set[int]:
    """What webhooks were answered with; 0 stands for an answer that took the provider too long."""
    return {status for _, status in paid.deliveries()}
