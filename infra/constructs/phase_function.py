"""One Lambda function with everything ours has: its own role, log group, layers and environment."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Size, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.code import ARCHITECTURE, RUNTIME, function_code
from infra.constructs.findings import accept

XRAY_REASON = "X-Ray's PutTraceSegments and PutTelemetryRecords take no resource."


@dataclass(frozen=True)
class Needs:
    """What a function is given: memory and disk in MiB, time in seconds, layers by name."""

    handler: str
    memory: int
    seconds: int
    layers: Sequence[lambda_.ILayerVersion]
    disk: int = 512


class PhaseFunction(Construct):
    """Logs go to its own group (the role may write nowhere else); traces to X-Ray."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        needs: Needs,
        environment: dict[str, str],
        dead_letters: sqs.IQueue | None = None,
    ) -> None:
        super().__init__(scope, id)
        log_group = logs.LogGroup(
            self, "Logs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(self.role)
        service = needs.handler.removeprefix("functions.").removesuffix(".handler")
        self.function = lambda_.Function(
            self,
            "Function",
            description=f"{Stack.of(self).stack_name}: {service}",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=needs.handler,
            code=function_code(),
            layers=list(needs.layers),
            role=self.role,
            memory_size=needs.memory,
            timeout=Duration.seconds(needs.seconds),
            ephemeral_storage_size=Size.mebibytes(needs.disk),
            log_group=log_group,
            tracing=lambda_.Tracing.ACTIVE,
            dead_letter_queue=dead_letters,
            logging_format=lambda_.LoggingFormat.JSON,
            environment=environment,
        )
        accept(self.role, {"IAM5[Resource::*]": XRAY_REASON})

    def allow(self, *statements: iam.PolicyStatement) -> "PhaseFunction":
        for statement in statements:
            self.role.add_to_policy(statement)
        return self
