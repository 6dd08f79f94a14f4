"""The front: one function behind the HTTP API, and the picture of how everything does."""

import json

from aws_cdk import Stack
from constructs import Construct

from infra.constructs import grants
from infra.constructs.alarms import Alarms
from infra.constructs.code import Layers
from infra.constructs.findings import accept, every_execution, every_object
from infra.constructs.http_api import Routes
from infra.constructs.overview import Overview
from infra.constructs.phase_function import Needs, PhaseFunction
from infra.constructs.workflow import execution_arns, machine_arn, machine_name
from infra.stacks.pipelines import PipelinesStack
from infra.stacks.state import OWNER_INDEX, StateStack


class ApiStack(Stack):
    def __init__(
        self, scope: Construct, id: str, *, deployment: str, state: StateStack, pipelines: PipelinesStack
    ) -> None:
        super().__init__(scope, id, description=f"{deployment}: the HTTP API")
        front = self._function(deployment, state, pipelines)
        Routes(self, "Http", api=state.api, function=front.function, users=state.users, client=state.client)
        alarms = Alarms(self, "Alarms")
        alarms.on_function_errors({"Api": front.function})
        alarms.on_server_errors(state.api)
        alarms.on_rejected_webhooks()
        Overview(
            self,
            "Overview",
            name=deployment,
            machines=pipelines.machines,
            functions={**pipelines.functions, "Api": front.function},
            api=state.api,
        )

    def _function(self, deployment: str, state: StateStack, pipelines: PipelinesStack) -> PhaseFunction:
        machines = {kind: machine_name(deployment, kind) for kind in pipelines.machines}
        arns = {kind: machine_arn(self, name) for kind, name in machines.items()}
        later = {name: pipelines.functions[name.capitalize()] for name in ("finish", "stop")}
        needs = Needs(
            handler="functions.api.main.handler",
            memory=1024,  # it looks into uploads
            seconds=30,
            layers=Layers(self, "Layers").named("core", "foundation", "providers", "media", "api"),
        )
        environment = {
            "RUSHES_TABLE": state.table.table_name,
            "RUSHES_BUCKET": state.bucket.bucket_name,
            "RUSHES_STATE_MACHINES": json.dumps(arns),
            "RUSHES_SECRET": state.keys.attr_id,
            "RUSHES_FUNCTIONS": Stack.of(self).to_json_string(
                {name: function.function_name for name, function in later.items()}
            ),
        }
        front = PhaseFunction(self, "Front", needs, environment)
        accept(front.role, every_object(state.bucket))
        for name in machines.values():
            accept(front.role, every_execution(name))
        return front.allow(
            grants.read_write_table(state.table, OWNER_INDEX),
            grants.read_objects(state.bucket),
            grants.write_objects(state.bucket),
            grants.delete_objects(state.bucket),
            grants.list_objects(state.bucket),
            grants.start_executions(list(arns.values())),
            grants.steer_executions([execution_arns(self, name) for name in machines.values()]),
            grants.answer_tasks(list(arns.values())),
            grants.read_secret(state.keys),
            grants.invoke([function.function_arn for function in later.values()]),
        )
