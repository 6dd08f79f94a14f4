"""One state machine, inlined from its ASL file so that the template and its linters see it."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

import json
from pathlib import Path
from typing import Any

import yaml
from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.constructs import grants
from infra.constructs.findings import accept
from infra.constructs.phase_function import XRAY_REASON


def machine_name(deployment: str, kind: str) -> str:
    """Of a pipeline's state machine."""
    return f"{deployment}-{kind}"


def machine_arn(stack: Stack, name: str) -> str:
    """The ARN a machine of that name has: functions know it without depending on their caller."""
    return stack.format_arn(
        service="states",
        resource="stateMachine",
        resource_name=name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )


def execution_arns(stack: Stack, name: str) -> str:
    """Every execution of the machine: their names are not known before they start."""
    return stack.format_arn(
        service="states",
        resource="execution",
        resource_name=f"{name}:*",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )


def read_definition(path: Path) -> dict[str, Any]:
    """The ASL of a pipeline's workflow file: its phases in order, each with the states that every phase has."""
    pipeline = yaml.safe_load(path.read_text())
    phases: list[str] = pipeline["Phases"]
    shape = path.parent.with_name("phase.asl.yaml").read_text()
    states: dict[str, Any] = {"Enter": _entrance(phases)}
    for phase, following in zip(phases, [*phases[1:], "Done"], strict=True):
        states |= yaml.safe_load(shape.replace("PHASE", phase).replace("FOLLOWING", following))["States"]
    return {
        "Comment": pipeline["Comment"],
        "QueryLanguage": "JSONata",
        "StartAt": "Enter",
        "States": states,
    }


def _entrance(phases: list[str]) -> dict[str, Any]:
    """An execution may begin at any phase."""
    asked = "$states.context.Execution.Input.phase"
    return {
        "Type": "Choice",
        "Choices": [
            {"Condition": f"{{% {asked} = '{phase.lower()}' %}}", "Next": phase} for phase in phases[1:]
        ],
        "Default": phases[0],
    }


class Workflow(Construct):
    """`functions` gives each `${…Function}` of the definition; the machine may invoke exactly those."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        definition: Path,
        functions: dict[str, lambda_.Function],
    ) -> None:
        super().__init__(scope, id)
        arns = {placeholder: function.function_arn for placeholder, function in functions.items()}
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        role.add_to_policy(grants.invoke(list(arns.values())))
        log_group = logs.LogGroup(
            self,
            "Logs",
            # AWS asks for this prefix: without it each log group lengthens a policy of limited size.
            log_group_name=f"/aws/vendedlogs/states/{name}",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.machine = sfn.StateMachine(
            self,
            "Machine",
            state_machine_name=name,
            definition_body=sfn.DefinitionBody.from_string(json.dumps(read_definition(definition))),
            definition_substitutions=arns,
            role=role,
            tracing_enabled=True,
            logs=sfn.LogOptions(destination=log_group, level=sfn.LogLevel.ALL, include_execution_data=True),
        )
        accept(
            role,
            {"IAM5[Resource::*]": f"AWS grants log delivery account-wide only. {XRAY_REASON}"},
        )
