"""Budgets: never over, also when many race for the last of it; and a production that waits for more goes on."""

from functools import partial
from typing import Any

import pytest

from rushes.errors import IllegalMove, Refused, Unavailable
from rushes.records.accounts import COMMITTED, Account
from rushes.services import Services
from rushes.studio import begin, ending
from rushes.studio.budget import set_budget
from tests.fakes.artists import short
from tests.fakes.bureau import Bureau
from tests.unit.foundation.conftest import Walk, callbacks
from tests.unit.foundation.errands import (
    PRICE,
    Client,
    account,
    at_once,
    one_at_a_time,
    paid_and_settled,
    tally,
    tell,
)

USD = 1_000_000
FITTING = 7
BUDGET = FITTING * PRICE + PRICE // 2


def stopped(client: Client) -> None:
    """The workflow tells that a task of it was refused."""
    client.stopped("Refused", "what a task was told")


# ---------------------------------------------------------------------- a race for the last dollar


@pytest.mark.parametrize(("many", "kind"), [(50, "production"), (20, "campaign"), (20, "client")])
def test_of_many_racing_for_a_budget_exactly_those_that_fit_are_asked(
    agency: Services, bureau: Bureau, many: int, kind: str
) -> None:
    one_at_a_time(agency)
    texts = {f"text_{n}": f"prompt {n}" for n in range(many)}
    own: dict[str, Any] = {"budget_usd": BUDGET / USD} if kind == "production" else {f"{kind}_id": "spring"}
    client = Client(agency, texts=texts, **own)
    limited = account(client.production, kind)
    if kind != "production":
        agency.accounts.set_budget(limited, BUDGET)
    orders = [client.wants(name) for name in texts]
    at_once([partial(agency.door.start, order) for order in orders])
    assert bureau.asked.total() == FITTING
    assert tally(agency, limited) == client.tally == {COMMITTED: FITTING * PRICE}
    refused = [answer for order in orders if (answer := client.answer(order))]
    assert [error for error, _ in refused] == ["Refused"] * (many - FITTING)


def test_a_campaigns_budget_is_shared_by_its_productions(agency: Services, bureau: Bureau) -> None:
    agency.accounts.set_budget(Account(owner="me", kind="campaign", id="spring"), 2 * PRICE)
    clients = [Client(agency, texts={"first": f"text {n}"}, campaign_id="spring") for n in range(3)]
    answers = [client.answer(client.calls()) for client in clients]
    assert answers[:2] == [None, None]
    assert answers[2][0] == "Refused"
    assert "campaign's budget of $0.20" in answers[2][1]
    standing = agency.accounts.standing(account(clients[0].production, "campaign"))
    assert (standing.budget_usd, standing.spent_usd, standing.reserved_usd) == (0.2, 0, 0.2)


def test_a_budget_of_somebody_elses_campaign_is_not_mine(agency: Services, bureau: Bureau) -> None:
    agency.accounts.set_budget(Account(owner="you", kind="campaign", id="spring"), 0)
    client = Client(agency, campaign_id="spring")
    assert client.answer(client.calls()) is None
    assert bureau.asked.total() == 1


# ---------------------------------------------------------------------- what does not fit


@pytest.mark.parametrize("budget", [0, 0.05, 0.099999])
def test_what_does_not_fit_is_refused_at_its_item_before_it_is_asked(
    agency: Services, bureau: Bureau, budget: float
) -> None:
    client = Client(agency, budget_usd=budget, campaign_id="spring")
    error, cause = client.answer(client.calls())
    assert error == "Refused"
    assert "raise it, then continue" in cause
    item = client.item()
    assert item.state == "failed"
    assert item.failure
    assert (item.failure.code, item.failure.item) == ("BUDGET_EXCEEDED", "first")
    (told,) = client.told("artifact.failed")
    assert told["error"]["code"] == "BUDGET_EXCEEDED"
    assert bureau.asked.total() == 0
    assert client.tally == tally(agency, account(client.production, "campaign")) == {}
    assert agency.productions.ledger(client.production) == []
    assert list(agency.asks.pending()) == []


def test_a_budget_that_fits_to_the_cent_is_spent_to_the_cent(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, budget_usd=0.1)
    order = client.calls()
    bureau.work()
    tell(agency, bureau)
    assert client.answer(order) == {"name": "first", "version": 1}
    assert client.tally == paid_and_settled()


def test_what_is_free_needs_no_budget(agency: Services) -> None:
    client = Client(agency, "gratis", budget_usd=0)
    assert client.answer(client.calls()) == {"name": "first", "version": 1}


def test_what_was_made_before_needs_no_budget(agency: Services, bureau: Bureau) -> None:
    payer = Client(agency)
    payer.calls()
    bureau.work()
    tell(agency, bureau)
    client = Client(agency, budget_usd=0)
    assert client.answer(client.calls()) == {"name": "first", "version": 1}
    assert client.tally == {}


def test_what_is_given_back_can_be_spent_again(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, texts={"first": "a", "other": "b"}, budget_usd=0.1)
    bureau.refusals = [Refused("not that")]
    client.calls("first")
    assert client.answer(client.calls("other")) is None
    assert client.tally == {COMMITTED: PRICE}


