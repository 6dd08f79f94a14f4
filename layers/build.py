"""Builds the third-party layers for Lambda (arm64, Python 3.14) without Docker: `make layers`.

uv resolves wheels for a platform that is not this one, and refuses what would have to be compiled. A layer whose
requirements and pins have not changed is left alone. boto3 comes with Lambda's runtime.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

LAYERS = Path(__file__).resolve().parent
CONSTRAINTS = LAYERS.parent / "constraints.txt"
NAMES = ("core", "providers", "media", "api")
PLATFORM = "aarch64-manylinux_2_34"
"""The runtime's Amazon Linux 2023 has glibc 2.34."""
PYTHON = "3.14"


class BuildFailed(Exception):
    """A layer could not be built; what uv said is the message."""


def build(name: str) -> bool:
    """Fills `layers/{name}/python`. False if it was up to date. Raises BuildFailed, leaving the old one in place."""
    layer = LAYERS / name
    stamp, wanted = layer / "python" / ".built-from", _fingerprint(layer)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    fresh = layer / ".building"
    shutil.rmtree(fresh, ignore_errors=True)
    done = subprocess.run(_command(layer, fresh), capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise BuildFailed(f"layer {name}:\n{done.stderr}")
    _slim(fresh)
    (fresh / ".built-from").write_text(wanted)
    shutil.rmtree(layer / "python", ignore_errors=True)
    fresh.rename(layer / "python")
    return True


def _command(layer: Path, target: Path) -> list[str]:
    uv = Path(sys.executable).with_name("uv")
    return [
        str(uv) if uv.exists() else "uv",
        *("pip", "install", "--quiet"),
        *("--python-platform", PLATFORM, "--python-version", PYTHON, "--only-binary", ":all:"),
        *("--target", str(target), "-c", str(CONSTRAINTS), "-r", str(layer / "requirements.txt")),
    ]


def _fingerprint(layer: Path) -> str:
    digest = hashlib.sha256(f"{PLATFORM} {PYTHON}".encode())
    for file in (Path(__file__), CONSTRAINTS, layer / "requirements.txt"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _slim(target: Path) -> None:
    """Tests, caches and command-line scripts of the packages do not run on Lambda."""
    for junk in [*target.rglob("__pycache__"), *target.rglob("tests"), target / "bin"]:
        shutil.rmtree(junk, ignore_errors=True)


def main() -> int:
    for name in NAMES:
        try:
            print(f"{name}: {'built' if build(name) else 'up to date'}")
        except BuildFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
