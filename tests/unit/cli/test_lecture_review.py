"""What a lecture's checkpoints tell, and the choice of clips in a person's editor."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.cli import document_text
from infra.cli.document_forms import FORMS
from infra.cli.terminal import DONE, WRONG
from tests.unit.cli.lecture import HIGHLIGHTS, SHORT, document, production, waits_for_the_choice
from tests.unit.cli.reviewed import answer, sent
from tests.unit.cli.studio import CHECKPOINT, ONE, PRODUCTION, Studio, data, rushes, told

ASKED = f"PATCH {ONE}/checkpoints/{CHECKPOINT}/highlights"


@pytest.fixture
def chosen(studio: Studio) -> Studio:
    """A production whose choice of clips can be edited."""
    waits_for_the_choice(studio)
    studio.on(f"GET {ONE}/events", told())
    preview = answer(CHECKPOINT, what="highlights edited", names=["highlights"], stale=["clip_02"])
    studio.on(f"{ASKED}?preview=true", data(preview))
    studio.on(ASKED, data({**preview, "preview": False, "status": "ready", "revision": 2}))
    return studio


# ---------------------------------------------------------------------- looked at


@pytest.mark.parametrize(
    ("phase", "says"),
    [
        ("listen", ["3 words in 1 sentences, en", "2 pauses, 1 min 3 s of 63 min", "picture in picture", "0.93",
                    "2 changes of slides", "Twice a day."]),
        ("analyze", ["The sea", "0:00 – 1:00", "moon, water", "refused: Mars", "MiniLM"]),
        ("select", ["clip_02", "1:01:40 – 1:02:40", "it matters", "passed over: topic_03",
                    f"rushes edit {SHORT} --set clips.clip_01.start=5", "clips.clip_02=null"]),
        ("compile", ["clip_01", "Why the sea"]),
    ],
)  # fmt: skip
def test_show_tells_what_came_of_the_phase(studio: Studio, phase: str, says: list[str]):
    studio.on(f"GET {ONE}", data(production(studio, "paused", phase)))
    ran = rushes(studio, "show", PRODUCTION)
    assert ran.exit_code == DONE
    for words in says:
        assert words in " ".join(ran.stdout.split())


def test_while_a_phase_is_made_there_is_nothing_to_tell_of_it(studio: Studio):
    found = production(studio, "running", "analyze")
    studio.on(f"GET {ONE}", data({**found, "artifacts": []}))
    ran = rushes(studio, "show", PRODUCTION)
    assert (ran.exit_code, "Four wonders" in ran.stdout) == (DONE, True)


def test_where_nobody_listened_that_is_said(studio: Studio):
    found = production(studio, "paused", "listen")
    silent = {"language": None, "heard": False, "duration": 3800.0, "segments": []}
    studio.on("GET /transcript.json", document(silent))
    studio.on(f"GET {ONE}", data(found))
    assert "Nobody transcribed it" in rushes(studio, "show", PRODUCTION).stdout


# ---------------------------------------------------------------------- edited


def test_a_boundary_is_moved_and_a_clip_dropped_by_their_ids(chosen: Studio):
    ran = rushes(
        chosen,
        "edit",
        PRODUCTION,
        "--set",
        "clips.clip_02.start=3701.5",
        "--set",
        "clips.clip_02.title=Yeast",
    )
    assert ran.exit_code == DONE
    assert sent(chosen)[-1] == (ASKED, {"clips": {"clip_02": {"start": 3701.5, "title": "Yeast"}}})
    assert "select of main is at revision 2" in " ".join(ran.stdout.split())
    rushes(chosen, "edit", PRODUCTION, "--set", "clips.clip_01=null")
    assert sent(chosen)[-1] == (ASKED, {"clips": [{"id": "clip_02"}]})


def test_a_boundary_may_be_a_sentence(chosen: Studio):
    rushes(chosen, "edit", PRODUCTION, "--set", "clips.clip_01.last_sentence=12")
    assert sent(chosen)[-1] == (ASKED, {"clips": {"clip_01": {"last_sentence": 12}}})


@pytest.mark.parametrize("setting", ["clips.clip_09.start=1", "clips.clip_01.colour=red", "last_sentence=3"])
def test_what_is_no_field_of_the_choice_is_told_so(chosen: Studio, setting: str):
    ran = rushes(chosen, "edit", PRODUCTION, "--set", setting)
    assert (ran.exit_code, sent(chosen)) == (WRONG, [])
    assert "clips.clip_02.start" in ran.stderr


def test_the_editor_shows_what_can_be_changed_and_sends_what_was(
    chosen: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "editor.py").write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "pathlib.Path('seen.yaml').write_text(file.read_text())\n"
        "file.write_text(file.read_text().replace('end: 40.0', 'end: 38.5'))\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} editor.py")
    assert rushes(chosen, "edit", PRODUCTION).exit_code == DONE
    assert sent(chosen)[-1] == (ASKED, {"clips": {"clip_01": {"end": 38.5}}})
    seen = yaml.safe_load(Path("seen.yaml").read_text())
    assert list(seen) == ["clips"]
    assert seen["clips"][0] == {
        "id": "clip_01", "title": "Why the sea has tides", "topic": "topic_01", "start": 4.0, "end": 40.0,
    }  # fmt: skip


def test_another_order_and_a_new_clip_are_a_list():
    def edit(new: Any) -> None:
        new["clips"] = [{**new["clips"][1], "end": 3750.0}, {"start": 100.0, "end": 130.0}, new["clips"][0]]

    form = FORMS["highlights"]
    new = document_text.read(document_text.text_of(HIGHLIGHTS, form))
    edit(new)
    assert document_text.changes(HIGHLIGHTS, new, form) == {
        "clips": [{"id": "clip_02", "end": 3750.0}, {"start": 100.0, "end": 130.0}, {"id": "clip_01"}]
    }
