import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# jsii reads it when it starts node, at the first import of aws_cdk.
os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20"


@dataclass(frozen=True)
class Assembly:
    """What a synthesis left: the templates of all stacks, and why it was refused, if it was."""

    directory: Path
    refusal: str

    @property
    def templates(self) -> dict[str, dict[str, Any]]:
        return {file.name: json.loads(file.read_text()) for file in self.directory.glob("*.template.json")}

    def resources(self, kind: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Logical id and resource, of one CloudFormation type or of all."""
        for template in self.templates.values():
            for name, resource in template["Resources"].items():
                if kind in (None, resource["Type"]):
                    yield name, resource


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app, synthesized once with cdk-nag watching (20 s)."""
    from infra.app import build

    return synthesized(build(tmp_path_factory.mktemp("cdk"), check=True))


def synthesized(app: Any) -> Assembly:
    refusal = ""
    try:
        app.synth()
    except RuntimeError as error:
        report = Path(app.outdir) / "validation-report.json"
        refusal = report.read_text() if report.exists() else str(error)
    return Assembly(Path(app.outdir), refusal)
