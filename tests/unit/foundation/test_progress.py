"""How far it has come: from what is made, and from nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.highlights.request import PHASES, commission
from rushes.productions.production import Branch, BranchStatus, Production
from rushes.productions.progress import progress_facts
from rushes.productions.work import WorkItem

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def production(
    phase: str = "listen", status: BranchStatus = "running", kind: str = "highlights"
) -> Production:
    ordered = commission({"kind": "highlights"})
    return Production(
        id="prod_06edj3p5w3r8t0z6m8rkq2k9aa",
        owner="me",
        kind=kind,
        title="Lecture",
        phases=PHASES,
        stages=dict(ordered.stages) if kind == "highlights" else {},
        request={},
        models={},
        seed=1,
        branches={
            "main": Branch(
                name="main", phase=phase, cursor_phase=phase, status=status, entered_at=BEGAN.isoformat()
            ),
        },
        created_at=BEGAN.isoformat(),
    )


def work(phase: str = "listen", **states: str) -> dict[str, WorkItem]:
    return {
        name: WorkItem.model_validate(
            {
                "branch": "main",
                "name": name,
                "phase": phase,
                "media": "text",
                "fingerprint": "f",
                "state": state,
            }
        )
        for name, state in states.items()
    }


def facts(of: Production, items: dict[str, WorkItem], after: float = 0) -> dict[str, object]:
    return progress_facts(of, "main", items, (BEGAN + timedelta(seconds=after)).isoformat())


@pytest.mark.parametrize(
    ("states", "stage"),
    [
        ({"silence": "rendering", "words_00": "waiting", "layout": "rendering"}, "silence"),
        (
            {"silence": "ready", "speech_00": "ready", "words_00": "waiting", "layout": "rendering"},
            "transcription",
        ),
        ({"silence": "ready", "speech_00": "ready", "words_00": "ready", "layout": "rendering"}, "layout"),
        ({"silence": "ready", "words_00": "ready", "layout": "ready"}, "transcription"),
    ],
)
def test_while_a_lecture_is_listened_to_the_stage_is_what_is_missing(
    states: dict[str, str], stage: str
) -> None:
    assert facts(production(), work(**states))["stage"] == stage


@pytest.mark.parametrize(
    ("phase", "stage"), [("analyze", "analysis"), ("select", "selection"), ("compile", "compilation")]
)
def test_a_later_phase_is_one_stage_even_when_it_makes_nothing(phase: str, stage: str) -> None:
    assert facts(production(phase), {})["stage"] == stage


def test_the_end_is_a_stage_of_its_own() -> None:
    done = facts(production("compile", "completed"), work("compile", clip_01="ready"))
    assert (done["stage"], done["percent"]) == ("complete", 100)


def test_a_pipeline_without_stages_of_its_own_speaks_of_its_phases() -> None:
    assert facts(production("select", kind="ad"), {})["stage"] == "select"


def test_phases_weigh_alike_in_the_percent() -> None:
    assert (
        facts(production("analyze"), work("analyze", topics_00="ready", topics_01="waiting"))["percent"] == 38
    )


def test_what_is_left_takes_as_long_as_what_is_done_took() -> None:
    half = work(silence="ready", layout="ready", words_00="rendering", words_01="waiting")
    assert facts(production(), half, after=30)["eta_seconds"] == 30


def test_before_anything_is_done_nobody_knows_how_long_it_takes() -> None:
    assert facts(production(), work(silence="rendering"), after=30)["eta_seconds"] is None


def test_what_was_there_already_says_nothing_about_the_pace() -> None:
    items = work(silence="ready", layout="ready", words_00="ready", words_01="waiting")
    items["silence"] = items["silence"].model_copy(update={"reused": True})
    items["layout"] = items["layout"].model_copy(update={"reused": True})
    assert facts(production(), items, after=30)["eta_seconds"] == 30
