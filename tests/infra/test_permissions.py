"""Least privilege: every statement names its actions, and nearly every one its resources."""

from collections.abc import Iterator
from typing import Any

from functions.pipelines import PHASES
from tests.infra.conftest import Assembly

WITHOUT_RESOURCES = {
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
}
"""Actions for which AWS takes no resource (Service Authorization Reference: X-Ray; CloudWatch Logs, vended logs)."""


def test_no_statement_allows_a_wildcard_action(assembly: Assembly):
    for name, statement in role_statements(assembly):
        assert not [action for action in as_list(statement["Action"]) if "*" in action], name


def test_every_resource_is_named_unless_aws_takes_none(assembly: Assembly):
    for name, statement in role_statements(assembly):
        if "*" in as_list(statement["Resource"]):
            assert set(as_list(statement["Action"])) <= WITHOUT_RESOURCES, name


def test_nobody_may_scan_the_table(assembly: Assembly):
    for name, statement in role_statements(assembly):
        assert "dynamodb:Scan" not in as_list(statement["Action"]), name


def test_no_role_carries_a_managed_policy(assembly: Assembly):
    for name, role in assembly.resources("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role["Properties"], name


def test_each_workflow_may_invoke_exactly_the_functions_it_names(assembly: Assembly):
    machines = dict(assembly.resources("AWS::StepFunctions::StateMachine"))
    assert len(machines) == len(PHASES)
    for kind in map(str.capitalize, PHASES):
        (machine,) = [resource for name, resource in machines.items() if name.startswith(kind)]
        named = [str(arn) for arn in machine["Properties"]["DefinitionSubstitutions"].values()]
        (invoking,) = [
            statement
            for name, statement in role_statements(assembly)
            if as_list(statement["Action"]) == ["lambda:InvokeFunction"] and name.startswith(kind)
        ]
        assert sorted(map(str, invoking["Resource"])) == sorted(named)


def test_the_api_may_invoke_only_what_hears_of_jobs_and_what_stops_them(assembly: Assembly):
    (invoking,) = [
        statement
        for name, statement in role_statements(assembly)
        if as_list(statement["Action"]) == ["lambda:InvokeFunction"] and name.startswith("Front")
    ]
    finish, stop = invoking["Resource"]
    assert "Finish" in str(finish)
    assert "Stop" in str(stop)


def test_only_the_door_the_api_and_arrivals_read_the_providers_keys(assembly: Assembly):
    reading = {
        name[: name.index("Role")]
        for name, statement in role_statements(assembly)
        if as_list(statement["Action"]) == ["secretsmanager:GetSecretValue"]
    }
    assert reading == {"Render", "Finish", "Stop", "Sweep", "Front", "Arrival"}


def test_only_the_door_and_a_review_and_the_api_answer_task_tokens(assembly: Assembly):
    answering = {
        name
        for name, statement in role_statements(assembly)
        if "states:SendTaskSuccess" in as_list(statement["Action"])
    }
    assert {name[: name.index("Role")] for name in answering} == {
        "Render",
        "Finish",
        "Stop",
        "Sweep",
        "Review",
        "Front",
    }


def test_every_bucket_and_queue_refuses_plain_http(assembly: Assembly):
    for bucket_kind, policy_kind in (
        ("AWS::S3::Bucket", "AWS::S3::BucketPolicy"),
        ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy"),
    ):
        guarding = [
            policy
            for _, policy in assembly.resources(policy_kind)
            if {"Bool": {"aws:SecureTransport": "false"}}
            in [s.get("Condition") for s in policy["Properties"]["PolicyDocument"]["Statement"]]
        ]
        assert len(guarding) == len(list(assembly.resources(bucket_kind)))


def role_statements(assembly: Assembly) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, policy in assembly.resources("AWS::IAM::Policy"):
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            yield name, statement


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
