"""Events become the state that a display draws."""

from typing import Any

import pytest

from infra.cli.story import Story
from tests.unit.cli.studio import Telling

ITEMS = [
    {"name": "beat_00", "media": "image", "state": "waiting"},
    {"name": "beat_01", "media": "image", "state": "waiting"},
]
Tale = list[tuple[str, dict[str, Any]]]
BEGUN: Tale = [
    ("production.status", {"status": "queued"}),
    ("production.status", {"status": "running"}),
    ("phase.started", {"phase": "storyboard", "items": ITEMS}),
]
READY = ("artifact.ready", {"phase": "storyboard", "name": "beat_00", "reused": False})
REUSED = ("artifact.ready", {"phase": "storyboard", "name": "beat_01", "reused": True})
BROKEN = ("artifact.failed", {"phase": "storyboard", "name": "beat_01", "error": {"message": "no"}})


def heard(tale: Tale) -> Story:
    story, tell = Story(), Telling()
    for type, facts in tale:
        story.hear(tell(type, **facts))
    return story


@pytest.mark.parametrize(
    ("tale", "states", "status"),
    [
        ([], [], "queued"),
        (BEGUN, ["waiting", "waiting"], "running"),
        ([*BEGUN, READY], ["ready", "waiting"], "running"),
        ([*BEGUN, READY, REUSED], ["ready", "ready"], "running"),
        ([*BEGUN, BROKEN, ("production.status", {"status": "failed"})], ["waiting", "failed"], "failed"),
        ([*BEGUN, BROKEN, *BEGUN[1:], REUSED], ["waiting", "ready"], "running"),
        ([*BEGUN, ("something.new", {"phase": "plan"})], ["waiting", "waiting"], "running"),
    ],
    ids=[
        "nothing",
        "begun",
        "one made",
        "all made",
        "one failed",
        "tried again",
        "an event of a later version",
    ],
)
def test_items_stand_where_the_events_left_them(tale: Tale, states: list[str], status: str):
    story = heard(tale)
    items = [item.state for phase in story.phases.values() for item in phase.items.values()]
    assert (items, story.status) == (states, status)


def test_what_was_reused_and_what_went_wrong_is_known():
    items = heard([*BEGUN, REUSED]).phases["storyboard"].items
    assert [item.reused for item in items.values()] == [False, True]
    items = heard([*BEGUN, BROKEN]).phases["storyboard"].items
    assert [item.error for item in items.values()] == [None, "no"]


def test_what_a_phase_makes_beyond_its_list_counts_too():
    extra = ("artifact.ready", {"phase": "storyboard", "name": "sheet", "reused": False})
    assert heard([*BEGUN, extra]).phases["storyboard"].done == 1


@pytest.mark.parametrize("status", ["paused", "completed", "failed", "cancelled"])
def test_a_production_rests_where_only_a_person_moves_it_on(status: str):
    assert heard([("production.status", {"status": status})]).resting


@pytest.mark.parametrize("status", ["queued", "running"])
def test_a_production_at_work_does_not_rest(status: str):
    assert not heard([("production.status", {"status": status})]).resting


def test_a_pause_brings_its_checkpoint_and_the_time_its_phase_took():
    story = heard(
        [
            *BEGUN,
            ("checkpoint.created", {"phase": "storyboard", "checkpoint_id": "cp_1"}),
            ("production.status", {"status": "paused", "checkpoint_id": "cp_1"}),
        ]
    )
    assert story.checkpoint_id == "cp_1"
    assert story.phases["storyboard"].seconds == 1.0


def test_on_another_branch_its_time_begins_anew():
    made = ("checkpoint.created", {"phase": "storyboard", "checkpoint_id": "cp_1"})
    again = ("phase.started", {"phase": "storyboard", "branch": "main-1", "items": ITEMS})
    assert heard([*BEGUN, made, again]).phases["storyboard"].seconds is None
    assert heard([*BEGUN, made, again, made]).phases["storyboard"].seconds == 1.0


def test_percent_and_estimate_are_the_newest_told_and_the_end_is_all_of_it():
    tale: Tale = [("progress", {"percent": 40, "eta_seconds": 12})]
    assert (heard(tale).percent, heard(tale).eta_seconds) == (40, 12)
    assert heard([*tale, ("production.completed", {"artifacts": []})]).percent == 100


def test_the_last_event_is_remembered_to_go_on_from():
    assert heard(BEGUN).last_id == 3


def test_money_adds_up_as_it_is_spent():
    tale: Tale = [("cost.updated", {"added_usd": usd, "artifact": "beat_00"}) for usd in (0.25, 0.5)]
    assert heard(tale).spent_usd == 0.75


def test_why_it_is_held_is_known_until_it_goes_on():
    held = ("production.status", {"status": "paused", "reason": {"message": "no budget", "item": None}})
    assert heard([*BEGUN, held]).reason == "no budget"
    assert heard([*BEGUN, held, ("production.status", {"status": "running"})]).reason is None
