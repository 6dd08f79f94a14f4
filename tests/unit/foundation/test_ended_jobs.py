"""The ends of paid jobs: told late, twice or of nobody; and those of what was deleted or cancelled meanwhile."""

from typing import Any

import pytest

from rushes.records.accounts import COMMITTED
from rushes.services import Services
from rushes.studio import ending
from tests.fakes.bureau import Bureau
from tests.unit.foundation.errands import (
    PRICE,
    Client,
    account,
    paid_and_settled,
    stop,
    tally,
    tell,
)

FIRST = {"name": "first", "version": 1}


# ---------------------------------------------------------------------- news: late, twice, of nobody


def test_what_succeeds_after_it_was_given_back_is_adopted_and_booked(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)  # it failed, and was given back
    assert (client.booked("released"), client.tally) == ([PRICE], {})
    bureau.jobs["job-1"].status = "succeeded"
    tell(agency, bureau)
    assert client.tally == paid_and_settled()
    assert client.booked("spent") == [PRICE]
    assert client.answer(client.calls()) == FIRST
    assert bureau.asked.total() == 1


@pytest.mark.parametrize("cost", [PRICE, 60_000, 130_000])
def test_what_was_counted_as_lost_is_adopted_and_only_the_difference_booked(
    agency: Services, bureau: Bureau, cost: int
) -> None:
    bureau.losses, bureau.lists, bureau.cost = 1, False, cost
    client = Client(agency, "inline")  # which no webhook is expected of
    client.calls()
    assert client.tally == paid_and_settled()
    bureau.work()
    for _ in range(2):
        tell(agency, bureau)
    assert client.tally == paid_and_settled(cost)
    assert sum(client.booked("spent")) == cost
    assert client.answer(client.calls()) == FIRST
    artifact = agency.productions.artifact(client.production, "first", 1)
    assert artifact.model == "inline"


def test_a_second_jobs_end_is_booked_and_never_overwrites_the_file(agency: Services, bureau: Bureau) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)
    second = client.calls()  # asked anew
    bureau.jobs["job-1"].status = "succeeded"  # the first has ended well after all
    tell(agency, bureau)
    assert client.answer(second) == FIRST
    bureau.work()
    bureau.jobs["job-2"].text = "something else"
    for _ in range(2):
        tell(agency, bureau, job=2)
    assert agency.bucket.read(f"me/productions/{client.id}/first_v1.json") == b'"a"'
    assert client.tally == paid_and_settled(2 * PRICE)
    assert client.booked("spent") == [PRICE, PRICE]
    assert list(agency.asks.pending()) == []


def test_news_of_an_ask_nobody_knows_changes_nothing(agency: Services, bureau: Bureau) -> None:
    client = Client(agency)
    client.calls()
    before = client.events()
    agency.door.news("ask_unknown", {"id": "job-1", "status": "succeeded", "text": "a"})
    assert client.events() == before
    assert client.tally == {COMMITTED: PRICE}


