"""The same story as a picture for people, lines for pipes and JSON for programs."""

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from infra.cli.display import Display, JsonLines, Lines, Picture, display_for
from infra.cli.naming import slug
from infra.cli.showing import productions
from infra.cli.story import Story
from tests.unit.cli.studio import Telling, shown


def film_events() -> list[dict[str, Any]]:
    tell = Telling()
    items = [{"name": name, "media": "image", "state": "waiting"} for name in ("beat_00", "beat_01")]
    ready = {"phase": "storyboard", "reused": False}
    return [
        tell("production.status", status="running"),
        tell("phase.started", phase="storyboard", items=items),
        tell("artifact.ready", name="beat_00", **ready),
        tell("artifact.ready", name="beat_01", **ready | {"reused": True}),
        tell("progress", percent=50, eta_seconds=3, message="…"),
        tell("checkpoint.created", phase="storyboard", checkpoint_id="cp_1"),
        tell("production.status", status="paused", checkpoint_id="cp_1"),
    ]


def played(display: Display, events: list[dict[str, Any]]) -> None:
    story = Story()
    with display:
        for event in events:
            story.hear(event)
            display.show(event, story)


def console(**more: Any) -> Console:
    return Console(file=StringIO(), width=100, **more)


def written(on: Console) -> str:
    assert isinstance(on.file, StringIO)
    return on.file.getvalue()


def test_a_pipe_gets_a_line_for_each_thing_that_happened():
    screen = console()
    played(Lines(screen), film_events())
    assert written(screen).splitlines() == [
        "storyboard: 2 to make",
        "  beat_00 ready",
        "  beat_01 ready (reused)",
        "paused",
    ]


def test_what_a_branch_has_already_is_not_among_what_is_to_make():
    screen = console()
    started = film_events()[1]
    started["data"]["items"][0]["state"] = "ready"
    played(Lines(screen), [started])
    assert written(screen) == "storyboard: 1 to make, 1 there already\n"


def test_money_and_what_holds_a_production_are_told_when_it_rests():
    tell = Telling()
    reason = {"code": "BUDGET_EXCEEDED", "message": "the budget is spent", "item": None}
    held = [
        tell("cost.updated", added_usd=0.25, artifact="beat_00"),
        tell("production.status", status="paused", reason=reason),
    ]
    lines, picture = console(), console(force_terminal=True, record=True)
    played(Lines(lines), held)
    played(Picture(picture), [*film_events(), *held])
    assert written(lines) == "paused: the budget is spent · spent $0.25\n"
    assert "50 % · paused: the budget is spent · spent $0.25" in picture.export_text()


def test_a_failure_is_a_line_with_its_reason_whatever_stands_in_it():
    screen = console()
    tell = Telling()
    error = {"message": "[/bold] is not [red]allowed[/]"}
    played(Lines(screen), [tell("artifact.failed", phase="plan", name="draft", error=error)])
    assert written(screen) == "  draft failed: [/bold] is not [red]allowed[/]\n"


def test_programs_get_every_event_as_one_line_of_json(capsys: pytest.CaptureFixture[str]):
    played(JsonLines(), film_events())
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == film_events()


def test_people_get_a_row_for_each_phase_with_its_items_and_its_time():
    screen = console(force_terminal=True, record=True)
    played(Picture(screen), film_events())
    picture = screen.export_text().splitlines()
    row = next(line for line in reversed(picture) if "storyboard" in line)
    assert "2/2" in row
    assert "●♻" in row
    assert "4.0 s" in row
    assert any("50 % · paused" in line for line in picture)


def test_before_the_first_phase_the_picture_says_what_it_waits_for():
    screen = console(force_terminal=True, record=True)
    played(Picture(screen), [])
    assert "waiting for the first phase" in screen.export_text()


def test_a_failed_item_is_named_with_its_reason_in_the_picture():
    screen = console(force_terminal=True, record=True)
    failed = Telling()("artifact.failed", phase="plan", name="draft", error={"message": "no ink"})
    played(Picture(screen), [failed])
    assert "✖ draft: no ink" in screen.export_text()


def test_who_looks_decides_what_is_shown():
    assert isinstance(display_for(console(), as_json=True), JsonLines)
    assert isinstance(display_for(console(), as_json=False), Lines)
    assert isinstance(display_for(console(force_terminal=True), as_json=False), Picture)


def test_a_title_is_never_taken_for_markup():
    for draw in (
        lambda found: productions.listing([found]),
        lambda found: productions.production(found, {}),
    ):
        screen = console()
        screen.print(draw(shown("paused", title="[/x] [red]tea[/red]")))
        assert "[/x] [red]tea[/red]" in written(screen)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Create a 30-second Nike ad!", "create-a-30-second-nike-ad"),
        ("../../etc/passwd", "etc-passwd"),
        ("为茶壶做广告", "film"),
        ("", "film"),
        ("x" * 90, "x" * 48),
        ("a" * 47 + " b", "a" * 47),
    ],
)
def test_a_file_is_named_after_its_title_in_safe_letters(title: str, name: str):
    assert slug(title) == name
