"""The door: reuse → claim → submit → settle, whatever fails between any two lines."""

import threading
from typing import Any

import pytest

from rushes.errors import Refused, Transient
from rushes.providers.port import Job
from rushes.services import Services
from rushes.studio import ending
from tests.fakes.artists import FakeArtist
from tests.unit.foundation.conftest import Walk, callbacks
from tests.unit.foundation.errands import one_at_a_time


class Killed(BaseException):
    """The function dies here: nothing after this line runs, and no handler hears of it."""


def test_a_recipe_becomes_a_versioned_file_and_answers_its_task(walk: Walk) -> None:
    first, *_ = walk.recipes("words")
    answer = walk.render(walk.order(first))
    artifact = walk.services.productions.artifact(walk.production, "first", 1)
    assert answer == {"name": "first", "version": 1}
    assert artifact.fingerprint == first["fingerprint"]
    assert walk.services.bucket.read(f"me/productions/{walk.id}/first_v1.json") == b'"a"'
    assert artifact.bytes == 3
    assert artifact.made_by == "a fake"


def test_a_recipe_is_made_from_its_ingredients(walk: Walk) -> None:
    walk.make("words")
    assert walk.services.bucket.read(f"me/productions/{walk.id}/second_v1.json") == b'"ba"'


def test_a_recipe_whose_ingredient_is_missing_is_refused_by_name(walk: Walk) -> None:
    _, second, _ = walk.recipes("words")
    error, cause = walk.render(walk.order(second))
    assert error == "Refused"
    assert "first is needed first" in cause
    item = walk.services.productions.work_item(walk.production, "main", "second")
    assert (item.state, item.failure) == ("waiting", None)  # it is not to blame


def test_asking_twice_makes_it_once_and_answers_both(walk: Walk, artist: FakeArtist) -> None:
    first, *_ = walk.recipes("words")
    assert walk.render(walk.order(first)) == walk.render(walk.order(first)) == {"name": "first", "version": 1}
    assert len(artist.jobs) == 1


def test_the_same_recipe_in_another_production_is_copied_and_costs_nothing(
    studio: Services, artist: FakeArtist
) -> None:
    for _ in range(2):
        walk = Walk(studio, artist)
        walk.make("words")
    assert len(artist.jobs) == 3
    item = studio.productions.work_item(walk.production, "main", "first")
    assert item.reused
    assert studio.bucket.read(f"me/productions/{walk.id}/first_v1.json") == b'"a"'
    assert [entry.movement for entry in studio.productions.ledger(walk.production)] == ["reused"] * 3


def test_another_owner_never_reuses_mine(studio: Services, artist: FakeArtist, walk: Walk) -> None:
    first, *_ = walk.recipes("words")
    walk.render(walk.order(first))
    assert studio.renders.find("me", first["fingerprint"])
    assert studio.renders.find("you", first["fingerprint"]) is None


def test_two_tasks_that_want_one_recipe_at_once_share_one_making(
    studio: Services, artist: FakeArtist
) -> None:
    one, other = Walk(studio, artist), Walk(studio, artist)
    wanted = one.order(one.recipes("words")[0])
    waiting = other.order(other.recipes("words")[0])
    artist.before = lambda job: studio.door.start(waiting)  # the other asks while the first is being made
    assert one.render(wanted) == {"name": "first", "version": 1}
    assert callbacks(studio).answers[waiting.token] == {"name": "first", "version": 1}
    assert len(artist.jobs) == 1
    assert studio.bucket.read(f"me/productions/{other.id}/first_v1.json") == b'"a"'


