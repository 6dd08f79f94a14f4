"""The door in the cases that are hard: what comes late, twice, or while somebody else is at it."""

from typing import Any

import pytest

from rushes.errors import Refused, Spoiled, Transient, Unavailable
from rushes.providers.port import Finished, Job
from rushes.rendering.door import TRIES
from rushes.services import Services
from rushes.studio import briefing, ending
from tests.fakes.bureau import Bureau, Placed
from tests.unit.foundation.errands import PRICE, Client, account, paid_and_settled, stop, tally, tell

FIRST = {"name": "first", "version": 1}


# ---------------------------------------------------------------------- news


def test_a_webhook_of_a_spoiled_job_may_come_twice(agency: Services, bureau: Bureau) -> None:
    client = Client(agency)
    client.calls()
    bureau.work()
    bureau.ends = [Spoiled("no file in it") for _ in range(20)]
    tell(agency, bureau)
    tell(agency, bureau)
    assert client.tally == paid_and_settled()
    assert len(bureau.ends) >= 18  # it was fetched once for each time it was told, at most


def test_what_was_given_back_and_then_turns_out_refused_is_heard_without_an_error(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)
    bureau.jobs["job-1"].status = "succeeded"
    bureau.ends = [Refused("not that") for _ in range(20)]
    tell(agency, bureau)
    assert client.tally == {}


def test_what_was_lost_and_then_turns_out_spoiled_is_booked_once(agency: Services, bureau: Bureau) -> None:
    bureau.losses, bureau.lists = 1, False
    client = Client(agency, "inline")
    client.calls()
    bureau.work()
    bureau.ends = [Spoiled("no file in it") for _ in range(20)]
    tell(agency, bureau)
    assert client.tally == paid_and_settled()


def test_a_given_back_jobs_end_is_booked_also_when_another_made_it_meanwhile(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)
    client.calls()
    bureau.work()
    tell(agency, bureau, job=2)
    bureau.jobs["job-1"].status = "succeeded"
    tell(agency, bureau, job=1)
    assert client.tally == paid_and_settled(2 * PRICE)


def test_a_failure_that_is_told_again_does_not_disturb_who_asked_anew(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)
    order = client.calls()
    tell(agency, bureau)
    assert client.answer(order) is None


def test_a_late_result_is_kept_and_what_the_item_shows_is_what_is_selected(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency)
    client.calls()
    tell(agency, bureau)
    bureau.refusals = [Unavailable("no credit")]
    client.calls()
    client.calls()  # the second model stands in
    bureau.work()
    tell(agency, bureau, job=2)
    assert client.item().version == 1
    bureau.jobs["job-1"].status = "succeeded"
    tell(agency, bureau, job=1)
    run = briefing.Ground(agency, client.production, client.errand, None).run({})
    assert run.made["first", client.fingerprint()].version == client.item().version


# ---------------------------------------------------------------------- inline, and a second call meanwhile


