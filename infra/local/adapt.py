"""The template for AWS → the template for the embedded engine. Pure.

Nothing is added that AWS would not have. What changes, and why:
- A function becomes `provided.al2023` with our bootstrap: the engine's own Python runtime loses a handler's error
  type. Its code and layers are this checkout, run in place, so architecture and disk mean nothing.
- What only an operator's console would show is dropped, and what guards against a network there is not.
"""

import copy
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

Template = dict[str, Any]

ASSETS_BUCKET = "rushes-local-assets"

DROPPED_RESOURCES = {
    "AWS::Lambda::LayerVersion": "the host's interpreter has the packages",
    "AWS::CloudWatch::Alarm": "nobody is paged by a laptop",
    "AWS::CloudWatch::Dashboard": "there is no console",
    "AWS::SNS::Topic": "only alarms speak to it",
    "AWS::SNS::TopicPolicy": "only alarms speak to it",
    "AWS::S3::BucketPolicy": "it demands TLS, and loopback has none",
    "AWS::Logs::ResourcePolicy": "log delivery is not guarded there",
    "AWS::CDK::Metadata": "the engine ignores it",
}

DROPPED_FUNCTION_PROPERTIES = {
    "Layers": "see AWS::Lambda::LayerVersion",
    "Architectures": "the host's, whatever it is",
    "EphemeralStorage": "the host's disk",
    "TracingConfig": "there is no X-Ray",
}


def adapt(template: Template, bootstrap_key: str) -> Template:
    """`bootstrap_key` is where ASSETS_BUCKET holds the bootstrap. Raises ValueError if something that stays refers to
    something that was dropped: the lists above are then wrong."""
    adapted = copy.deepcopy(template)
    resources: dict[str, Any] = adapted["Resources"]
    dropped = {name for name, resource in resources.items() if resource["Type"] in DROPPED_RESOURCES}
    adapted["Resources"] = {
        name: _adapt_resource(resource, dropped, bootstrap_key)
        for name, resource in resources.items()
        if name not in dropped
    }
    # The engine knows no assets' version parameter nor the rule that checks it.
    adapted.pop("Rules", None)
    adapted.get("Parameters", {}).pop("BootstrapVersion", None)
    if lost := _references(adapted["Resources"]) & dropped:
        raise ValueError(f"dropped, yet referred to: {', '.join(sorted(lost))}")
    return adapted


def bootstrap(root: Path, interpreter: str = sys.executable) -> bytes:
    """A zip with the one file a `provided` function needs: it runs `infra.local.worker` in the checkout `root`."""
    script = (
        "#!/bin/sh\n"
        f"cd '{root}' || exit 1\n"
        f"PYTHONPATH='{root}:{root}/layers/foundation' exec '{interpreter}' -m infra.local.worker\n"
    )
    entry = zipfile.ZipInfo("bootstrap")  # its fixed date makes equal scripts equal zips
    entry.external_attr = 0o100755 << 16
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(entry, script)
    return archive.getvalue()


def _adapt_resource(resource: Template, dropped: set[str], bootstrap_key: str) -> Template:
    after = resource.pop("DependsOn", [])
    kept = [name for name in ([after] if isinstance(after, str) else after) if name not in dropped]
    if kept:
        resource["DependsOn"] = kept
    if resource["Type"] == "AWS::Lambda::Function":
        properties = resource["Properties"]
        resource["Properties"] = {
            **{key: value for key, value in properties.items() if key not in DROPPED_FUNCTION_PROPERTIES},
            "Runtime": "provided.al2023",
            "Code": {"S3Bucket": ASSETS_BUCKET, "S3Key": bootstrap_key},
        }
    return resource


def _references(node: Any) -> set[str]:
    """Every logical id that a `Ref` or `Fn::GetAtt` below `node` names."""
    if isinstance(node, list):
        return set().union(*map(_references, node))
    if not isinstance(node, dict):
        return set()
    found = set().union(*map(_references, node.values()))
    if isinstance(node.get("Ref"), str):
        found.add(node["Ref"])
    if isinstance(node.get("Fn::GetAtt"), list):
        found.add(node["Fn::GetAtt"][0])
    return found
