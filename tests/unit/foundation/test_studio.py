"""The life of a production: SPEC's sentences, one test each, with the table as the only truth."""

import pytest

from rushes.errors import BadRequest, Conflict, IllegalMove, NotFound, NotWaiting, Refused
from rushes.productions.checkpoint import Base
from rushes.providers.port import Job
from rushes.services import Services
from rushes.studio import begin, ending
from rushes.studio.begin import KeyReused
from tests.fakes.artists import PHASES, FakeArtist, short
from tests.unit.foundation.conftest import Walk, callbacks

APPROVED = {"decision": "approved"}


def test_a_new_production_is_queued_and_its_execution_started_at_the_first_phase(walk: Walk) -> None:
    assert walk.production.status == "queued"
    name = f"{walk.id}-main-words-1"
    assert walk.services.executions.started[name] == {
        "owner": "me",
        "production_id": walk.id,
        "branch": "main",
        "phase": "words",
        "edit": None,
    }


def test_by_default_every_phase_ends_in_a_pause(walk: Walk) -> None:
    _, token = walk.to_review("words")
    assert walk.production.status == "paused"
    assert token not in callbacks(walk.services).answers


def test_auto_continue_runs_straight_through(studio: Services, artist: FakeArtist) -> None:
    walk = Walk(studio, artist, auto_continue=True)
    for phase in PHASES:
        _, token = walk.to_review(phase)
        assert callbacks(studio).answers[token] == APPROVED
    assert walk.production.status == "completed"
    assert walk.events()[-1] == "production.completed"


def test_pause_at_pauses_only_there(studio: Services, artist: FakeArtist) -> None:
    walk = Walk(studio, artist, pause_at=["sentence"])
    _, words = walk.to_review("words")
    assert callbacks(studio).answers[words] == APPROVED
    walk.to_review("sentence")
    assert walk.production.status == "paused"


def test_continue_resumes_the_parked_execution_on_the_same_branch(walk: Walk) -> None:
    checkpoint_id, token = walk.to_review("words")
    done = walk.go_on(checkpoint_id)
    assert (done.next_phase, done.branch, done.created_new_branch) == ("sentence", "main", False)
    assert callbacks(walk.services).answers[token] == APPROVED
    assert len(walk.services.executions.started) == 1
    assert walk.production.status == "running"


def test_continuing_after_the_last_phase_completes_the_production(walk: Walk) -> None:
    for phase in PHASES:
        checkpoint_id, _ = walk.to_review(phase)
        done = walk.go_on(checkpoint_id)
    assert done.next_phase is None
    assert walk.production.status == "completed"


def test_continuing_twice_is_refused_and_runs_nothing_twice(walk: Walk) -> None:
    checkpoint_id, _ = walk.to_review("words")
    walk.go_on(checkpoint_id)
    with pytest.raises(NotWaiting):
        walk.go_on(checkpoint_id)
    assert len(walk.services.executions.started) == 1


