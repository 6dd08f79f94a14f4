"""Whatever anybody does to a tree, in whichever order: it is refused and nothing has changed, or every promise holds."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rushes.errors import Conflict, Declined, IllegalMove, Refused, Transient
from rushes.productions.artifact import Artifact, key_of
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.production import Branch, Production
from rushes.productions.recipe import Recipe
from rushes.productions.revision import Revision
from rushes.records.accounts import accounts_of
from rushes.rendering.jobs import Jobs
from rushes.studio import ending
from rushes.studio.briefing import left_by, run_of
from rushes.studio.budget import set_budget
from rushes.studio.changes import Elsewhere, Wishes, adopted, merged, regenerated, replaced
from rushes.studio.cursor import Stopped, stopped
from rushes.studio.edits import Edited, Want
from rushes.studio.review import reject
from tests.fakes.marked import Marked
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
SOMEWHERE = st.integers(0, 40)
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
        self.kept_rows: dict[Any, Any] = {}
        self.kept_files: dict[str, bytes] = {}
        self.stays: dict[tuple[str, int], tuple[str, ...]] = {}
        """(checkpoint, revision) → the names its edit said it would leave as they are."""
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
    def production(self) -> Production:
        return self.reel.production

    @property
    def checkpoints(self) -> list[Checkpoint]:
        return [checkpoint for checkpoint, _ in self.services.productions.tree("me", self.reel.id)]

    def revisions(self, checkpoint: Checkpoint) -> list[Revision]:
        return self.services.productions.revisions(self.production, checkpoint.id)

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
            self.stays[checkpoint.id, done.revision or 0] = done.reused

    def _edited(self, checkpoint: Checkpoint, want: Want, changes: int, **how: Any) -> Edited:
        return self.director.edit(self.reel.id, checkpoint.id, want, run=False, changes=changes, **how)

    def goes_on(self, checkpoint: Checkpoint, **wish: Any) -> Any:
        return self.attempt(lambda: self.director.continue_from(self.reel.id, checkpoint.id, **wish))

    def loses(self, pick: int, told: bool) -> None:
        """The engine loses an execution; `told` is whether anybody hears of it."""
        executions = self.services.executions
        running = [n for n in executions.started if n not in self.director.ended | dict.fromkeys(executions.dead)]
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
    @rule(where=SOMEWHERE, there=SOMEWHERE, revision=NUMBER, names=st.none() | st.sets(SOMEWHERE, min_size=1, max_size=3))
    def merge(self, where: int, there: int, revision: int | None, names: set[int] | None) -> None:
        checkpoint, other = self.somewhere(where), self.somewhere(where + there)
        wanted = None if names is None else sorted({self.name(other, name) for name in names})
        self.edit(checkpoint, merged(Elsewhere(other.id, revision), wanted), stale=False)

    @precondition(grown)
    @rule(where=SOMEWHERE, name=SOMEWHERE, which=SOMEWHERE)
    def replace(self, where: int, name: int, which: int) -> None:
        checkpoint = self.somewhere(where)
        wanted = self.name(checkpoint, name)
        ready = [a for a in self.services.productions.artifacts(self.production) if a.ready]
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
        if "budget_usd" in self.production.request:
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
        self.every_execution_is_accounted_for()

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

    # ------------------------------------------------------------------ what is always true

    @invariant()
    def every_promise_holds(self) -> None:
        self.what_is_written_is_never_rewritten()
        self.numbers_have_no_gaps()
        self.what_is_being_made_is_known_to_the_production()
        self.a_checkpoint_shows_its_newest_revision_that_is_ready()
        self.a_branch_that_waits_waits_for_an_answer()
        self.a_branch_shows_what_it_stands_at()
        self.nothing_is_made_twice_and_the_books_agree()

    def what_is_written_is_never_rewritten(self) -> None:
        rows, files = self.services.table.rows, self.services.bucket.files
        for key, row in self.kept_rows.items():
            assert rows.get(key) == row, key
        for name, body in self.kept_files.items():
            assert files.get(name) == body, name
        for (pk, sk), row in rows.items():
            kind = sk.split("#")[0]
            ended = kind in ("artifact", "revision") and ('"ready": true' in row[1] or '"pending"' not in row[1])
            if kind in ("event", "ledger", "recipe") or (ended and not self._unready(kind, row[1])):
                self.kept_rows[pk, sk] = row
        for artifact in self.services.productions.artifacts(self.production):
            if artifact.ready:
                key = self.key(artifact)
                self.kept_files[key] = files[key]

    @staticmethod
    def _unready(kind: str, body: str) -> bool:
        return kind == "artifact" and '"ready": false' in body

    def key(self, artifact: Artifact) -> str:
        return key_of("me", self.reel.id, artifact.file)

    def numbers_have_no_gaps(self) -> None:
        events = self.services.productions.events(self.production, 0)
        assert [event.id for event in events] == list(range(1, len(events) + 1))
        for checkpoint in self.checkpoints:
            revisions = self.revisions(checkpoint)
            assert [r.number for r in revisions] == list(range(1, checkpoint.revisions + 1))
            assert {r.number for r in revisions if r.status == "pending"} == set(checkpoint.pending)

    def what_is_being_made_is_known_to_the_production(self) -> None:
        pending = {(c.id, number) for c in self.checkpoints for number in c.pending}
        assert {(e.checkpoint_id, e.revision) for e in self.production.edits.values()} == pending

    def a_checkpoint_shows_its_newest_revision_that_is_ready(self) -> None:
        for checkpoint in self.checkpoints:
            ready = [r for r in self.revisions(checkpoint) if r.status == "ready"]
            assert (ready[-1].number, ready[-1].selection) == (checkpoint.revision, checkpoint.selection)
            assert checkpoint.edited == (ready[-1].selection != ready[0].selection)
            by_number = {r.number: r for r in ready}
            for revision in ready[1:]:
                before = by_number.get(revision.based_on or 0)
                for name in self.stays.get((checkpoint.id, revision.number), ()) if before else ():
                    assert revision.selection[name] == before.selection[name], f"{name} was to stay"

    def a_branch_that_waits_waits_for_an_answer(self) -> None:
        production = self.production
        assert production.status in ("queued", "running", "paused", "completed", "failed", "cancelled")
        by_id = {checkpoint.id: checkpoint for checkpoint in self.checkpoints}
        waiting = {b.checkpoint_id for b in production.branches.values() if b.status == "paused" and not b.held}
        assert all(by_id[id or ""].status in ("waiting", "rejected") for id in waiting)
        for name, parked in self.director.parked.items():
            if parked.token not in self.services.callbacks.answers | dict.fromkeys(self.services.callbacks.lost):
                if name in self.services.executions.dead:
                    continue
                branch = production.branch(parked.cursor.branch)
                assert (branch.status, production.execution_name(branch.name)) == ("paused", name)

    def a_branch_shows_what_it_stands_at(self) -> None:
        for branch in self.production.branches.values():
            work = self.services.productions.work(self.production, branch.name)
            shown = {name: item.version for name, item in work.items()}
            selection = self._stands_at(branch)
            if selection is not None and (shown or branch.live):
                assert shown == {name: v.version for name, v in selection.items()}, branch.name

    def _stands_at(self, branch: Branch) -> Any:
        if branch.status == "completed" and branch.base:
            return self.services.productions.revision(
                self.production, branch.base.checkpoint_id, branch.base.revision
            ).selection
        if branch.status == "paused" and not branch.held:
            return self.services.productions.checkpoint(self.production, branch.checkpoint_id or "").selection
        return None

    def nothing_is_made_twice_and_the_books_agree(self) -> None:
        twice = [n for n in Counter(recipe.fingerprint for recipe in self.reel.marked.made).values() if n > 1]
        assert not twice
        productions, production = self.services.productions, self.production
        sums = Counter[str]()
        for entry in productions.ledger(production):
            sums[entry.movement] += entry.micro_usd
        cost = productions.status("me", self.reel.id).cost_micro_usd
        assert sums["spent"] == cost
        assert sums["reserved"] == sums["spent"] + sums["released"]
        checkpoints = [sk for _, sk in self.services.table.rows if sk.endswith("#spent")]
        assert sum(productions.spent_on(production, sk.split("#")[1]) for sk in checkpoints) == cost
        assert all(self.services.accounts.committed(account) == cost for account in accounts_of(production))

    # ------------------------------------------------------------------ at the end

    def every_execution_is_accounted_for(self) -> None:
        production, executions = self.production, self.services.executions
        cursors = {production.execution_name(name) for name, b in production.branches.items() if b.live}
        cursors |= {production.execution_name(edit) for edit in production.edits}
        for name in executions.started:
            assert name in self.director.ended or name in executions.dead or name in cursors, name

    def teardown(self) -> None:
        if not hasattr(self, "stays"):
            return
        self.meanwhile, self.refusals = [], []
        self.everything_can_be_brought_to_its_end()
        before = self._everything()
        self.every_revision_follows_from_the_table()
        assert self._everything() == before
        self.every_file_follows_from_its_recipe()

    def everything_can_be_brought_to_its_end(self) -> None:
        if self.production.status == "cancelled":
            self.director.run()
            return
        with suppress(IllegalMove):
            set_budget(self.services, "me", self.reel.id, None)
        for _ in range(8 * len(self.production.branches) + 8):
            self.director.run()
            with suppress(IllegalMove):
                ending.retry(self.services, "me", self.reel.id)
                self.director.run()
            waiting = [b for b in self.production.branches.values() if b.status == "paused"]
            if not waiting:
                break
            for branch in waiting[:1]:
                self.director.continue_from(self.reel.id, branch.stands_at or "", approved=True)
        self.every_execution_is_accounted_for()
        assert {b.status for b in self.production.branches.values()} <= {"completed", "branched"}
        assert not (self.production.edits or self.director.parked)
        self.every_promise_holds()

    def every_revision_follows_from_the_table(self) -> None:
        for checkpoint in self.checkpoints:
            phase = self.director.phases[checkpoint.phase]
            for revision in self.revisions(checkpoint):
                if revision.status == "ready":
                    run = run_of(self.services, self.production, phase, checkpoint.base, revision.overrides)
                    left = left_by(self.services, self.production, run)
                    assert left.selection == revision.selection, (checkpoint.phase, revision.number)

    def every_file_follows_from_its_recipe(self) -> None:
        productions, bucket, catalog = self.services.productions, self.services.bucket, self.services.catalog
        jobs = Jobs(productions, self.services.renders, bucket, catalog, lambda provider, ask_id: None)
        for artifact in productions.artifacts(self.production):
            if artifact.ready and artifact.provider != "rules":
                recipe = productions.recipe(self.production, artifact.made_by_recipe)
                with jobs.prepared(self.production, recipe, catalog.get(recipe.model)) as job:
                    again = Marked().submit(job).path.read_bytes()
                assert again == bucket.read(self.key(artifact)), artifact.file


TestTree = Tree.TestCase
TestTree.settings = settings(
    max_examples=int(os.environ.get("TREE_EXAMPLES", "40")),
    stateful_step_count=int(os.environ.get("TREE_STEPS", "25")),
    derandomize="TREE_EXAMPLES" not in os.environ,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
