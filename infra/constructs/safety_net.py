"""Whatever ends an execution badly, the table is told: a rule calls the `stopped` function.

Step Functions reports every failed, timed-out and aborted execution to EventBridge, also those whose own Fail
state never ran. An event that cannot be delivered waits in the dead-letter queue, which has an alarm.
"""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

BAD_ENDS = ["FAILED", "TIMED_OUT", "ABORTED"]


class SafetyNet(Construct):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        machine_arns: list[str],
        stopped: lambda_.Function,
        dead_letters: sqs.IQueue,
    ) -> None:
        super().__init__(scope, id)
        events.Rule(
            self,
            "Rule",
            description="A production whose execution ended badly is told so",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={"status": BAD_ENDS, "stateMachineArn": machine_arns},
            ),
            targets=[
                targets.LambdaFunction(
                    stopped,
                    dead_letter_queue=dead_letters,
                    retry_attempts=20,
                    max_event_age=Duration.hours(6),
                )
            ],
        )


def every_few_minutes(
    scope: Construct, id: str, function: lambda_.Function, dead_letters: sqs.IQueue
) -> events.Rule:
    """Calls the function again and again: for what nobody else would notice."""
    return events.Rule(
        scope,
        id,
        description="Jobs whose end nobody was told of are looked at",
        schedule=events.Schedule.rate(Duration.minutes(5)),
        targets=[targets.LambdaFunction(function, dead_letter_queue=dead_letters, retry_attempts=0)],
    )
