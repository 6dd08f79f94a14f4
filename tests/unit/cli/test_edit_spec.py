"""The spec in a person's editor: only what changed is sent, and what they wrote is never lost."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from infra.cli import document_text
from infra.cli.document_forms import FORMS
from infra.cli.main import app
from infra.cli.terminal import DONE, WRONG
from tests.unit.cli.reviewed import PLAN, SHORT, answer, artifact, has_a_tree, roots, sent
from tests.unit.cli.studio import ONE, PRODUCTION, Answer, Studio, data, problem, rushes, told

ASKED = f"PATCH {ONE}/checkpoints/{PLAN}/spec"
PREVIEWED = f"{ASKED}?preview=true"


def beat(index: int, action: str, **more: Any) -> dict[str, Any]:
    return {
        "index": index, "beat": "hero_shot", "role": "opening", "seconds": 5, "shot": "Close-up", "camera": "orbit",
        "energy": 0.5, "action": action, "narration": None, "caption": "10:30", **more,
    }  # fmt: skip


SPEC = {
    "kind": "ad",
    "title": "Teapot: a film",
    "duration": 15,
    "style": {"mood": "calm", "palette": ["#102030", "#405060", "#708090"]},
    "beats": [beat(0, "It stands."), beat(1, "It steams."), beat(2, "It pours.")],
    "repairs": ["none"],
}


@pytest.fixture
def planned(studio: Studio) -> Studio:
    """A film whose spec can be edited."""
    has_a_tree(studio)
    link = artifact("spec", 1, url=f"{studio.address}/v1/spec.json")
    detail = {**roots()[0], "artifacts": [link], "revisions": []}
    studio.on(f"GET {ONE}/checkpoints/{PLAN}", data(detail))
    studio.on("GET /spec.json", Answer(200, json.dumps(SPEC).encode()))
    studio.on(f"GET {ONE}/events", told())
    shown = answer(PLAN, what="spec edited", names=["spec"], stale=["spec"])
    studio.on(PREVIEWED, data(shown))
    studio.on(ASKED, data({**shown, "preview": False, "status": "ready", "revision": 2}))
    return studio


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes an editor that replaces one text by another; each time it is opened, by the next pair."""

    def set_up(*edits: tuple[str, str]) -> None:
        (tmp_path / "edits.json").write_text(json.dumps(edits))
        (tmp_path / "editor.py").write_text(
            "import json, pathlib, sys\n"
            "edits = json.loads(pathlib.Path('edits.json').read_text())\n"
            "file = pathlib.Path(sys.argv[1])\n"
            "pathlib.Path(f'seen{len(edits)}.yaml').write_text(file.read_text())\n"
            "file.write_text(file.read_text().replace(*edits.pop(0)))\n"
            "pathlib.Path('edits.json').write_text(json.dumps(edits))\n"
        )
        monkeypatch.setenv("VISUAL", f"{sys.executable} editor.py")

    return set_up


def edits(studio: Studio, line: str = "", *more: str) -> Any:
    arguments = ["edit", PRODUCTION, *more, "--api", studio.api, "--token", "token"]
    return CliRunner().invoke(app, arguments, input=line)


def refuses_once(studio: Studio, field: str, sentence: str) -> None:
    fields = [{"field": field, "problem": sentence}, {"field": "beats", "problem": "they last 12 s, not 15"}]
    refusal = problem(422, "INVALID_REQUEST", f"{field}: {sentence}", fields=fields)
    studio.on(PREVIEWED, refusal, data(answer(PLAN)))


# ---------------------------------------------------------------------- in the editor


def test_only_what_was_changed_is_sent(planned: Studio, types: Any):
    types(("It steams.", "It sings."))
    ran = edits(planned)
    assert ran.exit_code == DONE
    assert sent(planned) == [
        (route, {"beats": {"1": {"action": "It sings."}}}) for route in (PREVIEWED, ASKED)
    ]
    assert "plan of main is at revision 2" in ran.stdout


def test_the_text_shows_what_can_be_changed_and_not_what_follows_from_it(planned: Studio, types: Any):
    types(("calm", "calm"))
    edits(planned)
    shown = yaml.safe_load(Path("seen1.yaml").read_text())
    assert shown["title"] == SPEC["title"]
    assert shown["beats"][2]["action"] == "It pours."
    assert not {"kind", "repairs"} & shown.keys()
    assert "role" not in shown["beats"][0]


def test_nothing_changed_sends_nothing(planned: Studio, types: Any):
    types(("calm", "calm"))
    ran = edits(planned)
    assert (ran.exit_code, sent(planned)) == (DONE, [])
    assert "Nothing is changed." in ran.stdout
    ran = rushes(planned, "edit", PRODUCTION, "--set", "style.mood=calm", "--json")
    assert (json.loads(ran.stdout), sent(planned)) == ({"status": "unchanged"}, [])


def test_it_is_refused_when_the_spec_was_changed_since_it_was_opened_and_the_text_is_kept(
    planned: Studio, types: Any
):
    types(("It steams.", "It sings."))
    planned.on(PREVIEWED, problem(409, "CONFLICT", "the plan checkpoint was changed since you looked"))
    ran = edits(planned)
    assert planned.headers[-1]["if-match"] == '"3"'
    assert ran.exit_code == WRONG
    assert f"look again with rushes tree {SHORT}" in ran.stderr
    assert f"rushes edit {SHORT} --file spec-{SHORT}.yaml" in ran.stderr
    assert "It sings." in Path(f"spec-{SHORT}.yaml").read_text()