def test_an_inline_answer_that_comes_while_the_task_calls_again_is_kept(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.inline, bureau.lists = True, False
    client = Client(agency, "inline")

    def calls_again(job: Placed) -> None:
        bureau.during = lambda job: None
        clock.skip(seconds=1)
        client.calls()

    bureau.during = calls_again
    client.calls()
    client.insists(clock)
    artifacts = agency.productions.artifacts(client.production, "first")
    assert [a.model for a in artifacts if a.ready] == ["inline"]


# ---------------------------------------------------------------------- cancelled, deleted


def test_who_cancels_between_two_tries_does_not_stop_anothers_job(agency: Services, bureau: Bureau) -> None:
    bureau.failures = 1
    stays, goes = Client(agency), Client(agency)
    stays.calls()
    goes.calls()
    tell(agency, bureau)  # both are to call again
    order = stays.calls()
    ending.cancel(agency, "me", goes.id)
    stop(agency)
    assert bureau.cancelled == []
    bureau.work()
    tell(agency, bureau, job=2)
    assert stays.answer(order) == FIRST


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_job_is_stopped_when_the_last_who_wanted_it_is_cancelled(
    agency: Services, bureau: Bureau, order: tuple[int, int]
) -> None:
    clients = [Client(agency), Client(agency)]
    for client in clients:
        client.calls()
    for n in order:
        ending.cancel(agency, "me", clients[n].id)
        stop(agency)
    assert bureau.cancelled == ["job-1"]


def test_a_job_that_one_production_wants_twice_is_stopped_with_it(agency: Services, bureau: Bureau) -> None:
    client = Client(agency, texts={"first": "a", "other": "a"})
    client.calls("first")
    client.calls("other")
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert bureau.cancelled == ["job-1"]


def test_a_deleted_productions_job_is_stopped_and_its_campaign_pays_nothing(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, campaign_id="spring")
    campaign = account(client.production, "campaign")
    client.calls()
    ending.delete(agency, "me", client.id)
    stop(agency)  # which runs after the deletion
    assert bureau.cancelled == ["job-1"]
    assert tally(agency, campaign) == {}


def test_a_deleted_productions_job_that_failed_costs_its_campaign_nothing(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, campaign_id="spring")
    campaign = account(client.production, "campaign")
    client.calls()
    ending.delete(agency, "me", client.id)
    bureau.jobs["job-1"].status = "failed"
    tell(agency, bureau)
    assert tally(agency, campaign) == {}


def test_a_deleted_productions_job_that_succeeds_after_it_was_given_back_is_paid_by_its_campaign(
    agency: Services, bureau: Bureau
) -> None:
    bureau.failures = 1
    client = Client(agency, campaign_id="spring")
    campaign = account(client.production, "campaign")
    client.calls()
    tell(agency, bureau)
    ending.delete(agency, "me", client.id)
    bureau.jobs["job-1"].status = "succeeded"
    tell(agency, bureau)
    assert tally(agency, campaign) == paid_and_settled()


def test_who_is_given_what_a_deleted_production_paid_is_not_told_of_costs(
    agency: Services, bureau: Bureau
) -> None:
    asks, waits = Client(agency), Client(agency)
    asks.calls()
    waits.calls()
    ending.delete(agency, "me", asks.id)
    bureau.work()
    tell(agency, bureau)
    assert waits.tally == {}
    assert waits.told("cost.updated") == []
    assert waits.booked("reused") == [0]


def test_a_production_cancelled_before_the_intention_asks_nobody(
    agency: Services, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(agency)
    order = client.wants()
    budget = agency.accounts.budget

    def slow(*arguments: Any) -> Any:
        monkeypatch.undo()
        ending.cancel(agency, "me", client.id)
        stop(agency)
        return budget(*arguments)

    monkeypatch.setattr(agency.accounts, "budget", slow)
    agency.door.start(order)
    assert bureau.asked.total() == len(bureau.cancelled)


def dies_before_asking(client: Client, bureau: Bureau) -> None:
    """Its function is killed between the intention and the request."""
    submit = bureau.submit

    def dies(job: Job) -> Finished:
        bureau.submit = submit
        raise KeyboardInterrupt

    bureau.submit = dies
    with pytest.raises(KeyboardInterrupt):
        client.calls()


def test_what_was_reserved_for_a_request_nobody_made_is_given_back_when_it_is_cancelled(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    client = Client(agency, campaign_id="spring")
    dies_before_asking(client, bureau)
    clock.skip(minutes=20)
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert tally(agency, account(client.production, "campaign")) == {}


def test_a_request_whose_answer_was_lost_is_stopped_when_it_is_cancelled(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    client = Client(agency, campaign_id="spring")
    find = bureau.find
    bureau.losses = 1

    def silent(job: Job, since: str) -> None:
        bureau.find = find
        raise Transient("it does not answer")

    bureau.find = silent
    client.calls()
    clock.skip(minutes=1)
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert bureau.cancelled == ["job-1"]
    assert tally(agency, account(client.production, "campaign")) == {}


def test_nothing_is_rendering_in_a_production_whose_jobs_were_stopped(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency)
    client.calls()
    ending.cancel(agency, "me", client.id)
    stop(agency)
    assert client.item().state != "rendering"


# ---------------------------------------------------------------------- setbacks outlive their cause


def test_a_model_that_was_unavailable_once_is_asked_by_a_later_production(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.refusals = [Unavailable("no credit")]
    first = Client(agency)
    first.calls()
    first.calls()
    clock.skip(days=30)  # and credit was bought
    later = Client(agency)
    later.calls()
    assert bureau.asked[later.fingerprint()] == 1


def test_a_retry_after_the_stand_in_failed_too_begins_with_the_first_model(
    agency: Services, bureau: Bureau
) -> None:
    bureau.refusals = [*(Transient("busy") for _ in range(TRIES)), Refused("not that")]
    client = Client(agency)
    for _ in range(TRIES + 1):
        client.calls()
    assert client.item().state == "failed"
    assert bureau.refusals == []
    client.enter()
    client.calls()
    assert bureau.asked == {client.fingerprint(): 1}
