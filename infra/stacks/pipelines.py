"""What makes things: the phases, the renders, the reviews, and the state machine that leads through them."""

import json

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs import grants
from infra.constructs.alarms import Alarms
from infra.constructs.code import ROOT, Layers
from infra.constructs.dead_letters import DeadLetters
from infra.constructs.findings import accept, every_object
from infra.constructs.phase_function import Needs, PhaseFunction
from infra.constructs.safety_net import SafetyNet, every_few_minutes
from infra.constructs.workflow import Workflow, machine_arn
from infra.stacks.state import OWNER_INDEX, StateStack

PHASES = ("plan", "storyboard", "chunks", "refine")


class PipelinesStack(Stack):
    def __init__(self, scope: Construct, id: str, *, deployment: str, state: StateStack) -> None:
        super().__init__(scope, id, description=f"{deployment}: the phases and their workflow")
        self._state = state
        self._machine = machine_arn(self, f"{deployment}-ad")
        self._layers = Layers(self, "Layers")
        self._dead_letters = DeadLetters(self, "DeadLetters").queue
        phases = {name: self._phase(name) for name in PHASES}
        render, finish, stop = self._door("start", "Render"), self._door("finish"), self._door("stop")
        sweep = self._door("sweep")
        every_few_minutes(self, "Sweeping", sweep.function, self._dead_letters)
        review, stopped = self._review(), self._stopped()
        ad = Workflow(
            self,
            "Ad",
            name=f"{deployment}-ad",
            definition=ROOT / "functions" / "ad" / "workflow.asl.yaml",
            functions={
                **{f"{name.capitalize()}Function": phase.function for name, phase in phases.items()},
                "RenderFunction": render.function,
                "ReviewFunction": review.function,
                "StoppedFunction": stopped.function,
            },
        )
        SafetyNet(
            self,
            "SafetyNet",
            machine_arns=[self._machine],
            stopped=stopped.function,
            dead_letters=self._dead_letters,
        )
        self.machine = ad.machine
        door = {"render": render, "finish": finish, "stop": stop, "sweep": sweep}
        every = {**phases, **door, "review": review, "stopped": stopped}
        self.functions = {name.capitalize(): made.function for name, made in every.items()}
        alarms = Alarms(self, "Alarms")
        alarms.on_bad_executions("Ad", ad.machine)
        alarms.on_dead_letters("Stopped", self._dead_letters)
        alarms.on_function_errors(self.functions)
        CfnOutput(self, "StateMachineAdArn", value=ad.machine.state_machine_arn)

    def _phase(self, name: str) -> PhaseFunction:
        needs = Needs(
            handler=f"functions.ad.handlers.{name}.handler",
            memory=512,
            seconds=60,
            layers=self._layers.named("core", "foundation"),
        )
        phase = self._made(name.capitalize(), needs)
        accept(phase.role, every_object(self._state.bucket))
        return phase.allow(
            self._table(), grants.read_objects(self._state.bucket), grants.write_objects(self._state.bucket)
        )

    def _door(self, event: str, id: str | None = None) -> PhaseFunction:
        """One of the door's events. What a workflow waits for answers it; the others are called and not waited for."""
        needs = Needs(
            handler=f"functions.render.{event}.handler",
            memory={"stop": 512, "sweep": 1024}.get(event, 3008),
            seconds=900,
            disk=2048,
            layers=self._layers.named("core", "foundation", "providers", "media"),
        )
        environment = {
            "RUSHES_SECRET": self._state.keys.attr_id,
            # Where providers tell of their jobs: the address, before there is a function behind it.
            "RUSHES_API_URL": self._state.api.api_endpoint,
        }
        door = self._made(id or event.capitalize(), needs, event != "start", environment)
        accept(door.role, every_object(self._state.bucket))
        return door.allow(
            self._table(),
            grants.read_objects(self._state.bucket),
            grants.write_objects(self._state.bucket),
            grants.delete_objects(self._state.bucket),
            grants.list_objects(self._state.bucket),
            grants.answer_tasks([self._machine]),
            grants.read_secret(self._state.keys),
        )

    def _review(self) -> PhaseFunction:
        needs = Needs(
            handler="functions.review.open.handler",
            memory=256,
            seconds=30,
            layers=self._layers.named("core", "foundation"),
        )
        return self._made("Review", needs).allow(self._table(), grants.answer_tasks([self._machine]))

    def _stopped(self) -> PhaseFunction:
        """The workflow's Fail state calls it, and the safety net, asynchronously: hence its dead letters."""
        needs = Needs(
            handler="functions.review.stopped.handler",
            memory=256,
            seconds=60,
            layers=self._layers.named("core", "foundation"),
        )
        return self._made("Stopped", needs, asynchronous=True).allow(
            self._table(), grants.start_executions([self._machine])
        )

    def _table(self) -> iam.PolicyStatement:
        return grants.read_write_table(self._state.table, OWNER_INDEX)

    def _made(
        self, id: str, needs: Needs, asynchronous: bool = False, more: dict[str, str] | None = None
    ) -> PhaseFunction:
        environment = {
            "RUSHES_TABLE": self._state.table.table_name,
            "RUSHES_BUCKET": self._state.bucket.bucket_name,
            "RUSHES_STATE_MACHINES": json.dumps({"ad": self._machine}),
            **(more or {}),
        }
        return PhaseFunction(
            self, id, needs, environment, dead_letters=self._dead_letters if asynchronous else None
        )