def test_of_two_people_continuing_at_once_one_wins(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    checkpoint_id, token = walk.to_review("words")
    commit = walk.services.productions.commit

    def slow(*arguments: object) -> None:
        monkeypatch.undo()
        walk.go_on(checkpoint_id)  # the other is quicker
        commit(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(walk.services.productions, "commit", slow)
    with pytest.raises(Conflict) as refused:
        walk.go_on(checkpoint_id)
    assert refused.value.details["version"] == 2
    assert callbacks(walk.services).answers[token] == APPROVED


def test_a_lost_parked_execution_is_replaced_by_one_at_the_next_phase(walk: Walk) -> None:
    checkpoint_id, token = walk.to_review("words")
    callbacks(walk.services).lost.add(token)
    walk.go_on(checkpoint_id)
    assert walk.services.executions.started[f"{walk.id}-main-sentence-2"]["phase"] == "sentence"
    walk.to_review("sentence")
    assert walk.production.status == "paused"


def test_a_continue_whose_sender_died_is_heard_when_it_is_sent_again(walk: Walk) -> None:
    checkpoint_id, token = walk.to_review("words")
    heard = callbacks(walk.services)
    succeed, heard.succeed = heard.succeed, lambda *_: 1 / 0  # type: ignore[method-assign]
    with pytest.raises(ZeroDivisionError):
        walk.go_on(checkpoint_id)
    heard.succeed = succeed  # type: ignore[method-assign]
    with pytest.raises(NotWaiting):
        walk.go_on(checkpoint_id)
    assert heard.answers[token] == APPROVED


def test_another_productions_checkpoint_is_not_found(studio: Services, artist: FakeArtist) -> None:
    mine, other = Walk(studio, artist), Walk(studio, artist)
    mine.to_review("words")
    checkpoint_id, _ = other.to_review("words")
    with pytest.raises(NotFound):
        mine.go_on(checkpoint_id)


def test_another_owners_production_is_not_found(walk: Walk) -> None:
    for ask in (ending.cancel, ending.retry, ending.delete):
        with pytest.raises(NotFound):
            ask(walk.services, "somebody-else", walk.id)
    assert walk.production.status == "queued"


def test_a_checkpoint_keeps_what_its_phase_made_and_wrote(walk: Walk) -> None:
    checkpoint_id, _ = walk.to_review("words")
    checkpoint = walk.services.productions.checkpoint(walk.production, checkpoint_id)
    assert {name: v.version for name, v in checkpoint.selection.items()} == {
        "first": 1, "second": 1, "third": 1, "notes": 1,
    }  # fmt: skip
    assert checkpoint.base is None


def test_a_phase_reads_the_selection_before_it_and_its_checkpoint_follows_that_one(walk: Walk) -> None:
    first_id, _ = walk.to_review("words")
    walk.go_on(first_id)
    second_id, _ = walk.to_review("sentence")
    second = walk.services.productions.checkpoint(walk.production, second_id)
    assert second.base == Base(checkpoint_id=first_id, revision=1)
    assert set(second.selection) == {"first", "second", "third", "notes", "sentence"}


def test_assembling_twice_makes_one_checkpoint(walk: Walk) -> None:
    walk.make("words")
    assert walk.assemble("words") == walk.assemble("words")
    assert len(walk.services.productions.tree("me", walk.id)) == 1


def test_a_failed_phase_is_retried_from_there_and_keeps_what_was_made(walk: Walk, artist: FakeArtist) -> None:
    def refuses_c(job: Job) -> None:
        if job.recipe.prompt == "c":
            raise Refused("not c")

    artist.before = refuses_c
    walk.make("words")
    walk.stopped("Refused", "third: not c")
    assert walk.production.status == "failed"
    failure = walk.production.branch("main").failure
    assert failure
    assert (failure.item, failure.message) == ("third", "not c")
    artist.before = lambda job: None
    ending.retry(walk.services, "me", walk.id)
    assert [recipe["name"] for recipe in walk.recipes("words")] == ["third"]
    assert f"{walk.id}-main-words-2" in walk.services.executions.started


def test_only_what_failed_or_was_lost_can_be_retried(walk: Walk) -> None:
    with pytest.raises(IllegalMove):
        ending.retry(walk.services, "me", walk.id)
    walk.to_review("words")
    with pytest.raises(IllegalMove):
        ending.retry(walk.services, "me", walk.id)


def test_an_execution_the_engine_lost_is_replaced_without_anybody_asking(walk: Walk) -> None:
    walk.recipes("words")
    walk.stopped("States.ServiceRestart", "")
    assert walk.production.status == "queued"
    assert f"{walk.id}-main-words-2" in walk.services.executions.started


def test_a_paused_production_does_not_mind_losing_its_execution(walk: Walk) -> None:
    walk.to_review("words")
    walk.stopped("States.ServiceRestart", "")
    assert walk.production.status == "paused"
    assert len(walk.services.executions.started) == 1


def test_news_of_an_older_execution_changes_nothing(walk: Walk) -> None:
    old = walk.cursor.execution
    walk.stopped("States.ServiceRestart", "", execution=old)
    walk.stopped("States.TaskFailed", "late news", execution=old)
    assert walk.production.status == "queued"


def test_cancel_stops_the_execution_and_keeps_what_is_finished(walk: Walk) -> None:
    walk.make("words")
    assert ending.cancel(walk.services, "me", walk.id).status == "cancelled"
    assert walk.services.executions.dead == {f"{walk.id}-main-words-1"}
    assert walk.services.productions.artifact(walk.production, "first", 1).ready
    with pytest.raises(IllegalMove):
        ending.cancel(walk.services, "me", walk.id)


def test_deleting_deletes_everything_and_only_that(studio: Services, artist: FakeArtist, aws: object) -> None:
    gone, kept = Walk(studio, artist), Walk(studio, artist)
    for walk in (gone, kept):
        walk.to_review("words")
    ending.delete(studio, "me", gone.id)
    keys = [o["Key"] for o in aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["Contents"]]  # type: ignore[operator]
    assert all(key.startswith(f"me/productions/{kept.id}/") for key in keys)
    assert list(studio.table.query(f"me#production#{gone.id}")) == []
    with pytest.raises(NotFound):
        studio.productions.load("me", gone.id)


def test_what_a_deleted_production_made_first_is_still_reused_from_its_copy(
    studio: Services, artist: FakeArtist
) -> None:
    original, copy = Walk(studio, artist), Walk(studio, artist)
    original.make("words")
    copy.make("words")
    ending.delete(studio, "me", original.id)
    later = Walk(studio, artist)
    later.make("words")
    assert len(artist.jobs) == 3
    ending.delete(studio, "me", copy.id)
    ending.delete(studio, "me", later.id)
    Walk(studio, artist).make("words")
    assert len(artist.jobs) == 6


def test_a_production_deleted_while_it_is_made_leaves_nothing_behind(
    studio: Services, artist: FakeArtist, aws: object
) -> None:
    walk = Walk(studio, artist)
    order = walk.order(walk.recipes("words")[0])
    artist.before = lambda job: ending.delete(studio, "me", walk.id)
    studio.door.start(order)
    assert list(studio.table.query(f"me#production#{walk.id}")) == []
    assert aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["KeyCount"] == 0  # type: ignore[operator]
    assert callbacks(studio).answers[order.token][0] == "Superseded"


def test_the_same_idempotency_key_makes_one_production(studio: Services) -> None:
    body = {"kind": "ad", "prompt": "a prompt"}
    one, two = (begin.begin(studio, "me", short(body), "key") for _ in range(2))
    assert one.id == two.id
    assert len(studio.executions.started) == 1
    with pytest.raises(KeyReused):
        begin.begin(studio, "me", short({**body, "prompt": "another"}), "key")
    assert begin.begin(studio, "you", short(body), "key").id != one.id


def test_an_unknown_model_is_refused_and_nothing_is_stored(studio: Services) -> None:
    with pytest.raises(BadRequest):
        begin.begin(studio, "me", short({"kind": "ad", "prompt": "a prompt", "model": "nope"}))
    assert list(studio.productions.newest("me", None)) == []


def test_events_are_numbered_without_gaps_and_nobody_hears_one_twice(walk: Walk) -> None:
    checkpoint_id, _ = walk.to_review("words")
    walk.go_on(checkpoint_id)
    events = walk.services.productions.events(walk.production, 0)
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    later = walk.services.productions.events(walk.production, 4)
    assert later == events[4:]


def test_the_story_of_a_phase_is_told_in_order(walk: Walk) -> None:
    walk.to_review("words")
    told = [event for event in walk.events() if event != "progress"]
    assert told == [
        "production.status",  # queued
        "production.status",  # running
        "phase.started",
        "artifact.ready", "artifact.ready", "artifact.ready",
        "artifact.ready",  # the document the phase wrote itself
        "checkpoint.created",
        "production.status",  # paused
    ]  # fmt: skip


def test_two_writers_of_one_production_cannot_both_win(walk: Walk) -> None:
    stale = walk.production
    walk.recipes("words")
    from rushes.records.productions import save_production

    with pytest.raises(Conflict):
        walk.services.productions.commit(stale, [save_production(stale.cancel())], [])
