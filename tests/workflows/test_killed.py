"""The engine is killed, at every phase and while it rests: the table is the truth, an execution only a cursor."""

import pytest

from tests.workflows.host import HostProcess
from tests.workflows.studio import Studio, made_once

PHASES = ["plan", "storyboard", "chunks", "refine"]


@pytest.mark.parametrize("phase", PHASES)
def test_killed_while_a_phase_is_made_it_goes_on_by_itself_and_makes_nothing_twice(
    quick_host: HostProcess, phase: str
) -> None:
    studio = Studio(quick_host)
    production_id = studio.begin(f"Killed in {phase}", auto_continue=True)
    studio.until_making(production_id, phase)
    quick_host.restart()
    studio.until(production_id, "completed")
    made_once(studio, production_id)


def test_killed_while_it_waits_for_a_review_it_still_waits_and_can_be_continued(
    quick_host: HostProcess,
) -> None:
    studio = Studio(quick_host)
    production_id = studio.begin("Killed at rest")
    for phase in PHASES:
        checkpoint_id = studio.until(production_id, "paused", phase=phase)["current_checkpoint"]
        quick_host.restart()
        assert studio.show(production_id)["status"] == "paused"
        assert studio.go_on(production_id, checkpoint_id).status_code == 200
        assert studio.go_on(production_id, checkpoint_id).status_code == 409
    studio.until(production_id, "completed")
    made_once(studio, production_id)


def test_killed_again_and_again_it_still_arrives(quick_host: HostProcess) -> None:
    studio = Studio(quick_host)
    production_id = studio.begin("Killed again and again", duration=15, auto_continue=True)
    for phase in PHASES:
        studio.until_making(production_id, phase)
        quick_host.restart()
    studio.until(production_id, "completed")
    made_once(studio, production_id)