def test_what_turned_out_cheaper_leaves_room_for_more(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, "inline", texts={"first": "a", "other": "b"}, budget_usd=0.15)
    bureau.inline, bureau.cost = True, 50_000
    assert client.answer(client.calls("first")) == {"name": "first", "version": 1}
    assert client.answer(client.calls("other")) == {"name": "other", "version": 1}
    assert client.tally == paid_and_settled(100_000)


def test_a_stand_in_has_to_fit_the_budget_too(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, texts={"other": "b", "first": "a"}, budget_usd=0.1)
    bureau.refusals = [Unavailable("no credit")]
    client.calls("first")
    set_budget(agency, "me", client.id, 0.04)
    error, cause = client.answer(client.calls("first"))
    assert error == "Refused"
    assert "$0.0500" in cause
    assert bureau.asked.total() == 0


# ---------------------------------------------------------------------- held, and on again


def test_a_production_that_runs_into_its_budget_is_held_with_the_reason(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, budget_usd=0)
    client.calls()
    stopped(client)
    assert client.production.status == "paused"
    branch = client.production.branch("main")
    assert branch.held
    assert branch.failure
    assert (branch.failure.code, branch.failure.item) == ("BUDGET_EXCEEDED", "first")
    told = client.told("production.status")[-1]
    assert (told["status"], told["reason"]["code"]) == ("paused", "BUDGET_EXCEEDED")
    assert client.told("production.failed") == []


def test_with_a_raised_budget_a_retry_goes_on_and_makes_only_what_is_missing(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, texts={"first": "a", "other": "b"}, budget_usd=0.1)
    client.calls("first")
    bureau.work()
    tell(agency, bureau)
    client.calls("other")
    stopped(client)
    set_budget(agency, "me", client.id, 0.2)
    moved = ending.retry(agency, "me", client.id)
    assert (moved.status, moved.branch("main").attempt) == ("queued", 2)
    assert client.production.execution_name("main") in agency.executions.started
    (missing,) = client.enter()
    assert missing["name"] == "other"
    order = client.calls("other")
    bureau.work()
    tell(agency, bureau, job=2)
    assert client.answer(order) == {"name": "other", "version": 1}
    assert bureau.asked.total() == 2
    assert client.tally == paid_and_settled(2 * PRICE)


def test_held_in_a_later_phase_it_is_continued_from_its_checkpoint(agency: Services, bureau: Bureau) -> None:
    walk = Walk(agency, None, budget_usd=0.3, auto_continue=True)
    for recipe in walk.recipes("words"):
        order = walk.order(recipe)
        agency.door.start(order)
        bureau.work()
        tell(agency, bureau, job=len(bureau.jobs))
        assert callbacks(agency).answers[order.token] == {"name": recipe["name"], "version": 1}
    checkpoint_id = walk.assemble("words")
    walk.review(checkpoint_id)
    (recipe,) = walk.recipes("sentence")
    error, _ = walk.render(walk.order(recipe))
    execution = walk.cursor.execution
    walk.stopped(error, "what it was told")
    assert walk.production.branch("main").held
    set_budget(agency, "me", walk.id, 1)
    continued = walk.go_on(checkpoint_id)
    assert (continued.next_phase, continued.branch) == ("sentence", "main")
    name = walk.production.execution_name("main")
    assert name != execution
    assert agency.executions.started[name]["phase"] == "sentence"
    order = walk.order(*walk.recipes("sentence"))
    agency.door.start(order)
    bureau.work()
    tell(agency, bureau, job=len(bureau.jobs))
    assert callbacks(agency).answers[order.token] == {"name": "sentence", "version": 1}
    assert bureau.asked.total() == 4


def test_continued_without_a_raised_budget_it_is_held_again(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, budget_usd=0)
    for _ in range(2):
        client.calls()
        stopped(client)
        assert client.production.branch("main").held
        ending.retry(agency, "me", client.id)
        client.enter()
    assert bureau.asked.total() == 0


def test_what_money_cannot_mend_fails_the_production_whatever_else_did_not_fit(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, texts={"dear": "d", "refused": "r", "dearer": "e"}, budget_usd=0.1)
    bureau.refusals = [Refused("not that")]
    client.calls("refused")
    set_budget(agency, "me", client.id, 0)
    client.calls("dear")
    client.calls("dearer")
    stopped(client)
    assert client.production.status == "failed"
    failure = client.production.branch("main").failure
    assert failure
    assert (failure.code, failure.item) == ("REFUSED", "refused")


def test_a_held_production_can_be_cancelled(agency: Services) -> None:
    client = Client(agency, budget_usd=0)
    client.calls()
    stopped(client)
    assert ending.cancel(agency, "me", client.id).status == "cancelled"
    with pytest.raises(IllegalMove):
        set_budget(agency, "me", client.id, 1)


def test_a_budget_below_what_is_committed_stops_only_what_is_next(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, texts={"first": "a", "other": "b"}, budget_usd=1)
    order = client.calls("first")
    set_budget(agency, "me", client.id, 0.05)
    assert client.answer(client.calls("other"))[0] == "Refused"
    bureau.work()
    tell(agency, bureau)
    assert client.answer(order) == {"name": "first", "version": 1}


def test_without_a_limit_there_is_none(agency: Services) -> None:
    body = {"kind": "ad", "prompt": "a prompt"}
    assert begin.begin(agency, "me", short(body)).budget_micro_usd is None