def test_what_is_wrong_stands_above_its_line_when_the_editor_is_opened_again(planned: Studio, types: Any):
    types(("seconds: 5", "seconds: 4"), ("seconds: 4", "seconds: 10"))
    refuses_once(planned, "beats.1.seconds", "it must be 5, 10 or 15")
    ran = edits(planned, "y\n")
    assert ran.exit_code == DONE
    assert "beats.1.seconds: it must be 5, 10 or 15" in ran.stderr
    again = Path("seen1.yaml").read_text().splitlines()
    at = again.index("  #! it must be 5, 10 or 15")
    assert again[at + 1] == "  seconds: 4"
    assert again[again.index("#! they last 12 s, not 15") + 1] == "beats:"
    assert sent(planned)[-1][1]["beats"]["1"] == {"seconds": 10}


def test_who_gives_up_finds_the_text_in_a_file_without_the_notes(planned: Studio, types: Any):
    types(("seconds: 5", "seconds: 4"))
    refuses_once(planned, "beats.1.seconds", "it must be 5, 10 or 15")
    ran = edits(planned, "n\n")
    assert ran.exit_code == WRONG
    kept = Path(f"spec-{SHORT}.yaml").read_text()
    assert "seconds: 4" in kept
    assert "#!" not in kept


def test_what_is_no_yaml_is_told_and_can_be_mended(planned: Studio, types: Any):
    types(("mood: calm", "mood: [calm"), ("mood: [calm", "mood: loud"))
    ran = edits(planned, "y\n")
    assert ran.exit_code == DONE
    assert "line 7 is no YAML: expected ',' or ']'" in ran.stderr
    assert Path("seen1.yaml").read_text().startswith("#! line 7 is no YAML")
    assert sent(planned)[-1][1] == {"style": {"mood": "loud"}}


def test_an_editor_that_fails_changes_nothing(planned: Studio, monkeypatch: pytest.MonkeyPatch):
    for editor, says in (("false", "exit code 1"), ("/no/such/editor", "/no/such/editor")):
        monkeypatch.setenv("VISUAL", editor)
        ran = edits(planned)
        assert (ran.exit_code, sent(planned)) == (WRONG, [])
        assert says in ran.stderr


# ---------------------------------------------------------------------- without one


def test_fields_are_set_without_an_editor(planned: Studio):
    options = [
        "style.mood=wild: very",
        "beats.2.seconds=10",
        "beats.2.caption=null",
        "style.palette.0=#000000",
    ]
    ran = rushes(planned, "edit", PRODUCTION, *[each for option in options for each in ("--set", option)])
    assert ran.exit_code == DONE
    assert sent(planned)[-1] == (
        ASKED,
        {
            "style": {"mood": "wild: very", "palette": ["#000000", "#405060", "#708090"]},
            "beats": {"2": {"seconds": 10, "caption": None}},
        },
    )


@pytest.mark.parametrize(
    "setting", ["style.mood", "style.nothing=1", "beats.9.action=x", "beats.-1.action=x", "=x"]
)
def test_a_setting_that_names_no_field_is_told_so(planned: Studio, setting: str):
    ran = rushes(planned, "edit", PRODUCTION, "--set", setting)
    assert (ran.exit_code, sent(planned)) == (WRONG, [])
    assert setting in ran.stderr


@pytest.mark.parametrize("text", ['{"style": {"mood": "wild"}}', "style:\n  mood: wild\n"])
def test_a_file_may_be_yaml_or_json_and_a_part_of_the_spec(planned: Studio, text: str):
    Path("part").write_text(text)
    assert rushes(planned, "edit", PRODUCTION, "--file", "part").exit_code == DONE
    assert sent(planned)[-1] == (ASKED, {"style": {"mood": "wild"}})


def test_every_field_that_is_wrong_is_told(planned: Studio):
    refuses_once(planned, "style.mood", "it is too long")
    ran = rushes(planned, "edit", PRODUCTION, "--set", "style.mood=wild")
    assert (ran.exit_code, ran.stderr) == (
        WRONG,
        "rushes: style.mood: it is too long\n  beats: they last 12 s, not 15\n",
    )


def test_a_preview_edits_nothing(planned: Studio):
    ran = rushes(planned, "edit", PRODUCTION, "--set", "style.mood=wild", "--preview", "--json")
    assert json.loads(ran.stdout)["status"] == "preview"
    assert [route for route, _ in sent(planned)] == [PREVIEWED]


# ---------------------------------------------------------------------- what differs


def changed(edit: Any) -> Any:
    new = document_text.read(document_text.text_of(SPEC, FORMS["ad"]))
    edit(new)
    return document_text.changes(SPEC, new, FORMS["ad"])


def test_a_text_that_is_only_read_again_differs_in_nothing():
    assert changed(lambda spec: None) == {}


def test_another_sequence_is_a_list_that_refers_to_the_old_beats():
    def edit(spec: Any) -> None:
        spec["beats"] = [spec["beats"][2], {"beat": "brand_moment"}, {**spec["beats"][0], "seconds": 10}]

    assert changed(edit) == {"beats": [{"index": 2}, {"beat": "brand_moment"}, {"index": 0, "seconds": 10}]}


def test_no_beat_left_is_said_too():
    assert changed(lambda spec: spec.update(beats=[])) == {"beats": []}


def test_a_line_that_is_taken_out_stays_as_it_was():
    assert changed(lambda spec: (spec.pop("title"), spec["beats"][1].pop("caption"))) == {}


def test_what_is_no_field_is_sent_for_the_studio_to_refuse():
    assert changed(lambda spec: spec.update(colour="red")) == {"colour": "red"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10:30", "10:30"),
        ("yes", "yes"),
        ("2026-01-01", "2026-01-01"),
        ("null", None),
        ("7", 7),
        ("-0.5", -0.5),
        ("''", ""),
    ],
)
def test_texts_are_read_as_texts_and_numbers_as_numbers(written: str, read: Any):
    assert document_text.read(f"caption: {written}") == {"caption": read}