def test_many_racing_tasks_share_one_making(studio: Services, artist: FakeArtist) -> None:
    one_at_a_time(studio)
    walks = [Walk(studio, artist) for _ in range(4)]
    orders = [walk.order(walk.recipes("words")[0]) for walk in walks]
    threads = [threading.Thread(target=studio.door.start, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [callbacks(studio).answers[order.token] for order in orders] == [
        {"name": "first", "version": 1}
    ] * 4
    assert len(artist.jobs) == 1


STEPS = ["productions.remember", "renders.claim", "productions.recipe", "productions.allocate", "bucket.put",
         "productions.commit", "callbacks.succeed", "renders.answered"]  # fmt: skip


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_next_execution_goes_on_and_no_work_is_lost(
    studio: Services, artist: FakeArtist, step: str, when: str
) -> None:
    walk = Walk(studio, artist)
    part, method = step.split(".")
    owner = getattr(studio, part)
    original = getattr(owner, method)

    def dies(*arguments: Any, **named: Any) -> Any:
        setattr(owner, method, original)
        if when == "after":
            original(*arguments, **named)
        raise Killed(step)

    first, *_ = walk.recipes("words")
    setattr(owner, method, dies)
    with pytest.raises(Killed):
        studio.door.start(walk.order(first))
    ending_retry(walk)
    for recipe in walk.recipes("words"):
        assert walk.render(walk.order(recipe)) == {"name": recipe["name"], "version": 1}
    walk.assemble("words")
    settled = ["callbacks.succeed", "renders.answered"]
    made = [recipe.prompt for recipe in artist.jobs].count("a")
    assert made == (1 if made_before(step, when) else 2) or step in settled
    assert [a.version for a in studio.productions.artifacts(walk.production, "first")] == [1]
    assert len(studio.productions.ledger(walk.production)) == 3


def made_before(step: str, when: str) -> bool:
    """Whether the death left either nothing that was made, or a result that was recorded."""
    return STEPS.index(step) < STEPS.index("productions.allocate") or (step, when) == (
        "productions.commit",
        "after",
    )


def ending_retry(walk: Walk) -> None:
    """The engine lost the execution; the production is retried in a new one."""
    walk.services.executions.dead.add(walk.production.execution_name("main"))
    ending.retry(walk.services, "me", walk.id)


def test_a_claim_whose_maker_died_is_taken_over_when_its_lease_is_over(
    studio: Services, artist: FakeArtist, clock: Any
) -> None:
    dead, living = Walk(studio, artist), Walk(studio, artist)
    studio.renders.claim(dead.order(dead.recipes("words")[0]))
    recipe = living.recipes("words")[0]
    assert living.render(living.order(recipe)) is None
    clock.skip(minutes=16)
    assert living.render(living.order(recipe)) == {"name": "first", "version": 1}


def test_what_may_pass_is_answered_as_transient_and_the_next_try_makes_it(
    walk: Walk, artist: FakeArtist
) -> None:
    first, *_ = walk.recipes("words")

    def busy(job: Job) -> None:
        artist.before = lambda job: None
        raise Transient("the model is busy")

    artist.before = busy
    assert walk.render(walk.order(first)) == ("Transient", "first: the model is busy")
    assert walk.render(walk.order(first)) == {"name": "first", "version": 1}


def test_a_refusal_is_shown_at_the_item_and_told(walk: Walk, artist: FakeArtist) -> None:
    first, *_ = walk.recipes("words")

    def refuses(job: Job) -> None:
        raise Refused("not that")

    artist.before = refuses
    assert walk.render(walk.order(first)) == ("Refused", "first: not that")
    item = walk.services.productions.work_item(walk.production, "main", "first")
    assert item.state == "failed"
    assert item.failure
    assert item.failure.message == "not that"
    assert walk.events()[-1] == "artifact.failed"


def test_when_a_maker_breaks_whoever_waits_makes_it_itself(studio: Services, artist: FakeArtist) -> None:
    one, other = Walk(studio, artist), Walk(studio, artist)
    wanted = one.order(one.recipes("words")[0])
    recipe = other.recipes("words")[0]
    waiting = other.order(recipe)

    def breaks(job: Job) -> None:
        artist.before = lambda job: None
        studio.door.start(waiting)
        raise ZeroDivisionError

    artist.before = breaks
    with pytest.raises(ZeroDivisionError):
        studio.door.start(wanted)
    item = studio.productions.work_item(one.production, "main", "first")
    assert item.state == "failed"
    assert callbacks(studio).answers[waiting.token][0] == "Transient"
    assert other.render(other.order(recipe)) == {"name": "first", "version": 1}


def test_a_superseded_execution_makes_nothing(walk: Walk, artist: FakeArtist) -> None:
    old = walk.order(walk.recipes("words")[0])
    ending_retry(walk)
    assert walk.render(old)[0] == "Superseded"
    assert artist.jobs == []
