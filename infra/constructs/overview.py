"""The dashboard: is anything failing, is anything slow, is anything waiting in vain."""

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

_PERIOD = Duration.minutes(5)
_HALF = 12


class Overview(Construct):
    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        name: str,
        machines: Mapping[str, sfn.IStateMachine],
        functions: Mapping[str, lambda_.Function],
        api: apigateway.HttpApi,
    ) -> None:
        super().__init__(scope, id)
        ends = {
            f"{kind} {end}": metric
            for kind, machine in machines.items()
            for end, metric in {
                "started": machine.metric_started(period=_PERIOD),
                "succeeded": machine.metric_succeeded(period=_PERIOD),
                "failed": machine.metric_failed(period=_PERIOD),
                "aborted": machine.metric_aborted(period=_PERIOD),
            }.items()
        }
        answers = {
            "requests": api.metric_count(period=_PERIOD),
            "4xx": api.metric_client_error(period=_PERIOD),
            "5xx": api.metric_server_error(period=_PERIOD),
        }
        slow = {
            f"{name} p95": function.metric_duration(period=_PERIOD, statistic="p95")
            for name, function in functions.items()
        }
        bad = {name: function.metric_errors(period=_PERIOD) for name, function in functions.items()}
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=name,
            widgets=[
                [_graph("Executions", ends), _graph("API", answers)],
                [_graph("Function errors", bad), _graph("Function durations", slow)],
            ],
        )


def _graph(title: str, metrics: Mapping[str, cloudwatch.Metric]) -> cloudwatch.GraphWidget:
    labelled: list[cloudwatch.IMetric] = [metric.with_(label=label) for label, metric in metrics.items()]
    return cloudwatch.GraphWidget(title=title, left=labelled, width=_HALF)
