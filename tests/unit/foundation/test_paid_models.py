"""The door to models that cost money: what is asked, what is booked, and who is told."""

from functools import partial
from typing import Any

import pytest

from rushes.errors import Declined, Refused, Spoiled, Transient, Unavailable
from rushes.records.accounts import COMMITTED, accounts_of
from rushes.rendering.door import LAST_TRIES, TRIES
from rushes.services import Services
from rushes.studio import phases
from tests.fakes.bureau import Bureau, Errand
from tests.unit.foundation.errands import (
    PRICE,
    SECOND_PRICE,
    Client,
    account,
    at_once,
    one_at_a_time,
    paid_and_settled,
    tally,
    tell,
)
from tests.unit.foundation.test_paying_once import Course, Mine

FIRST = {"name": "first", "version": 1}


# ---------------------------------------------------------------------- an answer with the file in it


def test_an_inline_answer_is_kept_at_once_and_booked(agency: Services, bureau: Bureau) -> None:
    bureau.inline, bureau.cost = True, 70_000
    client = Client(agency, "inline")
    assert client.answer(client.calls()) == FIRST
    artifact = agency.productions.artifact(client.production, "first", 1)
    assert (artifact.provider, artifact.model, artifact.cost_micro_usd) == ("desk", "inline", 70_000)
    assert artifact.job_id == "job-1"
    assert agency.bucket.read(f"me/productions/{client.id}/first_v1.json") == b'"a"'
    assert (client.booked("reserved"), client.booked("spent")) == ([PRICE], [70_000])
    assert client.tally == paid_and_settled(70_000)
    assert list(agency.asks.pending()) == []