def test_a_failure_that_is_told_twice_gives_the_reservation_back_once(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    order = client.calls()
    for _ in range(2):
        tell(agency, bureau)
    assert client.answer(order)[0] == "Transient"
    assert client.tally == {}
    assert (client.booked("reserved"), client.booked("released")) == ([PRICE], [PRICE])


def test_a_job_that_is_still_at_work_is_no_news(agency: Services, bureau: Bureau) -> None:
    client = Client(agency)
    order = client.calls()
    tell(agency, bureau)
    assert client.answer(order) is None
    assert client.tally == {COMMITTED: PRICE}


# ---------------------------------------------------------------------- deleted meanwhile


def test_what_a_deleted_production_asked_for_is_delivered_to_who_else_waits(
    agency: Services, bureau: Bureau
) -> None:
    asks, waits = Client(agency), Client(agency)
    asks.calls()
    order = waits.calls()
    ending.delete(agency, "me", asks.id)
    bureau.work()
    tell(agency, bureau)
    assert waits.answer(order) == FIRST
    assert bureau.asked.total() == 1
    assert list(agency.table.query(f"me#production#{asks.id}")) == []


def test_what_a_deleted_production_asked_for_is_paid_by_its_campaign_and_client_and_leaves_nothing(
    agency: Services, bureau: Bureau, aws: Any
) -> None:
    client = Client(agency, campaign_id="spring", client_id="acme")
    production = client.production
    client.calls()
    ending.delete(agency, "me", client.id)
    bureau.work()
    for _ in range(2):
        tell(agency, bureau)
    assert tally(agency, account(production, "campaign")) == paid_and_settled()
    assert tally(agency, account(production, "client")) == paid_and_settled()
    assert list(agency.table.query(f"me#production#{client.id}")) == []
    assert aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["KeyCount"] == 0
    assert list(agency.asks.pending()) == []


def test_a_production_deleted_while_its_file_is_put_leaves_no_file_and_no_tally(
    agency: Services, bureau: Bureau, aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(agency, campaign_id="spring")
    production = client.production
    client.calls()
    bureau.work()
    put = agency.bucket.put

    def slow(*arguments: Any) -> None:
        ending.delete(agency, "me", client.id)
        put(*arguments)

    monkeypatch.setattr(agency.bucket, "put", slow)
    tell(agency, bureau)
    assert tally(agency, account(production, "campaign")) == paid_and_settled()
    assert list(agency.table.query(f"me#production#{client.id}")) == []
    assert aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["KeyCount"] == 0


# ---------------------------------------------------------------------- cancelled


def test_cancelling_stops_exactly_the_open_asks_later(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, texts={"made": "m", "running": "r", "waiting": "w"})
    client.calls("made")
    bureau.work()
    tell(agency, bureau)
    client.calls("running")
    ask = client.open_ask("running")
    ending.cancel(agency, "me", client.id)
    assert agency.functions.called == [("stop", {"production_id": client.id, "ask_ids": [ask]})]
    assert bureau.cancelled == []


def test_cancelling_what_has_no_open_ask_calls_nobody(agency: Services) -> None:
    client = Client(agency)
    ending.cancel(agency, "me", client.id)
    assert agency.functions.called == []


def test_a_stopped_job_is_cancelled_at_the_provider_and_its_reservation_given_back(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, campaign_id="spring")
    client.calls()
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert bureau.cancelled == ["job-1"]
    assert client.tally == {}
    assert tally(agency, account(client.production, "campaign")) == {}
    assert client.booked("released") == [PRICE]
    assert list(agency.asks.pending()) == []


def test_a_job_that_another_production_waits_for_is_not_cancelled(agency: Services, bureau: Bureau) -> None:
    asks, waits = Client(agency), Client(agency)
    asks.calls()
    order = waits.calls()
    ending.cancel(agency, "me", asks.id)
    stop(agency)
    assert bureau.cancelled == []
    bureau.work()
    tell(agency, bureau)
    assert waits.answer(order) == FIRST


def test_a_job_that_finished_before_it_could_be_stopped_is_kept_and_paid(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency)
    client.calls()
    bureau.work()
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert client.production.status == "cancelled"
    assert client.item().state == "ready"
    assert agency.bucket.read(f"me/productions/{client.id}/first_v1.json") == b'"a"'
    assert client.tally == paid_and_settled()


def test_stopping_what_has_ended_or_nobody_knows_does_nothing(agency: Services, bureau: Bureau) -> None:
    client = Client(agency)
    client.calls()
    ask = client.open_ask()
    bureau.work()
    tell(agency, bureau)
    agency.door.stop(client.id, [ask, "ask_unknown"])
    assert bureau.cancelled == []
    assert client.tally == paid_and_settled()


# ---------------------------------------------------------------------- nobody waits, and nobody tells


def test_a_job_whose_task_is_gone_and_whose_webhook_was_lost_is_swept_up(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    client = Client(agency)
    client.calls()
    ending.cancel(agency, "me", client.id)  # and what was to stop the job never ran
    bureau.work()
    agency.door.sweep()
    assert client.tally == {COMMITTED: PRICE}  # too early to worry
    clock.skip(minutes=16)
    agency.door.sweep()
    assert client.tally == paid_and_settled()
    assert list(agency.asks.pending()) == []


def test_one_job_that_cannot_be_looked_at_does_not_keep_the_others_from_it(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    for text in ("a", "b"):
        Client(agency, texts={"first": text}).calls()
    bureau.work()
    clock.skip(minutes=16)
    del bureau.jobs["job-1"]
    agency.door.sweep()
    assert list(agency.asks.pending()) == []
