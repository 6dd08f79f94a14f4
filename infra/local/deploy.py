"""Creates or updates the stacks on the embedded engine, by its CloudFormation, as `cdk deploy` does on AWS."""

import json
import time
from contextlib import suppress
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.local.adapt import ASSETS_BUCKET, adapt, bootstrap
from infra.local.errors import HostError
from infra.local.templates import ROOT, STACKS, synthesized

DEPLOYED_WITHIN = 60.0
BOOTSTRAP_KEY = "bootstrap.zip"


def deploy() -> dict[str, str]:
    """The outputs of all stacks, by name. Raises HostError with the engine's reasons if a stack fails."""
    templates = synthesized()
    s3, cloudformation = boto3.client("s3"), boto3.client("cloudformation")
    with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=ASSETS_BUCKET)
    package = bootstrap(ROOT)
    s3.put_object(Bucket=ASSETS_BUCKET, Key=BOOTSTRAP_KEY, Body=package)
    outputs: dict[str, str] = {}
    for name in STACKS:
        stack = f"rushes-{name}"
        key = f"{stack}.template.json"  # CloudFormation takes no body of more than 51,200 bytes
        s3.put_object(
            Bucket=ASSETS_BUCKET, Key=key, Body=json.dumps(adapt(templates[name], BOOTSTRAP_KEY)).encode()
        )
        outputs |= _bring_up(cloudformation, stack, f"{s3.meta.endpoint_url}/{ASSETS_BUCKET}/{key}")
    return outputs


def _bring_up(cloudformation: Any, stack: str, template_url: str) -> dict[str, str]:
    wanted = {"StackName": stack, "TemplateURL": template_url, "Capabilities": ["CAPABILITY_IAM"]}
    try:
        if _described(cloudformation, stack):
            cloudformation.update_stack(**wanted)
        else:
            cloudformation.create_stack(**wanted)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise HostError(f"The engine refuses the stack {stack}: {error}") from error
    return _outputs_once_done(cloudformation, stack)


def _described(cloudformation: Any, stack: str) -> dict[str, Any] | None:
    try:
        return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        return None


def _outputs_once_done(cloudformation: Any, stack: str) -> dict[str, str]:
    deadline = time.monotonic() + DEPLOYED_WITHIN
    while time.monotonic() < deadline:
        described = _described(cloudformation, stack)
        status = described["StackStatus"] if described else "MISSING"
        if described and status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}
        if "FAILED" in status or "ROLLBACK_COMPLETE" in status:
            raise HostError(f"The stack {stack} ended as {status}:\n{_reasons(cloudformation, stack)}")
        time.sleep(0.05)
    raise HostError(f"The stack {stack} was not ready within {DEPLOYED_WITHIN:.0f} s.")


def _reasons(cloudformation: Any, stack: str) -> str:
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    failed = [event for event in events if "FAILED" in event["ResourceStatus"]]
    return "\n".join(
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason')}" for event in failed
    )
