"""Uploads begin productions: S3 tells EventBridge of every object, and a rule calls the `arrival` function."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from rushes.records.uploads import UPLOADS


def on_arrivals(
    scope: Construct, id: str, bucket: s3.IBucket, function: lambda_.Function, dead_letters: sqs.IQueue
) -> events.Rule:
    """Calls the function for each object below `uploads/`, at least once."""
    return events.Rule(
        scope,
        id,
        description="A lecture that was uploaded begins its production",
        event_pattern=events.EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={"bucket": {"name": [bucket.bucket_name]}, "object": {"key": [{"prefix": UPLOADS}]}},
        ),
        targets=[
            targets.LambdaFunction(
                function, dead_letter_queue=dead_letters, retry_attempts=20, max_event_age=Duration.hours(6)
            )
        ],
    )
