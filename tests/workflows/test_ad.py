"""The pipeline `ad` on the embedded engine, as its users drive it: over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio, made_once

PHASES = ["plan", "storyboard", "chunks", "refine"]


@pytest.fixture
def studio(quick_host: HostProcess) -> Studio:
    return Studio(quick_host)


def test_it_pauses_after_every_phase_and_each_continue_goes_one_further(studio: Studio) -> None:
    production_id = studio.begin("A pause after every phase")
    for phase, following in zip(PHASES, [*PHASES[1:], None], strict=True):
        found = studio.until(production_id, "paused", phase=phase)
        answer = studio.go_on(production_id)
        assert answer.json()["data"] == {
            "next_phase": following,
            "branch": "main",
            "created_new_branch": False,
        }
        again = studio.go_on(production_id, found["current_checkpoint"])
        assert (again.status_code, again.json()["error"]["code"]) == (409, "NOT_WAITING")
    studio.until(production_id, "completed")
    made_once(studio, production_id)
    assert list(studio.executions(production_id).values()) == ["SUCCEEDED"]


def test_pause_at_pauses_only_there(studio: Studio) -> None:
    production_id = studio.begin("Only the storyboard", pause_at=["storyboard"])
    studio.until(production_id, "paused", phase="storyboard")
    studio.go_on(production_id)
    studio.until(production_id, "completed")


def test_of_many_who_continue_at_once_one_wins_and_nothing_runs_twice(studio: Studio) -> None:
    production_id = studio.begin("Many hands", pause_at=["plan"])
    checkpoint_id = studio.until(production_id, "paused")["current_checkpoint"]
    with ThreadPoolExecutor(6) as people:
        answers = list(people.map(lambda _: studio.go_on(production_id, checkpoint_id).status_code, range(6)))
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]
    studio.until(production_id, "completed")
    made_once(studio, production_id)


def test_music_is_made_beside_the_chunks_and_can_be_left_out(studio: Studio) -> None:
    production_id = studio.begin("A silent film", music=False, auto_continue=True)
    found = studio.until(production_id, "completed")
    assert "music" not in {item["name"] for item in found["artifacts"]}


def test_a_chain_of_chunks_starts_each_where_the_one_before_ended(studio: Studio) -> None:
    production_id = studio.begin("One beat is long", duration=13, auto_continue=True)
    found = studio.until(production_id, "completed")
    chained = [
        item["name"]
        for item in found["artifacts"]
        if item["name"].startswith("chunk_") and item["name"].endswith("_2")
    ]
    assert chained
    for name in chained:
        artifact = studio.host.call("GET", f"/productions/{production_id}/artifacts/{name}").json()["data"]
        (ingredient,) = artifact["recipe"]["ingredients"]
        assert (ingredient["name"], ingredient["moment"]) == (name.removesuffix("_2"), "last_frame")


def test_the_same_request_again_is_answered_from_what_is_there(studio: Studio) -> None:
    one, two = (studio.begin("Said twice", seed=7, auto_continue=True) for _ in range(2))
    for production_id in (one, two):
        studio.until(production_id, "completed")
    again = studio.begin("Said twice", seed=7, auto_continue=True)
    studio.until(again, "completed")
    assert {entry["movement"] for entry in studio.ledger(again)} == {"reused"}
    artifact = studio.host.call("GET", f"/productions/{again}/artifacts/final").json()["data"]
    assert artifact["reused_from"]["production_id"] in (one, two)


def test_a_cancelled_production_stops_and_keeps_what_is_finished(studio: Studio) -> None:
    production_id = studio.begin("Not this one", duration=30, auto_continue=True)
    studio.until_making(production_id, "chunks")
    answer = studio.host.call("POST", f"/productions/{production_id}/cancel")
    assert answer.json()["data"]["status"] == "cancelled"
    assert "RUNNING" not in studio.executions(production_id).values()
    found = studio.show(production_id)
    assert next(item for item in found["artifacts"] if item["name"] == "beat_00")["url"]


def test_a_deleted_production_is_gone_with_its_files(studio: Studio) -> None:
    production_id = studio.begin("Forget me", auto_continue=True)
    studio.until(production_id, "completed")
    assert studio.host.call("DELETE", f"/productions/{production_id}").status_code == 204
    assert studio.host.call("GET", f"/productions/{production_id}").status_code == 404
    listed = studio.host.aws("s3").list_objects_v2(Bucket=studio.host.address.bucket)
    assert not [entry for entry in listed.get("Contents", []) if production_id in entry["Key"]]


def test_events_tell_the_whole_story_in_order_without_gaps(studio: Studio) -> None:
    production_id = studio.begin("Tell me everything", auto_continue=True)
    studio.until(production_id, "completed")
    events = studio.events(production_id)
    assert [number for number, _ in events] == list(range(1, len(events) + 1))
    kinds = [kind for _, kind in events]
    assert kinds[0] == "production.status"
    assert kinds[-1] == "production.completed"
    assert kinds.count("phase.started") == kinds.count("checkpoint.created") == 4
    resumed = studio.host.call(
        "GET", f"/productions/{production_id}/events", headers={"last-event-id": "5"}
    ).text
    assert "id: 5\n" not in resumed
    assert "id: 6\n" in resumed


def test_a_link_serves_ranges_so_that_players_can_seek(studio: Studio) -> None:
    production_id = studio.begin("Seek me", auto_continue=True)
    url = studio.until(production_id, "completed")["result"]["film_url"]
    part = httpx.get(url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")


def test_ten_productions_at_once_all_end_well(studio: Studio) -> None:
    ids = [studio.begin(f"Ten at once, number {n}", seed=n, auto_continue=True) for n in range(10)]
    for production_id in ids:
        studio.until(production_id, "completed")
        made_once(studio, production_id)
