"""The layers fit Lambda: small enough, for its processor, and with everything a function imports."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.infra.conftest import Assembly

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MIB = 250
"""Code and layers of a function, unzipped (Lambda quotas)."""
AARCH64 = 183
"""e_machine in an ELF header."""
OF_A_VENV = {"_distutils_hack"}
"""What setuptools puts into every process of a virtual environment that holds it."""
FROM_THE_RUNTIME = {
    "boto3",
    "botocore",
    "s3transfer",
    "urllib3",
    "dateutil",
    "six",
    "jmespath",
    "awslambdaric",
}
IMPORTED = """
import importlib, json, sys, sysconfig
importlib.import_module(sys.argv[1])
packages = sysconfig.get_paths()["purelib"]
print(json.dumps(sorted({
    name.split(".")[0] for name, module in sys.modules.items()
    if (getattr(module, "__file__", None) or "").startswith(packages)
})))
"""


@pytest.fixture(scope="module")
def layers() -> Path:
    """The folder of the built layers; built now if they are not, skipped if that needs a network there is not."""
    builder = loaded(ROOT / "layers" / "build.py")
    for name in builder.NAMES:
        try:
            builder.build(name)
        except builder.BuildFailed as failure:
            if re.search(r"dns|connect|timed out|network|offline", str(failure), re.IGNORECASE):
                pytest.skip(f"no package registry: {str(failure)[:200]}")
            raise
    return ROOT / "layers"


def test_every_function_fits_its_unzipped_limit(assembly: Assembly, layers: Path):
    code = mebibytes(ROOT / "functions")
    for handler, names in functions(assembly).items():
        assert code + sum(mebibytes(content(layers, name)) for name in names) < LIMIT_MIB, handler


def test_nothing_in_a_layer_is_for_another_processor(layers: Path):
    libraries = [file for file in layers.rglob("*.so*") if "python" in file.parts and file.is_file()]
    assert libraries
    for file in libraries:
        header = file.read_bytes()[:20]
        assert header[:4] == b"\x7fELF", file
        assert int.from_bytes(header[18:20], "little") == AARCH64, file


def test_a_function_finds_in_its_layers_whatever_it_imports_when_it_starts(assembly: Assembly, layers: Path):
    for handler, names in functions(assembly).items():
        held = {
            entry.name.split(".")[0] for name in names for entry in content(layers, name).iterdir()
        } | FROM_THE_RUNTIME
        module = handler.removesuffix(".handler")
        done = subprocess.run(
            [sys.executable, "-c", IMPORTED, module], cwd=ROOT, env=settings(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert set(json.loads(done.stdout)) - OF_A_VENV <= held, handler


def test_deploying_without_built_layers_is_refused_and_says_what_to_run(tmp_path: Path, monkeypatch: Any):
    from infra.constructs import code

    monkeypatch.setattr(code, "LAYERS", tmp_path)
    with pytest.raises(SystemExit, match="make layers"):
        code.require_built_layers()


def functions(assembly: Assembly) -> dict[str, list[str]]:
    """Handler → names of its layers."""
    return {
        function["Properties"]["Handler"]: [
            re.sub(r"^Layers([A-Za-z]+?)[0-9A-F]{8}$", r"\1", layer["Ref"]).lower()
            for layer in function["Properties"]["Layers"]
        ]
        for _, function in assembly.resources("AWS::Lambda::Function")
    }


def content(layers: Path, name: str) -> Path:
    return layers / name / ("python" if name != "foundation" else ".")


def mebibytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def settings() -> dict[str, str]:
    machines = json.dumps({"ad": "arn:aws:states:us-east-1:000000000000:stateMachine:rushes-ad"})
    return {
        **os.environ,
        "RUSHES_TABLE": "table",
        "RUSHES_BUCKET": "bucket",
        "RUSHES_STATE_MACHINES": machines,
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
