"""Alarms and the topic they speak to; who subscribes to it is not code."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

_FIVE_MINUTES = Duration.minutes(5)


class Alarms(Construct):
    """Each alarm rings on the first bad event of five minutes; no data is good news."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.topic = sns.Topic(self, "Topic", enforce_ssl=True)

    def on_bad_executions(self, name: str, machine: sfn.StateMachine) -> None:
        for end, metric in (
            ("Failed", machine.metric_failed(period=_FIVE_MINUTES)),
            ("TimedOut", machine.metric_timed_out(period=_FIVE_MINUTES)),
            ("Aborted", machine.metric_aborted(period=_FIVE_MINUTES)),
        ):
            self._ring(f"{name}{end}", metric, f"Executions of {name}: {end}")

    def on_dead_letters(self, name: str, queue: sqs.Queue) -> None:
        metric = queue.metric_approximate_number_of_messages_visible(period=_FIVE_MINUTES)
        self._ring(f"{name}DeadLetters", metric, f"{name}: an event could not be delivered")

    def on_function_errors(self, functions: Mapping[str, lambda_.Function]) -> None:
        for name, function in functions.items():
            metric = function.metric_errors(period=_FIVE_MINUTES)
            self._ring(f"{name}Errors", metric, f"{name}: the function raised")

    def on_server_errors(self, api: apigateway.HttpApi) -> None:
        metric = api.metric_server_error(period=_FIVE_MINUTES, statistic="Sum")
        self._ring("ApiServerErrors", metric, "The API answered 5xx")

    def on_rejected_webhooks(self) -> None:
        """One may be somebody trying; many are a wrong secret, and jobs whose end nobody hears of."""
        metric = cloudwatch.Metric(
            namespace="Rushes",
            metric_name="WebhookRejected",
            dimensions_map={"service": "api"},
            period=_FIVE_MINUTES,
            statistic="Sum",
        )
        self._ring("WebhooksRejected", metric, "A webhook's signature or age was wrong")

    def _ring(self, id: str, metric: cloudwatch.IMetric, description: str) -> None:
        alarm = cloudwatch.Alarm(
            self,
            id,
            metric=metric,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=description,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
