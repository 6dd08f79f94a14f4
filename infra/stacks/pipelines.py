"""What makes things: phases, renders, reviews, arrivals, and the state machines that lead through them."""

import json

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from functions.pipelines import PHASES
from infra.constructs import grants
from infra.constructs.alarms import Alarms
from infra.constructs.arrivals import on_arrivals
from infra.constructs.code import ROOT, Layers
from infra.constructs.dead_letters import DeadLetters
from infra.constructs.findings import accept, every_object
from infra.constructs.phase_function import Needs, PhaseFunction
from infra.constructs.safety_net import SafetyNet, every_few_minutes
from infra.constructs.workflow import Workflow, machine_arn, machine_name
from infra.stacks.state import OWNER_INDEX, StateStack


class PipelinesStack(Stack):
    def __init__(self, scope: Construct, id: str, *, deployment: str, state: StateStack) -> None:
        super().__init__(scope, id, description=f"{deployment}: the phases and their workflow")
        self._state = state
        self._machines = {kind: machine_arn(self, machine_name(deployment, kind)) for kind in PHASES}
        self._layers = Layers(self, "Layers")
        self._dead_letters = DeadLetters(self, "DeadLetters").queue
        phases = {kind: {name: self._phase(kind, name) for name in names} for kind, names in PHASES.items()}
        render, finish, stop = self._door("start", "Render"), self._door("finish"), self._door("stop")
        sweep = self._door("sweep")
        every_few_minutes(self, "Sweeping", sweep.function, self._dead_letters)
        review, stopped = self._review(), self._stopped()
        shared = {"RenderFunction": render, "ReviewFunction": review, "StoppedFunction": stopped}
        workflows = {
            kind: Workflow(
                self,
                kind.capitalize(),
                name=machine_name(deployment, kind),
                definition=ROOT / "functions" / kind / "workflow.asl.yaml",
                functions={
                    **{f"{name.capitalize()}Function": phase.function for name, phase in own.items()},
                    **{name: made.function for name, made in shared.items()},
                },
            )
            for kind, own in phases.items()
        }
        SafetyNet(
            self,
            "SafetyNet",
            machine_arns=list(self._machines.values()),
            stopped=stopped.function,
            dead_letters=self._dead_letters,
        )
        self.machines = {kind: workflow.machine for kind, workflow in workflows.items()}
        door = {"render": render, "finish": finish, "stop": stop, "sweep": sweep}
        every = {name: phase for own in phases.values() for name, phase in own.items()}
        every |= {**door, "review": review, "stopped": stopped, "arrival": self._arrival()}
        self.functions = {name.capitalize(): made.function for name, made in every.items()}
        alarms = Alarms(self, "Alarms")
        for kind, machine in self.machines.items():
            alarms.on_bad_executions(kind.capitalize(), machine)
            CfnOutput(self, f"StateMachine{kind.capitalize()}Arn", value=machine.state_machine_arn)
        alarms.on_dead_letters("Stopped", self._dead_letters)
        alarms.on_function_errors(self.functions)

    def _phase(self, kind: str, name: str) -> PhaseFunction:
        needs = Needs(
            handler=f"functions.{kind}.handlers.{name}.handler",
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
            grants.answer_tasks(list(self._machines.values())),
            grants.read_secret(self._state.keys),
        )

    def _review(self) -> PhaseFunction:
        needs = Needs(
            handler="functions.review.open.handler",
            memory=256,
            seconds=30,
            layers=self._layers.named("core", "foundation"),
        )
        return self._made("Review", needs).allow(
            self._table(), grants.answer_tasks(list(self._machines.values()))
        )

    def _stopped(self) -> PhaseFunction:
        """The workflow's Fail state calls it, and the safety net, asynchronously: hence its dead letters."""
        needs = Needs(
            handler="functions.review.stopped.handler",
            memory=256,
            seconds=60,
            layers=self._layers.named("core", "foundation"),
        )
        return self._made("Stopped", needs, asynchronous=True).allow(
            self._table(), grants.start_executions(list(self._machines.values()))
        )

    def _arrival(self) -> PhaseFunction:
        """S3 tells it of uploads, through EventBridge. It looks at whole recordings."""
        needs = Needs(
            handler="functions.uploads.on_object_created.handler",
            memory=2048,
            seconds=300,
            disk=2048,
            layers=self._layers.named("core", "foundation", "media"),
        )
        arrival = self._made(
            "Arrival", needs, asynchronous=True, more={"RUSHES_SECRET": self._state.keys.attr_id}
        )
        accept(arrival.role, every_object(self._state.bucket))
        on_arrivals(self, "Arrivals", self._state.bucket, arrival.function, self._dead_letters)
        return arrival.allow(
            self._table(),
            grants.read_objects(self._state.bucket),
            grants.write_objects(self._state.bucket),
            grants.list_objects(self._state.bucket),
            grants.start_executions(list(self._machines.values())),
            grants.read_secret(self._state.keys),
        )

    def _table(self) -> iam.PolicyStatement:
        return grants.read_write_table(self._state.table, OWNER_INDEX)

    def _made(
        self, id: str, needs: Needs, asynchronous: bool = False, more: dict[str, str] | None = None
    ) -> PhaseFunction:
        environment = {
            "RUSHES_TABLE": self._state.table.table_name,
            "RUSHES_BUCKET": self._state.bucket.bucket_name,
            "RUSHES_STATE_MACHINES": json.dumps(self._machines),
            **(more or {}),
        }
        return PhaseFunction(
            self, id, needs, environment, dead_letters=self._dead_letters if asynchronous else None
        )
