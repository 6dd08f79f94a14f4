"""Where the functions' code and layers come from.

Function code is the `functions` tree, importable as `functions…`; the shared code is a layer, importable as
`rushes`. Both are copied into a folder of their own under `cdk.out/code`, named by content, because a Lambda
asset needs the package's folder one level below its root. Third-party layers are built by `make layers`.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ROOT / "layers"
BUILT_LAYERS = ("core", "providers", "media", "api")
RUNTIME = lambda_.Runtime.PYTHON_3_14
ARCHITECTURE = lambda_.Architecture.ARM_64
_CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


class LayersNotBuilt(SystemExit):
    """A deployment was asked for and a third-party layer is an empty folder."""


def require_built_layers() -> None:
    """Raises LayersNotBuilt, naming what is missing and the command that builds it."""
    missing = [name for name in BUILT_LAYERS if not any((LAYERS / name).glob("python/*"))]
    if missing:
        raise LayersNotBuilt(f"Layers not built: {', '.join(missing)}. Run `make layers` first.")


def function_code() -> lambda_.Code:
    return lambda_.Code.from_asset(str(_staged(ROOT / "functions", "functions")))


class Layers(Construct):
    """The layers of one stack, each made when it is first asked for.

    Every stack has its own: a layer's ARN changes with each version, and CloudFormation refuses to change an
    export that another stack imports.
    """

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self._made: dict[str, lambda_.LayerVersion] = {}

    def named(self, *names: str) -> list[lambda_.ILayerVersion]:
        return [self._layer(name) for name in names]

    def _layer(self, name: str) -> lambda_.LayerVersion:
        if name not in self._made:
            self._made[name] = lambda_.LayerVersion(
                self,
                name.capitalize(),
                code=lambda_.Code.from_asset(str(_layer_folder(name))),
                compatible_runtimes=[RUNTIME],
                compatible_architectures=[ARCHITECTURE],
                description=f"Rushes: {name}",
            )
        return self._made[name]


def _layer_folder(name: str) -> Path:
    if name == "foundation":
        return _staged(LAYERS / "foundation" / "rushes", "python/rushes")
    (LAYERS / name / "python").mkdir(exist_ok=True)
    return LAYERS / name


def _staged(source: Path, prefix: str) -> Path:
    """A folder that holds `source` below `prefix`, made once for the same content."""
    digest = hashlib.sha256(prefix.encode())
    for file in sorted(source.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(source)}\0".encode() + file.read_bytes())
    staged = ROOT / "cdk.out" / "code" / f"{source.name}-{digest.hexdigest()[:16]}"
    if not staged.exists():
        staged.parent.mkdir(parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=staged.parent))
        shutil.copytree(source, copy / prefix, ignore=_CACHES)
        try:
            copy.rename(staged)
        except OSError:  # another synthesis was faster
            shutil.rmtree(copy)
    return staged
