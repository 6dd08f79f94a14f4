"""What keeps a deployment safe and observable is in the templates."""

from typing import Any

from functions.pipelines import PHASES
from tests.infra.conftest import Assembly


def test_every_log_group_forgets(assembly: Assembly):
    groups = list(assembly.resources("AWS::Logs::LogGroup"))
    assert len(groups) >= 10
    for name, group in groups:
        assert group["Properties"]["RetentionInDays"] in (30, 90), name


def test_every_function_logs_to_a_group_of_its_own(assembly: Assembly):
    groups = [
        str(function["Properties"]["LoggingConfig"]["LogGroup"])
        for _, function in assembly.resources("AWS::Lambda::Function")
    ]
    assert len(set(groups)) == len(groups) == 16


def test_every_function_runs_on_arm_with_the_newest_python(assembly: Assembly):
    for name, function in assembly.resources("AWS::Lambda::Function"):
        assert function["Properties"]["Architectures"] == ["arm64"], name
        assert function["Properties"]["Runtime"] == "python3.14", name


def test_what_is_called_asynchronously_has_dead_letters(assembly: Assembly):
    rule = safety_net(assembly)
    (target,) = rule["Properties"]["Targets"]
    assert target["DeadLetterConfig"]["Arn"]
    assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0
    kept = {
        function["Properties"]["Handler"]
        for _, function in assembly.resources("AWS::Lambda::Function")
        if function["Properties"].get("DeadLetterConfig")
    }
    assert kept == {
        "functions.review.stopped.handler",
        "functions.render.finish.handler",
        "functions.render.stop.handler",
        "functions.render.sweep.handler",
        "functions.uploads.on_object_created.handler",
    }


def test_no_key_is_in_the_template(assembly: Assembly):
    (secret,) = [resource for _, resource in assembly.resources("AWS::SecretsManager::Secret")]
    assert secret["Properties"]["SecretString"] == "{}"
    assert secret["DeletionPolicy"] == "Retain"


def test_jobs_nobody_was_told_of_are_looked_at_every_few_minutes(assembly: Assembly):
    (rule,) = [
        r for _, r in assembly.resources("AWS::Events::Rule") if "ScheduleExpression" in r["Properties"]
    ]
    assert rule["Properties"]["ScheduleExpression"] == "rate(5 minutes)"
    assert "Sweep" in str(rule["Properties"]["Targets"][0]["Arn"])


def told_of(assembly: Assembly, source: str) -> dict[str, Any]:
    """The rule for events of this source."""
    (rule,) = [
        r
        for _, r in assembly.resources("AWS::Events::Rule")
        if r["Properties"].get("EventPattern", {}).get("source") == [source]
    ]
    return rule


def safety_net(assembly: Assembly) -> dict[str, Any]:
    return told_of(assembly, "aws.states")


def test_every_object_below_uploads_reaches_the_arrivals(assembly: Assembly):
    pattern = told_of(assembly, "aws.s3")["Properties"]["EventPattern"]
    assert pattern["detail-type"] == ["Object Created"]
    assert pattern["detail"]["object"] == {"key": [{"prefix": "uploads/"}]}
    (telling,) = [
        bucket["Properties"]["NotificationConfiguration"]
        for _, bucket in assembly.resources("AWS::S3::Bucket")
        if "NotificationConfiguration" in bucket["Properties"]
    ]
    assert telling == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_every_bad_end_of_an_execution_reaches_the_safety_net(assembly: Assembly):
    rule = safety_net(assembly)
    pattern = rule["Properties"]["EventPattern"]
    assert pattern["detail-type"] == ["Step Functions Execution Status Change"]
    assert pattern["detail"]["status"] == ["FAILED", "TIMED_OUT", "ABORTED"]
    assert len(pattern["detail"]["stateMachineArn"]) == len(PHASES)


def test_the_table_is_encrypted_recoverable_and_streams_its_changes(assembly: Assembly):
    (table,) = [resource for _, resource in assembly.resources("AWS::DynamoDB::Table")]
    properties = table["Properties"]
    assert properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
    assert properties["SSESpecification"]["SSEEnabled"] is True
    assert properties["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    (index,) = properties["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "owner-index"


def test_no_bucket_can_be_made_public(assembly: Assembly):
    for name, bucket in assembly.resources("AWS::S3::Bucket"):
        assert set(bucket["Properties"]["PublicAccessBlockConfiguration"].values()) == {True}, name
        assert bucket["Properties"]["BucketEncryption"], name


def test_what_holds_data_outlives_its_stack(assembly: Assembly):
    for kind in ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool"):
        for name, resource in assembly.resources(kind):
            assert resource["DeletionPolicy"] == "Retain", name


def test_an_alarm_watches_executions_dead_letters_functions_and_the_api(assembly: Assembly):
    watched = {
        (alarm["Properties"]["Namespace"], alarm["Properties"]["MetricName"])
        for _, alarm in assembly.resources("AWS::CloudWatch::Alarm")
    }
    assert watched >= {
        ("AWS/States", "ExecutionsFailed"),
        ("AWS/States", "ExecutionsTimedOut"),
        ("AWS/States", "ExecutionsAborted"),
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        ("AWS/Lambda", "Errors"),
        ("AWS/ApiGateway", "5xx"),
        ("Rushes", "WebhookRejected"),
    }
    for name, alarm in assembly.resources("AWS::CloudWatch::Alarm"):
        assert alarm["Properties"]["AlarmActions"], name


def test_only_the_page_what_says_what_the_api_is_and_webhooks_are_open(assembly: Assembly):
    types = {
        route["Properties"]["RouteKey"]: route["Properties"]["AuthorizationType"]
        for _, route in assembly.resources("AWS::ApiGatewayV2::Route")
    }
    assert {key for key, type in types.items() if type == "NONE"} == {
        "GET /",
        "GET /page/{file}",
        "GET /docs",
        "GET /v1/health",
        "GET /v1/openapi.json",
        "POST /v1/webhooks/{provider}/{ask_id}",
    }
    assert types["ANY /{proxy+}"] == "JWT"


def test_the_bucket_forgets_uploads_after_a_week_and_nothing_else(assembly: Assembly):
    rules = [
        rule
        for name, bucket in assembly.resources("AWS::S3::Bucket")
        if not name.startswith("AccessLogs")
        for rule in bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    ]
    assert [(rule["Prefix"], rule["ExpirationInDays"]) for rule in rules if "ExpirationInDays" in rule] == [
        ("uploads/", 7)
    ]
