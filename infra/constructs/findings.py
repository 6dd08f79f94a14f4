"""cdk-nag findings we accept, each with its reason beside the construct it is about."""

from aws_cdk import Acknowledgment, Stack, Validations
from aws_cdk import aws_s3 as s3
from constructs import IConstruct


def accept(construct: IConstruct, findings: dict[str, str]) -> None:
    """`findings` maps a finding's id (`S1`, `IAM5[Resource::*]`) to why it is meant to be so."""
    Validations.of(construct).acknowledge(
        *(Acknowledgment(id=f"AwsSolutions-{id}", reason=reason) for id, reason in findings.items())
    )


def every_object(bucket: s3.IBucket) -> dict[str, str]:
    """The finding about `bucket/*` in another stack, where cdk-nag names it by the bucket's export."""
    stack = Stack.of(bucket)
    export = stack.resolve(stack.export_value(bucket.bucket_arn))["Fn::ImportValue"]
    return {f"IAM5[Resource::{export}/*]": "Object keys are not known before they are written."}


def every_execution(machine: str) -> dict[str, str]:
    """The finding about all executions of the machine of that name."""
    executions = f"arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:{machine}:*"
    return {f"IAM5[Resource::{executions}]": "Executions are named after the productions they lead."}
