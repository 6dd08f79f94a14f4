"""The synthesized templates are kept, and what is missing is said."""

import json
import shutil
from pathlib import Path

import pytest

from infra.local import templates
from infra.local.errors import HostError


def test_kept_templates_need_no_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    kept = tmp_path / templates._digest()
    kept.mkdir()
    for name in templates.STACKS:
        (kept / f"rushes-{name}.template.json").write_text(json.dumps({"Resources": {"Name": name}}))
    monkeypatch.setattr(shutil, "which", lambda command: None)
    assert templates.synthesized(tmp_path)["api"] == {"Resources": {"Name": "api"}}


def test_a_missing_node_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda command: None)
    with pytest.raises(HostError, match="node"):
        templates.synthesized(tmp_path)


def test_a_changed_workflow_is_synthesized_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    workflow = tmp_path / "functions" / "ad" / "workflow.asl.yaml"
    workflow.parent.mkdir(parents=True)
    monkeypatch.setattr(templates, "ROOT", tmp_path)
    workflow.write_text("one")
    before = templates._digest()
    workflow.write_text("two")
    assert templates._digest() != before
