"""A workflow engine in one thread: what was started is led through its phases as the state machine would lead it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from functions.pipelines import commissioned, phases_of
from rushes.phase import Phase
from rushes.productions.production import Production
from rushes.productions.revision import Revision
from rushes.records.orders import Order
from rushes.services import Services
from rushes.studio import begin, phases
from rushes.studio.briefing import content_of
from rushes.studio.changes import Wishes, regenerated
from rushes.studio.cursor import Stopped, stopped
from rushes.studio.edits import Edited, Want, edit
from rushes.studio.review import Continued, Wish, continue_from, open_review


@dataclass
class Parked:
    """An execution that waits for an answer to its review."""

    cursor: phases.Cursor
    phase: str
    token: str


class Director:
    """Leads the executions of one owner's productions. `tokens` and answers are the fakes' at the engine's ports."""

    def __init__(self, services: Services, kind: str = "ad", owner: str = "me") -> None:
        self.services = services
        self.owner = owner
        self.kind = kind
        self.phases: dict[str, Phase] = {phase.name: phase for phase in phases_of(kind)}
        self.parked: dict[str, Parked] = {}
        self.ended: dict[str, str] = {}
        """Execution → how it ended."""
        self.before_review: Callable[[str], None] = lambda checkpoint_id: None
        """Called with each new checkpoint, before its review is opened."""
        self._numbers = count(1)

    # ------------------------------------------------------------------ what people do

    def begin(self, **request: Any) -> str:
        body = {"kind": self.kind, "prompt": "an ad for a red bicycle", "duration": 10, **request}
        return begin.begin(self.services, self.owner, commissioned(body)).id

    def continue_from(self, production_id: str, checkpoint_id: str, **wish: Any) -> Continued:
        return continue_from(self.services, self.owner, production_id, Wish(checkpoint_id, **wish))

    def go_on(self, production_id: str, checkpoint_id: str, **wish: Any) -> Continued:
        """Continues, and leads whatever follows."""
        done = self.continue_from(production_id, checkpoint_id, **wish)
        self.run()
        return done

    def edit(
        self, production_id: str, checkpoint_id: str, want: Want, run: bool = True, **how: Any
    ) -> Edited:
        done = edit(
            self.services, self.owner, production_id, checkpoint_id, list(self.phases.values()), want, **how
        )
        if run:
            self.run()
        return done

    def regenerate(self, production_id: str, checkpoint_id: str, name: str, **wishes: Any) -> Edited:
        return self.edit(production_id, checkpoint_id, regenerated(name, Wishes(**wishes)))

    # ------------------------------------------------------------------ looking

    def production(self, production_id: str) -> Production:
        return self.services.productions.load(self.owner, production_id)

    def checkpoint(self, production_id: str, branch: str, phase: str) -> Any:
        found = self.services.productions.tree(self.owner, production_id)
        return next(c for c, _ in found if (c.branch, c.phase) == (branch, phase))

    def revision(self, production_id: str, checkpoint_id: str, number: int) -> Revision:
        return self.services.productions.revision(self.production(production_id), checkpoint_id, number)

    def spec(self, production_id: str, branch: str = "main") -> Any:
        """What the plan of a branch says, as it stands."""
        production, plan = self.production(production_id), self.checkpoint(production_id, branch, "plan")
        version = plan.selection["spec"].version
        return content_of(
            self.services, production, self.services.productions.artifact(production, "spec", version)
        )

    # ------------------------------------------------------------------ the engine

    def run(self, newest_first: bool = False) -> None:
        """Until every execution has ended or waits for a person."""
        while self._lead_all(newest_first):
            pass

    def step(self, pick: int = 0) -> bool:
        """One execution that can go on is led to its next pause, review or end. False when there is none."""
        able = [name for name in self.services.executions.started if self._can_go_on(name)]
        return bool(able) and self._lead_on(able[pick % len(able)])

    def _lead_all(self, newest_first: bool) -> bool:
        started = list(self.services.executions.started)
        led = [self._lead_on(name) for name in (reversed(started) if newest_first else started)]
        return any(led)

    def _can_go_on(self, name: str) -> bool:
        if name in self.ended or name in self.services.executions.dead:
            self.parked.pop(name, None)
            return False
        return name not in self.parked or self.parked[name].token in self.services.callbacks.answers

    def _lead_on(self, name: str) -> bool:
        if not self._can_go_on(name):
            return False
        if parked := self.parked.pop(name, None):
            self._answered(parked, self.services.callbacks.answers[parked.token])
            return True
        input = self.services.executions.started[name]
        at = {key: input[key] for key in ("owner", "production_id", "branch", "edit")}
        self._lead(phases.Cursor(**at, execution=name), input["phase"])
        return True

    def _lead(self, cursor: phases.Cursor, phase: str) -> None:
        try:
            stages = phases.ask_recipes(self.services, self.phases[phase], cursor)["stages"]
            if broken := self._render(cursor, stages):
                self._broke(cursor, *broken)
                return
            checkpoint_id = phases.assemble(self.services, self.phases[phase], cursor)["checkpoint_id"]
        except Exception as error:
            self._broke(cursor, type(error).__name__, str(error))
            if type(error).__name__ not in ("IllegalMove", "NotFound", "Refused"):
                raise
            return
        if cursor.edit:
            self.ended[cursor.execution] = "edited"
            return
        token = f"{cursor.execution}:{phase}:{next(self._numbers)}"
        self.before_review(checkpoint_id)
        if cursor.execution in self.services.executions.dead:
            return  # stopped, or lost, that very moment
        open_review(self.services, self.owner, cursor.production_id, checkpoint_id, token)
        self.parked[cursor.execution] = Parked(cursor, phase, token)

    def _answered(self, parked: Parked, answer: Any) -> None:
        following = self.production(parked.cursor.production_id).next_phase(parked.phase)
        if answer == {"decision": "approved"} and following:
            self._lead(parked.cursor, following)
        else:
            self.ended[parked.cursor.execution] = answer["decision"]

    def _render(self, cursor: phases.Cursor, stages: list[dict[str, Any]]) -> tuple[str, str] | None:
        """What broke it off: nothing that comes after a failure in its chain, or its stage, is begun."""
        for stage in stages:
            broken = [self._led_along(cursor, chain["recipes"]) for chain in stage["chains"]]
            if any(broken):
                return next(filter(None, broken))
        return None

    def _led_along(self, cursor: phases.Cursor, chain: list[dict[str, Any]]) -> tuple[str, str] | None:
        for recipe in chain:
            answer = self._ordered(cursor, recipe)
            if isinstance(answer, tuple):
                return answer
        return None

    def _ordered(self, cursor: phases.Cursor, recipe: dict[str, Any]) -> Any:
        """The task's answer; of one that was stopped meanwhile there may be none."""
        token = f"{cursor.execution}:{recipe['name']}:{next(self._numbers)}"
        wanted = {key: recipe[key] for key in ("name", "fingerprint")}
        self.services.door.start(Order(**cursor.model_dump(), **wanted, token=token))
        stopped = cursor.execution in self.services.executions.dead
        return ("States.Aborted", "") if stopped else self.services.callbacks.answers[token]

    def _broke(self, cursor: phases.Cursor, error: str, cause: str) -> None:
        self.ended[cursor.execution] = error
        stopped(self.services, Stopped(**cursor.model_dump(), error=error, cause=cause))
