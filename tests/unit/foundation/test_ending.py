"""How a production ends, also when several things happen to it at once."""

from typing import Any

import pytest

from rushes.aws.bucket import Bucket
from rushes.errors import IllegalMove
from rushes.services import Services
from rushes.studio import begin, ending
from rushes.studio.begin import KeyReused
from tests.fakes.artists import FakeArtist, short
from tests.unit.foundation.conftest import Walk, callbacks


@pytest.mark.parametrize(
    ("error", "cause", "code", "message"),
    [
        ("BadRequest", '{"errorMessage": "too long", "errorType": "…"}', "INVALID_REQUEST", "too long"),
        ("Refused", "the plan does not fit", "REFUSED", "the plan does not fit"),
        ("KeyError", '{"errorMessage": "x", "stackTrace": ["/var/task"]}', "INTERNAL", "words broke off (KeyError)"),
        ("States.Timeout", "", "INTERNAL", "words broke off (States.Timeout)"),
    ],
)  # fmt: skip
def test_a_failure_is_told_in_a_sentence_and_never_with_a_stack(
    walk: Walk, error: str, cause: str, code: str, message: str
) -> None:
    walk.recipes("words")
    walk.stopped(error, cause)
    failure = walk.production.branch("main").failure
    assert failure
    assert failure.code == code
    assert failure.message.startswith(message)
    assert "/var/task" not in failure.message


def test_cancelling_succeeds_though_the_workflow_moves_on_meanwhile(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = walk.services.productions.commit

    def slow(*arguments: Any) -> None:
        monkeypatch.undo()
        walk.recipes("words")
        commit(*arguments)

    monkeypatch.setattr(walk.services.productions, "commit", slow)
    assert ending.cancel(walk.services, "me", walk.id).status == "cancelled"
    assert walk.production.status == "cancelled"


def test_continuing_what_was_cancelled_says_so(walk: Walk) -> None:
    checkpoint_id, _ = walk.to_review("words")
    ending.cancel(walk.services, "me", walk.id)
    with pytest.raises(IllegalMove, match="cancelled"):
        walk.go_on(checkpoint_id)


def test_two_people_may_delete_at_once(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = walk.services.productions.commit

    def slow(*arguments: Any) -> None:
        monkeypatch.undo()
        ending.cancel(walk.services, "me", walk.id)  # the other has come as far
        commit(*arguments)

    monkeypatch.setattr(walk.services.productions, "commit", slow)
    ending.delete(walk.services, "me", walk.id)
    assert list(walk.services.table.query(f"me#production#{walk.id}")) == []


def test_a_production_deleted_while_a_file_is_put_leaves_no_file_behind(
    studio: Services, artist: FakeArtist, aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(studio, artist)
    order = walk.order(walk.recipes("words")[0])
    put = Bucket.put

    def slow(*arguments: Any) -> None:
        ending.delete(studio, "me", walk.id)
        put(*arguments)

    monkeypatch.setattr(Bucket, "put", slow)
    studio.door.start(order)
    assert list(studio.table.query(f"me#production#{walk.id}")) == []
    assert aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["KeyCount"] == 0
    assert callbacks(studio).answers[order.token][0] == "Superseded"


def test_a_production_deleted_while_it_is_given_a_copy_leaves_no_file_behind(
    studio: Services, artist: FakeArtist, aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, walk = Walk(studio, artist), Walk(studio, artist)
    original.render(original.order(original.recipes("words")[0]))
    order = walk.order(walk.recipes("words")[0])
    copy = Bucket.copy

    def slow(*arguments: Any) -> None:
        ending.delete(studio, "me", walk.id)
        copy(*arguments)

    monkeypatch.setattr(Bucket, "copy", slow)
    studio.door.start(order)
    keys = [o["Key"] for o in aws("s3").list_objects_v2(Bucket="rushes-test-bucket")["Contents"]]
    assert [key for key in keys if walk.id in key] == []
    assert callbacks(studio).answers[order.token][0] == "Refused"


def test_an_idempotency_key_whose_production_was_deleted_makes_no_other(studio: Services) -> None:
    body = {"kind": "ad", "prompt": "a prompt"}
    first = begin.begin(studio, "me", short(body), "key")
    ending.delete(studio, "me", first.id)
    with pytest.raises(KeyReused, match="deleted"):
        begin.begin(studio, "me", short(body), "key")
    assert list(studio.productions.newest("me", None)) == []
