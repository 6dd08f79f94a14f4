"""The tree as its readers want it: small files, small functions, names that say something, one-way dependencies."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("functions", "infra", "layers/foundation", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
EMPTY_NAMES = {"utils", "util", "helpers", "common", "misc", "manager", "service"}


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := path.read_text().count("\n")) > 400
    }
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_every_name_of_a_file_says_something() -> None:
    assert [path for path in SOURCES if path.stem in EMPTY_NAMES] == []


SEAMS = {
    "layers/foundation/rushes/entry.py",  # between a Lambda event and the domain
    "infra/local/engine.py",  # where the engine's thread ends, for whoever waits for it
}


def test_nothing_is_caught_broadly_but_at_the_seams() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "tests" not in path.relative_to(ROOT).parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
    }
    assert broad == SEAMS


PURE = [
    "functions.ad.plan",
    "functions.ad.storyboard",
    "functions.ad.chunks",
    "functions.ad.refine",
    "rushes.studio.phases",
]
VENDORS = {"boto3", "botocore", "fastapi", "mangum", "av", "PIL", "numpy", "httpx"}


@pytest.mark.parametrize("module", [*PURE, "rushes.productions.production", "rushes.records.productions"])
def test_importing_what_is_pure_imports_no_vendor(module: str) -> None:
    program = f"import {module}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    assert VENDORS & set(loaded) == set()


@pytest.mark.parametrize("phase", ["plan", "storyboard", "chunks", "refine"])
def test_a_phases_cold_start_imports_only_its_own_needs(phase: str) -> None:
    program = f"import functions.ad.handlers.{phase}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"fastapi", "av", "PIL", "numpy", "boto3"} & set(loaded) == set()
