"""The HTTP API: everything behind the user pool's tokens, except the studio page and what says what the API is."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

import json

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.findings import accept

OPEN_ROUTES = ("/", "/page/{file}", "/docs", "/v1/health", "/v1/openapi.json")
REQUESTS_PER_SECOND = 50
BURST = 100
ACCESS_LOG_FIELDS = {
    "time": "$context.requestTime",
    "request_id": "$context.requestId",
    "route": "$context.routeKey",
    "path": "$context.path",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "bytes": "$context.responseLength",
    "address": "$context.identity.sourceIp",
    "owner": "$context.authorizer.claims.sub",
    "refused": "$context.authorizer.error",
    "error": "$context.integrationErrorMessage",
}


class HttpApi(Construct):
    """API Gateway checks signature, issuer, audience and expiry; the function trusts its claims."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        function: lambda_.Function,
        users: cognito.IUserPool,
        client: cognito.IUserPoolClient,
    ) -> None:
        super().__init__(scope, id)
        integration = integrations.HttpLambdaIntegration("Function", function)
        self.api = apigateway.HttpApi(
            self,
            "Api",
            description="Rushes: a prompt in, a finished film out",
            create_default_stage=False,
        )
        self.api.add_routes(
            path="/{proxy+}",
            methods=[apigateway.HttpMethod.ANY],
            integration=integration,
            authorizer=authorizers.HttpUserPoolAuthorizer("Users", users, user_pool_clients=[client]),
        )
        for path in OPEN_ROUTES:
            (route,) = self.api.add_routes(
                path=path, methods=[apigateway.HttpMethod.GET], integration=integration
            )
            accept(route, {"APIG4": "The page, or what the API is; holds nothing of any owner."})
        self._stage()

    def _stage(self) -> None:
        access_log = logs.LogGroup(
            self,
            "AccessLog",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=REQUESTS_PER_SECOND, throttling_burst_limit=BURST
            ),
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn, format=json.dumps(ACCESS_LOG_FIELDS)
            ),
        )
