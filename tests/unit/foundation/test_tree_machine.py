"""Whatever anybody does to a tree, in whichever order: it is refused and changes nothing, or all promises hold."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rushes.errors import Conflict, Declined, IllegalMove, Refused, Transient
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.recipe import Recipe
from rushes.studio import ending
from rushes.studio.adopting import Elsewhere, adopted, merged
from rushes.studio.budget import set_budget
from rushes.studio.changes import Wishes, regenerated, replaced
from rushes.studio.cursor import Stopped, stopped
from rushes.studio.edits import Edited, Want
from rushes.studio.review import reject
from tests.unit.foundation.promises import Promises
from tests.unit.foundation.reels import Reel, rewriting

PROFILES: tuple[dict[str, Any], ...] = (
    {},
    {"auto_continue": True},
    {"pause_at": ["storyboard", "refine"]},
    {"budget_usd": 0.4},
)
SPECS: tuple[dict[str, Any], ...] = (
    {"title": "Mine"},
    {"style": {"mood": "calm"}},
    {"beats": {"0": {"action": "a bicycle falls from the sky"}}},
    {"beats": [{"index": 1}, {"index": 0}]},
    {"beats": [{"index": 0, "seconds": 10}]},
    {"beats": [{"index": 0}, {"beat": "detail_showcase", "seconds": 5}, {"index": 1}]},
    {"beats": {"7": {"action": "nobody"}}},
)
WISHES = (
    Wishes(),
    Wishes(prompt="a blue bicycle"),
    Wishes(seed=7),
    Wishes(model="finer_image"),
    Wishes(model="longer_video"),
    Wishes(prompt="a green kettle", seed=8),
)
SOMEWHERE = st.sampled_from([0, 0, 0, 1, 2]) | st.integers(0, 40)
"""Which of those that are there: counted around."""
NUMBER = st.sampled_from([None, None, None, 1, 2, 3])
RARELY = st.sampled_from([False] * 9 + [True])

Deed = Callable[[], Any]


class Tree(RuleBasedStateMachine):
    """People, an engine and an artist around one production of two beats."""

    @initialize(profile=st.sampled_from(PROFILES), approved=st.integers(0, 4))
    def begin(self, profile: dict[str, Any], approved: int) -> None:
        self.reel = Reel(run=False, **profile)
        self.services, self.director = self.reel.services, self.reel.director
        self.reel.marked.before = self._before
        self.director.before_review = self._before_review
        self.meanwhile: list[tuple[str, Deed]] = []
        """What happens while something is made, or just before a review is opened."""
        self.refusals: list[Refused | Transient] = []
        self.promises = Promises(self.reel)
        for _ in range(approved):
            self.director.run()
            with suppress(Conflict):
                self.director.continue_from(self.reel.id, self.checkpoints[-1].id)

    def _before(self, recipe: Recipe) -> None:
        self._meanwhile("making")
        if self.refusals:
            raise self.refusals.pop()

    def _before_review(self, checkpoint_id: str) -> None:
        self._meanwhile("opening")

    def _meanwhile(self, moment: str) -> None:
        for at, deed in [each for each in self.meanwhile if each[0] == moment]:
            self.meanwhile.remove((at, deed))
            deed()

    # ------------------------------------------------------------------ what is there

    @property
    def checkpoints(self) -> list[Checkpoint]:
        return self.promises.checkpoints

    def somewhere(self, pick: int) -> Checkpoint:
        """The newest for 0: a tree is wanted that grows."""
        return self.checkpoints[-1 - pick % len(self.checkpoints)]

    def name(self, checkpoint: Checkpoint, pick: int) -> str:
        names = sorted(checkpoint.selection)
        return names[pick % len(names)] if pick != 40 else "nobody"

    def grown(self) -> bool:
        return bool(self.checkpoints)

    # ------------------------------------------------------------------ doing

    def attempt(self, deed: Deed) -> Any:
        """What it answers; None if it was refused, and then nothing has changed."""
        before = self._everything()
        try:
            return deed()
        except Refused:
            assert self._everything() == before, "a refusal changed something"
            return None

    def _everything(self) -> tuple[dict[Any, Any], dict[str, bytes]]:
        return dict(self.services.table.rows), dict(self.services.bucket.files)

    def edit(self, checkpoint: Checkpoint, want: Want, stale: bool) -> None:
        changes = checkpoint.changes - 1 if stale else checkpoint.changes
        before = self._everything()
        preview = self.attempt(lambda: self._edited(checkpoint, want, changes, preview=True))
        assert self._everything() == before, "a preview changed something"
        done = self.attempt(lambda: self._edited(checkpoint, want, changes))
        assert (done is None) == (preview is None), "a preview is decided as the deed is"
        assert not (stale and done)
        if done:
            for said in ("what", "names", "stale", "reused", "items", "money", "later"):
                assert getattr(done, said) == getattr(preview, said), said
            assert done.status == "pending" or done.money.most == 0
            self.promises.stays[checkpoint.id, done.revision or 0] = done.reused

    def _edited(self, checkpoint: Checkpoint, want: Want, changes: int, **how: Any) -> Edited:
        return self.director.edit(self.reel.id, checkpoint.id, want, run=False, changes=changes, **how)

    def goes_on(self, checkpoint: Checkpoint, **wish: Any) -> Any:
        return self.attempt(lambda: self.director.continue_from(self.reel.id, checkpoint.id, **wish))

    def loses(self, pick: int, told: bool) -> None:
        """The engine loses an execution; `told` is whether anybody hears of it."""
        executions = self.services.executions
        running = [
            n for n in executions.started if n not in self.director.ended | dict.fromkeys(executions.dead)
        ]
        if not running:
            return
        name = running[pick % len(running)]
        executions.dead.add(name)
        if parked := self.director.parked.pop(name, None):
            self.services.callbacks.lost.add(parked.token)
        at = {k: v for k, v in executions.started[name].items() if k != "phase"}
        if told:
            stopped(self.services, Stopped(**at, execution=name, error="States.ServiceRestart", cause=""))

    # ------------------------------------------------------------------ people

    @precondition(grown)
    @rule(where=SOMEWHERE, revision=NUMBER, approved=st.booleans(), stale=RARELY, soon=st.booleans())
    def continue_(self, where: int, revision: int | None, approved: bool, stale: bool, soon: bool) -> None:
        checkpoint = self.somewhere(where)
        changes = checkpoint.changes - 1 if stale else None
        done = self.goes_on(checkpoint, revision=revision, approved=approved, changes=changes)
        assert not (stale and done)
        if soon:
            self.director.run()

    @precondition(grown)
    @rule(where=SOMEWHERE, name=SOMEWHERE, wishes=st.sampled_from(WISHES), stale=RARELY)
    def regenerate(self, where: int, name: int, wishes: Wishes, stale: bool) -> None:
        checkpoint = self.somewhere(where)
        self.edit(checkpoint, regenerated(self.name(checkpoint, name), wishes), stale)

    @precondition(grown)
    @rule(where=SOMEWHERE, name=SOMEWHERE, there=SOMEWHERE, revision=NUMBER, exchange=st.booleans())
    def adopt(self, where: int, name: int, there: int, revision: int | None, exchange: bool) -> None:
        checkpoint, other = self.somewhere(where), self.somewhere(there)
        wanted = self.name(checkpoint, name)
        source = {"0": "1", "1": "0"}.get(wanted[-1], "0") if exchange else wanted[-1]
        want = adopted(wanted, Elsewhere(other.id, revision), wanted[:-1] + source)
        self.edit(checkpoint, want, stale=False)

    @precondition(grown)
    @rule(
        where=SOMEWHERE,
        there=SOMEWHERE,
        revision=NUMBER,
        names=st.none() | st.sets(SOMEWHERE, min_size=1, max_size=3),
    )
    def merge(self, where: int, there: int, revision: int | None, names: set[int] | None) -> None:
        checkpoint, other = self.somewhere(where), self.somewhere(where + there)
        wanted = None if names is None else sorted({self.name(other, name) for name in names})
        self.edit(checkpoint, merged(Elsewhere(other.id, revision), wanted), stale=False)

    @precondition(grown)
    @rule(where=SOMEWHERE, name=SOMEWHERE, which=SOMEWHERE)
    def replace(self, where: int, name: int, which: int) -> None:
        checkpoint = self.somewhere(where)
        wanted = self.name(checkpoint, name)
        ready = [a for a in self.services.productions.artifacts(self.reel.production) if a.ready]
        alike = [a for a in ready if a.name[:4] == wanted[:4]] or ready
        source = alike[which % len(alike)]
        self.edit(checkpoint, replaced(wanted, lambda scene: source), stale=False)

    @precondition(grown)
    @rule(where=st.just(-1) | SOMEWHERE, changes=st.sampled_from(SPECS), stale=RARELY)
    def rewrite(self, where: int, changes: dict[str, Any], stale: bool) -> None:
        self.edit(self.somewhere(where), rewriting(changes), stale)

    def reject(self, checkpoint: Checkpoint, stale: bool) -> None:
        changes = checkpoint.changes - 1 if stale else checkpoint.changes
        told = ("me", self.reel.id, checkpoint.id, "no", changes)
        assert not (self.attempt(lambda: reject(self.services, *told)) and stale)

    def gives_money(self, usd: float) -> None:
        if "budget_usd" in self.reel.production.request:
            self.attempt(lambda: set_budget(self.services, "me", self.reel.id, usd))

    @rule(
        deed=st.sampled_from(["reject", "retry", "money", "cancel"]),
        where=SOMEWHERE,
        usd=st.sampled_from([None, 0.1, 0.7]),
        rarely=RARELY,
    )
    def decide(self, deed: str, where: int, usd: float, rarely: bool) -> None:
        if deed == "reject" and self.grown():
            self.reject(self.somewhere(where), stale=rarely)
        elif deed == "retry":
            self.attempt(lambda: ending.retry(self.services, "me", self.reel.id))
        elif deed == "money":
            self.gives_money(usd)
        elif deed == "cancel" and rarely:
            self.attempt(lambda: ending.cancel(self.services, "me", self.reel.id))

    # ------------------------------------------------------------------ the engine and the artist

    @rule(steps=st.integers(1, 3), pick=SOMEWHERE)
    def engine_goes_on(self, steps: int, pick: int) -> None:
        for _ in range(steps):
            self.director.step(pick)

    @rule(newest_first=st.booleans())
    def engine_goes_as_far_as_it_can(self, newest_first: bool) -> None:
        self.director.run(newest_first)
        self.promises.every_execution_is_accounted_for()

    @rule(pick=SOMEWHERE, told=st.booleans())
    def engine_loses_an_execution(self, pick: int, told: bool) -> None:
        self.loses(pick, told)

    @rule(error=st.sampled_from([Declined("no"), Refused("not like this"), Transient("overheated")]))
    def artist_will_refuse_once(self, error: Refused | Transient) -> None:
        self.refusals.append(error)

    @rule(
        moment=st.sampled_from(["making", "opening"]),
        deed=st.sampled_from(["continue_", "regenerate", "rewrite", "reject", "retry", "cancel", "loses"]),
        where=SOMEWHERE,
        name=SOMEWHERE,
    )
    def somebody_will_interfere(self, moment: str, deed: str, where: int, name: int) -> None:
        deeds: dict[str, Deed] = {
            "continue_": lambda: self.goes_on(self.somewhere(where)),
            "regenerate": lambda: self.edit(
                self.somewhere(where), regenerated(self.name(self.somewhere(where), name), Wishes()), False
            ),
            "rewrite": lambda: self.edit(self.somewhere(-1), rewriting(SPECS[0]), False),
            "reject": lambda: self.reject(self.somewhere(where), stale=False),
            "retry": lambda: self.attempt(lambda: ending.retry(self.services, "me", self.reel.id)),
            "cancel": lambda: self.decide("cancel", 0, 0, name == 0),
            "loses": lambda: self.loses(where, told=True),
        }
        needs_a_tree = deed in ("continue_", "regenerate", "rewrite", "reject")
        self.meanwhile.append((moment, lambda: deeds[deed]() if self.grown() or not needs_a_tree else None))

    # ------------------------------------------------------------------ what is always true, and at the end

    @invariant()
    def every_promise_holds(self) -> None:
        self.promises.hold()

    def teardown(self) -> None:
        if not hasattr(self, "promises"):
            return
        self.meanwhile, self.refusals = [], []
        self.everything_can_be_brought_to_its_end()
        before = self._everything()
        self.promises.every_revision_follows_from_the_table()
        assert self._everything() == before
        self.promises.every_file_follows_from_its_recipe()

    def everything_can_be_brought_to_its_end(self) -> None:
        if self.reel.production.status == "cancelled":
            self.director.run()
            return
        with suppress(IllegalMove):
            set_budget(self.services, "me", self.reel.id, None)
        for _ in range(8 * len(self.reel.production.branches) + 8):
            self.director.run()
            with suppress(IllegalMove):
                ending.retry(self.services, "me", self.reel.id)
                self.director.run()
            waiting = [b for b in self.reel.production.branches.values() if b.status == "paused"]
            if not waiting:
                break
            for branch in waiting[:1]:
                self.director.continue_from(self.reel.id, branch.stands_at or "", approved=True)
        self.promises.every_execution_is_accounted_for()
        assert {b.status for b in self.reel.production.branches.values()} <= {
            "completed",
            "branched",
            "cancelled",
        }
        assert not self.reel.production.edits
        assert not self.director.parked
        self.promises.hold()


TestTree = Tree.TestCase
TestTree.settings = settings(
    max_examples=int(os.environ.get("TREE_EXAMPLES", "25")),
    stateful_step_count=int(os.environ.get("TREE_STEPS", "25")),
    derandomize="TREE_EXAMPLES" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