def test_a_lost_inline_answer_is_booked_and_only_what_is_free_stands_in(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.inline, bureau.lists, bureau.losses = True, False, 1
    client = Client(agency, "inline")
    assert client.insists(clock)["name"] == "first"
    item = client.item()
    artifact = agency.productions.artifact(client.production, "first", item.version or 0)
    assert (artifact.model, artifact.facts["instead_of"]) == ("gratis", "inline")
    assert bureau.asked.total() == 1
    assert client.tally == paid_and_settled()


class InlineCourse(Course):
    """The same for a model that answers with the file itself, and cannot be asked what became of a request."""

    def _prepare(self) -> None:
        self.bureau.inline, self.bureau.lists = True, False
        if self.kind == "its answer is lost":
            self.bureau.losses = 1
        phase = Errand("inline", {"first": "a"})
        stages = phases.ask_recipes(self.services, phase, self.walk.cursor)["stages"]
        (self.recipe,) = stages[0]["chains"][0]["recipes"]

    @property
    def told(self) -> int:
        return 0


@pytest.mark.parametrize("kind", ["all is well", "its answer is lost"])
def test_killed_at_any_step_an_inline_model_is_asked_at_most_once_and_the_task_is_answered(
    services: Services, clock: Any, kind: str
) -> None:
    smooth = InlineCourse(services, clock, "smooth", Mine(), kind)
    check_inline(smooth, smooth.run())
    for step in range(1, smooth.mine.steps + 1):
        course = InlineCourse(services, clock, f"owner-{step}", Mine(step), kind)
        check_inline(course, course.run())


def check_inline(course: InlineCourse, answer: Any) -> None:
    services, production = course.services, course.walk.production
    where = (course.kind, course.mine.step)
    assert answer, where
    assert answer["name"] == "first", where
    artifact = services.productions.artifact(production, "first", answer["version"])
    assert course.bureau.asked.total() <= 1, where
    if artifact.model == "inline":
        assert course.bureau.asked.total() == 1, where
    else:
        assert (artifact.model, artifact.facts["instead_of"]) == ("gratis", "inline"), where
    assert services.bucket.read(f"{course.walk.owner}/productions/{production.id}/{artifact.file}") == b'"a"'
    assert tally(services, accounts_of(production)[0]) == paid_and_settled(), where
    entries = services.productions.ledger(production)
    assert sum(e.micro_usd for e in entries if e.movement == "spent") == PRICE, where
    assert list(services.asks.pending()) == [], where


# ---------------------------------------------------------------------- many want the same


def test_two_tasks_of_one_production_that_want_one_recipe_share_one_request(
    agency: Services, bureau: Bureau
) -> None:
    client = Client(agency, texts={"first": "a", "other": "a"})
    orders = [client.calls("first"), client.calls("other")]
    bureau.work()
    tell(agency, bureau)
    assert [client.answer(order) for order in orders] == [FIRST, {"name": "other", "version": 1}]
    assert bureau.asked.total() == 1
    assert client.booked("spent") == [PRICE]
    assert client.booked("reused") == [0]
    assert client.tally == paid_and_settled()


def test_of_two_productions_that_want_one_recipe_one_pays(agency: Services, bureau: Bureau) -> None:
    asks, waits = Client(agency), Client(agency)
    orders = [asks.calls(), waits.calls()]
    bureau.work()
    tell(agency, bureau)
    assert [asks.answer(orders[0]), waits.answer(orders[1])] == [FIRST, FIRST]
    assert bureau.asked.total() == 1
    assert (asks.booked("spent"), asks.tally) == ([PRICE], paid_and_settled())
    assert (waits.booked("spent"), waits.booked("reused"), waits.tally) == ([], [0], {})
    assert waits.item().reused
    assert agency.bucket.read(f"me/productions/{waits.id}/first_v1.json") == b'"a"'


@pytest.mark.parametrize("inline", [True, False])
def test_of_four_racing_threads_one_asks_and_all_are_answered(
    agency: Services, bureau: Bureau, inline: bool
) -> None:
    one_at_a_time(agency)
    bureau.inline = inline
    clients = [Client(agency, "inline" if inline else "sketch_text") for _ in range(4)]
    orders = [client.wants() for client in clients]
    at_once([partial(agency.door.start, order) for order in orders], abreast=4)
    if not inline:
        bureau.work()
        tell(agency, bureau)
    assert [client.answer(order) for client, order in zip(clients, orders, strict=True)] == [FIRST] * 4
    assert bureau.asked.total() == 1
    assert sorted(client.booked("spent") for client in clients) == [[], [], [], [PRICE]]
    assert sorted(client.booked("reused") for client in clients) == [[], [0], [0], [0]]
    assert sum(client.tally.get(COMMITTED, 0) for client in clients) == PRICE


# ---------------------------------------------------------------------- refused, declined, spoiled


def test_a_refusal_is_final_and_told_to_all_who_wait(agency: Services, bureau: Bureau) -> None:
    asks, waits = Client(agency), Client(agency)
    orders = [asks.calls(), waits.calls()]
    bureau.work()
    bureau.ends = [Refused("not that")]
    tell(agency, bureau)
    for client, order in zip((asks, waits), orders, strict=True):
        assert client.answer(order) == ("Refused", "first: not that")
        item = client.item()
        assert item.state == "failed"
        assert item.failure
        assert (item.failure.code, item.failure.message, item.failure.item) == (
            "REFUSED",
            "not that",
            "first",
        )
        (told,) = client.told("artifact.failed")
        assert told["error"]["code"] == "REFUSED"
        assert client.tally == {}
    assert bureau.asked.total() == 1


def test_a_request_that_is_refused_gives_the_reservation_back(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Refused("not that")]
    client = Client(agency, campaign_id="spring")
    assert client.answer(client.calls()) == ("Refused", "first: not that")
    assert client.tally == tally(agency, account(client.production, "campaign")) == {}
    assert bureau.asked.total() == 0


@pytest.mark.parametrize(("said", "booked"), [(40_000, 40_000), (None, PRICE)])
def test_what_was_declined_is_final_and_booked(
    agency: Services, bureau: Bureau, said: int | None, booked: int
) -> None:
    bureau.refusals = [Declined("it will not", said)]
    client = Client(agency, "inline")
    assert client.answer(client.calls()) == ("Refused", "first: it will not")
    failure = client.item().failure
    assert failure
    assert failure.code == "DECLINED"
    assert client.tally == paid_and_settled(booked)
    assert client.booked("spent") == [booked]


def test_of_what_was_spoiled_nobody_pays_for_another(agency: Services, bureau: Bureau, clock: Any) -> None:
    client = Client(agency)
    client.calls()
    bureau.work()
    bureau.ends = [Spoiled("no file in it")]
    tell(agency, bureau)
    assert client.insists(clock)["name"] == "first"
    artifact = agency.productions.artifact(client.production, "first", 1)
    assert (artifact.model, artifact.facts["instead_of"]) == ("gratis", "sketch_text")
    assert bureau.asked.total() == 1
    assert client.tally == paid_and_settled()


def test_a_job_the_provider_does_not_know_any_more_is_booked_and_stood_in_for(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    client = Client(agency)
    client.calls()
    bureau.jobs.clear()
    clock.skip(seconds=130)
    assert client.insists(clock)["name"] == "first"
    assert agency.productions.artifact(client.production, "first", 1).model == "gratis"
    assert client.tally == paid_and_settled()


# ---------------------------------------------------------------------- unavailable, busy


def test_an_unavailable_model_is_stood_in_for_at_the_very_next_call(agency: Services, bureau: Bureau) -> None:
    bureau.refusals = [Unavailable("no credit")]
    client = Client(agency)
    assert client.answer(client.calls())[0] == "Transient"
    order = client.calls()
    bureau.work()
    tell(agency, bureau)
    assert client.answer(order) == FIRST
    artifact = agency.productions.artifact(client.production, "first", 1)
    assert (artifact.model, artifact.facts["instead_of"]) == ("second", "sketch_text")
    assert client.tally == paid_and_settled(SECOND_PRICE)
    assert (client.booked("reserved"), client.booked("released")) == ([PRICE, SECOND_PRICE], [PRICE])


def test_an_unavailable_model_without_another_is_told_as_such(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.refusals = [Unavailable("no credit")]
    client = Client(agency, "last")
    assert client.insists(clock) == ("Refused", "first: no credit")
    failure = client.item().failure
    assert failure
    assert failure.code == "MODEL_UNAVAILABLE"


def test_a_busy_model_is_asked_again_but_not_before_it_wants_to_be(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.refusals = [Transient("slow down", retry_after=30)]
    client, other = Client(agency), Client(agency)
    assert client.answer(client.calls()) == ("Transient", "first: slow down")
    clock.skip(seconds=28)
    for early in (client, other):
        error, cause = early.answer(early.calls())
        assert error == "Transient"
        assert "pause" in cause
    assert bureau.asked.total() == 0
    clock.skip(seconds=3)
    assert client.answer(client.calls()) is None
    assert bureau.asked.total() == 1


def test_a_model_that_is_busy_too_often_is_stood_in_for(agency: Services, bureau: Bureau, clock: Any) -> None:
    bureau.refusals = [Transient("busy") for _ in range(TRIES)]
    client = Client(agency)
    for _ in range(TRIES):
        assert client.answer(client.calls()) == ("Transient", "first: busy")
    assert bureau.refusals == []
    client.calls()
    assert bureau.asked.total() == 1
    assert client.item().stand_in
    assert client.tally == {COMMITTED: SECOND_PRICE}


def test_a_model_that_was_busy_a_few_times_is_still_itself(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.refusals = [Transient("busy") for _ in range(TRIES - 1)]
    client = Client(agency)
    for _ in range(TRIES):
        client.calls()
    assert bureau.asked == {client.fingerprint(): 1}


def test_without_another_model_it_is_given_up_and_says_why_and_a_retry_begins_anew(
    agency: Services, bureau: Bureau, clock: Any
) -> None:
    bureau.refusals = [Transient("busy") for _ in range(LAST_TRIES)]
    client = Client(agency, "last")
    assert client.insists(clock) == ("Refused", "first: busy")
    assert bureau.refusals == []
    failure = client.item().failure
    assert failure
    assert (failure.code, failure.message) == ("UNAVAILABLE", "busy")
    assert client.tally == {}
    client.enter()
    assert client.item().state == "waiting"
    order = client.calls()
    assert bureau.asked == {client.fingerprint(): 1}
    bureau.work()
    tell(agency, bureau)
    assert client.answer(order) == FIRST


def test_a_download_that_breaks_off_is_told_again_and_not_asked_for_again(
    agency: Services, bureau: Bureau
) -> None:
    bureau.broken_downloads = 1
    client = Client(agency)
    order = client.calls()
    bureau.work()
    with pytest.raises(Transient):
        tell(agency, bureau)
    assert client.answer(order) is None
    tell(agency, bureau)
    assert client.answer(order) == FIRST
    assert bureau.asked.total() == 1
