"""The synthesized templates, kept as long as their sources stay the same."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from infra.local.errors import HostError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    "infra/app.py", "infra/stacks/**/*.py", "infra/constructs/**/*.py",
    "functions/**/*.asl.yaml", "functions/pipelines.py", "functions/*/request.py",
)  # fmt: skip
STACKS = ("state", "pipelines", "api")
"""In the order in which they depend on each other."""


def synthesized(cache: Path = ROOT / ".rushes" / "templates") -> dict[str, dict[str, Any]]:
    """Stack → template as AWS would get it. Synthesizes (node, ~20 s) only if the sources changed.

    Raises HostError if there is no node, or the app does not synthesize.
    """
    kept = cache / _digest()
    if not kept.exists():
        _synthesize_into(kept)
    return {name: json.loads((kept / f"rushes-{name}.template.json").read_text()) for name in STACKS}


def _digest() -> str:
    digest = hashlib.sha256(version("aws-cdk-lib").encode())
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _synthesize_into(kept: Path) -> None:
    if not shutil.which("node"):
        raise HostError(
            "The CDK needs node (20 or newer) to synthesize the template. Install it and try again."
        )
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as fresh:
        environment = {
            **os.environ,
            "CDK_OUTDIR": fresh,
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        }
        done = subprocess.run(
            [sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise HostError(f"The CDK app does not synthesize:\n{done.stderr[-3000:]}")
        chosen = Path(tempfile.mkdtemp(dir=kept.parent))
        for template in Path(fresh).glob("*.template.json"):
            shutil.copy(template, chosen)
    try:
        chosen.rename(kept)
    except OSError:  # somebody else was faster
        shutil.rmtree(chosen)
