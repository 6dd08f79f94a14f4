"""The HTTP API's routes: all behind the user pool's tokens, but the page, what says what the API is, and webhooks."""

# jsii's classes name some parameters unlike the interfaces they implement.
# pyright: reportArgumentType=false

import json
from typing import Any

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
WEBHOOK_ROUTE = "/v1/webhooks/{provider}/{ask_id}"
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


class Routes(Construct):
    """API Gateway checks signature, issuer, audience and expiry; the function trusts its claims."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        api: apigateway.HttpApi,
        function: lambda_.Function,
        users: cognito.IUserPool,
        client: cognito.IUserPoolClient,
    ) -> None:
        super().__init__(scope, id)
        self._api = api
        self._integration = integrations.HttpLambdaIntegration("Function", function)
        users_only = authorizers.HttpUserPoolAuthorizer("Users", users, user_pool_clients=[client])
        self._route("Everything", apigateway.HttpMethod.ANY, "/{proxy+}", authorizer=users_only)
        for number, path in enumerate(OPEN_ROUTES):
            route = self._route(f"Open{number}", apigateway.HttpMethod.GET, path)
            accept(route, {"APIG4": "The page, or what the API is; holds nothing of any owner."})
        webhook = self._route("Webhook", apigateway.HttpMethod.POST, WEBHOOK_ROUTE)
        accept(webhook, {"APIG4": "The provider's signature is the gate; the function checks it."})
        self._stage()

    def _route(self, id: str, method: apigateway.HttpMethod, path: str, **more: Any) -> apigateway.HttpRoute:
        return apigateway.HttpRoute(
            self,
            id,
            http_api=self._api,
            route_key=apigateway.HttpRouteKey.with_(path, method),
            integration=self._integration,
            **more,
        )

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
            api_id=self._api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=REQUESTS_PER_SECOND, throttling_burst_limit=BURST
            ),
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn, format=json.dumps(ACCESS_LOG_FIELDS)
            ),
        )
