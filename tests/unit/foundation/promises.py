"""What is true of a tree whatever was done to it, told from its table, its bucket and its engine."""

from collections import Counter
from typing import Any

from rushes.productions.artifact import Artifact, key_of
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.production import Branch, Production
from rushes.productions.recipe import Recipe
from rushes.productions.revision import Revision
from rushes.records.accounts import accounts_of
from rushes.rendering.jobs import Jobs
from rushes.studio.briefing import Ground, left_by
from tests.fakes.marked import Marked
from tests.unit.foundation.reels import Reel


class Promises:
    """Of one production. What was written once is remembered from look to look."""

    def __init__(self, reel: Reel) -> None:
        self.reel = reel
        self.services, self.director = reel.services, reel.director
        self.stays: dict[tuple[str, int], tuple[str, ...]] = {}
        """(checkpoint, revision) → the names its edit said it would leave as they are."""
        self._rows: dict[Any, Any] = {}
        self._files: dict[str, bytes] = {}

    @property
    def production(self) -> Production:
        return self.reel.production

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """Oldest first."""
        return [checkpoint for checkpoint, _ in self.services.productions.tree("me", self.reel.id)]

    def revisions(self, checkpoint: Checkpoint) -> list[Revision]:
        return self.services.productions.revisions(self.production, checkpoint.id)

    # ------------------------------------------------------------------ at any time

    def hold(self) -> None:
        self.what_is_written_is_never_rewritten()
        self.numbers_have_no_gaps()
        self.what_is_being_made_is_known_to_the_production()
        self.a_checkpoint_shows_its_newest_revision_that_is_ready()
        self.a_branch_that_waits_waits_for_an_answer()
        self.a_branch_shows_what_it_stands_at()
        self.nothing_is_made_twice_and_the_books_agree()

    def what_is_written_is_never_rewritten(self) -> None:
        rows, files = self.services.table.rows, self.services.bucket.files
        assert {key: rows.get(key) for key in self._rows} == self._rows
        assert {key: files.get(key) for key in self._files} == self._files
        self._rows = {(pk, sk): row for (pk, sk), row in rows.items() if _final(sk, row[1])}
        ready = [a for a in self.services.productions.artifacts(self.production) if a.ready]
        self._files = {key: files[key] for key in map(self._key, ready)}
        for (_, sk), (_, body) in rows.items():
            if sk.startswith("recipe#"):  # only the names of its ingredients may be others now
                assert Recipe.model_validate_json(body).fingerprint == sk.removeprefix("recipe#")

    def _key(self, artifact: Artifact) -> str:
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
            self._stayed(checkpoint, {revision.number: revision for revision in ready})

    def _stayed(self, checkpoint: Checkpoint, ready: dict[int, Revision]) -> None:
        for number, revision in ready.items():
            before = ready.get(revision.based_on or 0, revision)
            for name in self.stays.get((checkpoint.id, number), ()):
                assert revision.selection[name] == before.selection[name], f"{name} was to stay"

    def a_branch_that_waits_waits_for_an_answer(self) -> None:
        production = self.production
        assert production.status in ("queued", "running", "paused", "completed", "failed", "cancelled")
        by_id = {checkpoint.id: checkpoint for checkpoint in self.checkpoints}
        waiting = {
            b.checkpoint_id for b in production.branches.values() if b.status == "paused" and not b.held
        }
        assert all(by_id[id or ""].status in ("waiting", "rejected") for id in waiting)
        for name, parked in self.director.parked.items():
            if parked.token not in self.services.callbacks.answers | dict.fromkeys(
                self.services.callbacks.lost
            ):
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

    def every_execution_is_accounted_for(self) -> None:
        production, executions = self.production, self.services.executions
        cursors = {production.execution_name(name) for name, b in production.branches.items() if b.live}
        cursors |= {production.execution_name(edit) for edit in production.edits}
        for name in executions.started:
            assert name in self.director.ended or name in executions.dead or name in cursors, name

    # ------------------------------------------------------------------ at the end

    def every_revision_follows_from_the_table(self) -> None:
        for checkpoint in self.checkpoints:
            phase = self.director.phases[checkpoint.phase]
            for revision in self.revisions(checkpoint):
                if revision.status == "ready":
                    run = Ground(self.services, self.production, phase, checkpoint.base).run(
                        revision.overrides
                    )
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
                assert again == bucket.read(self._key(artifact)), artifact.file


def _final(sk: str, body: str) -> bool:
    """Whether this row is never to be written again."""
    kind = sk.split("#")[0]
    ended = {"artifact": '"ready": true', "revision": '"status": "ready"'}
    return kind in ("event", "ledger") or (kind in ended and ended[kind] in body)
