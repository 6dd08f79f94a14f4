"""The one door to whatever makes artifacts: reuse → claim → submit → settle. Nobody goes around it.

Who writes what, when (one recipe of one owner; every line may be the last one this process runs):

    task                                  table                                   provider, bucket
    ────                                  ─────                                   ────────────────
    1 wait for the result                 waiter
    2 claim the render                    render: claimed (if nobody alive has it)
    3 submit                                                                      makes it
    4 give it a version                   artifact: not ready
    5 keep the file                                                               put {name}_v{n}
    6 settle                              render: done, artifact: ready, work: ready,
                                          ledger, tally, event   (one transaction)
    7 answer every waiter, each with an artifact of its own production (a copy costs nothing)

Killed after 1 or 2: the task's next execution has another token, so the dead claim is taken over. After 3, 4 or 5: the
same, and the recipe finds the version it was given. After 6: the next task finds the render done and answers at 7.
Two tasks at once: one wins 2, the other waits and is answered at 7. A file is never overwritten by another recipe,
because a version belongs to one recipe from 4 on.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rushes.aws.bucket import Bucket
from rushes.aws.callbacks import Callbacks
from rushes.errors import Conflict, NotFound, Refused, RushesError, Transient
from rushes.productions.artifact import Artifact, Made, Origin, file_name, key_of
from rushes.productions.events import Event
from rushes.productions.ledger import Entry, Movement, usd
from rushes.productions.production import Failure, Production
from rushes.productions.progress import progress
from rushes.productions.recipe import Recipe
from rushes.productions.work import WorkItem
from rushes.providers.port import Accepted, Job, Provider
from rushes.records import productions as records
from rushes.records.renders import Order, Render, Renders
from rushes.records.rows import Change
from rushes.rendering.inspect import inspected
from rushes.rendering.sources import resolve

_UNFORESEEN = Refused("something broke inside Rushes; the function's log has the details")


class Door:
    def __init__(
        self,
        productions: records.Productions,
        renders: Renders,
        bucket: Bucket,
        callbacks: Callbacks,
        provider: Callable[[str], Provider],
        provider_of: Callable[[str], str],
        now: Callable[[], str],
    ) -> None:
        self._productions = productions
        self._renders = renders
        self._bucket = bucket
        self._callbacks = callbacks
        self._provider = provider
        self._provider_of = provider_of
        self._now = now

    def start(self, order: Order) -> None:
        """Answers the order's task: now, or when the render it waits for is done. Raises only what nobody foresaw."""
        try:
            production = self._productions.load(order.owner, order.production_id)
            production.check_cursor(order.branch, order.execution)
        except RushesError as error:
            self._callbacks.fail(order.token, "Superseded", error.message)
            return
        try:
            self._start(production, order)
        except RushesError as error:
            self._failed(production, order, error)
        except Exception:
            self._failed(production, order, _UNFORESEEN)
            raise

    def _start(self, production: Production, order: Order) -> None:
        self._renders.wait(order)
        render, ours = self._renders.claim(order)
        if ours:
            recipe = self._productions.recipe(production, order.fingerprint)
            render = self._make(production, order, render, recipe)
        if render and render.state == "done":
            self._answer_everyone(order, render)

    # ------------------------------------------------------------------ 3 to 6: make it and settle

    def _make(self, production: Production, order: Order, render: Render, recipe: Recipe) -> Render | None:
        """The render when it is done, or None while its job runs elsewhere."""
        self._show(production, order, state="rendering")
        name = self._provider_of(recipe.model)
        with tempfile.TemporaryDirectory(prefix="rushes-") as scratch:
            folder = Path(scratch)
            sources = [
                resolve(ingredient, production, self._productions, self._bucket, folder)
                for ingredient in recipe.ingredients
            ]
            submission = self._provider(name).submit(Job(recipe, sources, folder))
            if isinstance(submission, Accepted):
                return None
            made = inspected(submission, recipe, name)
            return self._settle(production, order, render, recipe, made, submission.path)

    def _settle(
        self, production: Production, order: Order, render: Render, recipe: Recipe, made: Made, file: Path
    ) -> Render:
        artifact = self._allocate(production, order, recipe, made)
        self._bucket.put(key_of(order.owner, production.id, artifact.file), file)
        origin = Origin(production_id=production.id, name=artifact.name, version=artifact.version)
        done = render.model_copy(update={"state": "done", "made": made, "origin": origin})
        try:
            self._record(production, order, artifact, "spent", self._renders.finished(render, made, origin))
        except Conflict as error:
            self._came_late(production, order, artifact, error)
        return done

    def _came_late(self, production: Production, order: Order, artifact: Artifact, error: Conflict) -> None:
        """Another who settled the same work first is right; a production deleted meanwhile keeps no file."""
        if self._productions.made_from(production, order.name, order.fingerprint) is None:
            self._bucket.delete_all(key_of(order.owner, production.id, artifact.file))
            raise error

    # ------------------------------------------------------------------ 7: answer

    def _answer_everyone(self, order: Order, render: Render) -> None:
        others = [waiter for waiter in self._renders.waiters(order) if waiter.token != order.token]
        for waiter in (order, *others):
            try:
                artifact = self._adopt(waiter, render)
            except RushesError as error:
                self._fail(waiter, error)
                continue
            self._callbacks.succeed(waiter.token, {"name": artifact.name, "version": artifact.version})
            self._renders.answered(waiter)

    def _adopt(self, order: Order, render: Render) -> Artifact:
        """The render's result as an artifact of the order's production. What is there already is not made again."""
        assert render.made
        assert render.origin
        production = self._productions.load(order.owner, order.production_id)
        found = self._productions.made_from(production, order.name, order.fingerprint)
        if found:
            self._show(production, order, state="ready", artifact=found)
            return found
        recipe = self._productions.recipe(production, order.fingerprint)
        artifact = self._allocate(production, order, recipe, render.made, render.origin)
        try:
            self._bucket.copy(
                _key(order.owner, render.origin, artifact.ext),
                key_of(order.owner, production.id, artifact.file),
            )
        except NotFound as error:
            # The production that had it was deleted this very moment: what is left of the render is void.
            self._renders.forget_copy(order.owner, order.fingerprint, render.origin)
            raise Transient("what was to be reused has just been deleted; it is made again") from error
        here = Origin(production_id=production.id, name=artifact.name, version=artifact.version)
        copied = self._renders.copied(order.owner, order.fingerprint, here)
        try:
            self._record(production, order, artifact, "reused", [copied])
        except Conflict as error:
            self._came_late(production, order, artifact, error)
        return artifact

    def _allocate(
        self, production: Production, order: Order, recipe: Recipe, made: Made, origin: Origin | None = None
    ) -> Artifact:
        draft = Artifact(
            **made.model_dump(),
            name=order.name,
            version=0,
            fingerprint=order.fingerprint,
            parents=tuple(ingredient.name for ingredient in recipe.ingredients),
            origin=origin,
            created_at=self._now(),
        )
        return self._productions.allocate(production, draft)

    # ------------------------------------------------------------------ what the table and the events say

    def _record(
        self,
        production: Production,
        order: Order,
        artifact: Artifact,
        movement: Movement,
        also: Sequence[Change],
    ) -> None:
        work = self._productions.work(production, order.branch)
        if order.name not in work:
            raise Conflict("the production was deleted")
        item = work[order.name]
        cost = artifact.cost_micro_usd if movement == "spent" else 0
        entry = Entry(
            movement=movement,
            micro_usd=cost,
            branch=order.branch,
            phase=item.phase,
            artifact=artifact.name,
            version=artifact.version,
            model=artifact.model,
            fingerprint=artifact.fingerprint,
            at=self._now(),
        )
        ready = item.model_copy(
            update={
                "state": "ready",
                "version": artifact.version,
                "ext": artifact.ext,
                "reused": movement == "reused",
                "failure": None,
            }
        )
        changes: list[Change] = [
            *also,
            records.save_artifact(production, artifact.model_copy(update={"ready": True})),
            records.save_work(production, ready),
            records.save_entry(production, entry),
        ]
        work[order.name] = ready
        events = [
            Event(type="artifact.ready", data=_told(ready, cost)),
            progress(production, order.branch, work, self._now()),
        ]
        if cost:
            changes.append(records.add_cost(production, cost))
            events.append(
                Event(type="cost.updated", data={"added_usd": usd(cost), "artifact": artifact.name})
            )
        self._productions.commit(production, changes, events)

    def _failed(self, production: Production, order: Order, error: RushesError) -> None:
        """Says so in the table when it will fail again, gives the claim up, and answers whoever waits."""
        render = self._renders.find(order.owner, order.fingerprint)
        if render and render.holder == order and render.state != "done":
            self._renders.release(render)
            for waiter in self._renders.waiters(order):
                if waiter.token != order.token:
                    self._fail(waiter, Transient(f"whoever made {order.name} gave up; it is made again"))
        if isinstance(error, Refused):
            self._tell(production, order, error)
        self._fail(order, error)

    def _fail(self, waiter: Order, error: RushesError) -> None:
        name = "Transient" if isinstance(error, Transient) else "Refused"
        self._callbacks.fail(waiter.token, name, f"{waiter.name}: {error.message}")
        self._renders.answered(waiter)

    def _tell(self, production: Production, order: Order, error: Refused) -> None:
        failure = Failure(code=error.code, message=error.message, item=order.name)
        try:
            failed = self._item(production, order).model_copy(update={"state": "failed", "failure": failure})
            event = Event(type="artifact.failed", data=_told(failed) | {"error": failure.model_dump()})
            self._productions.commit(production, [records.save_work(production, failed)], [event])
        except (NotFound, Conflict):
            return  # the production was deleted: there is nobody to tell

    def _show(
        self, production: Production, order: Order, state: str, artifact: Artifact | None = None
    ) -> None:
        shown = {"state": state, "failure": None}
        if artifact:
            shown |= {"version": artifact.version, "ext": artifact.ext}
        self._productions.remember_work(production, [self._item(production, order).model_copy(update=shown)])

    def _item(self, production: Production, order: Order) -> WorkItem:
        return self._productions.work_item(production, order.branch, order.name)


def _told(item: WorkItem, cost_micro_usd: int = 0) -> dict:
    return {
        "branch": item.branch,
        "phase": item.phase,
        "name": item.name,
        "media": item.media,
        "version": item.version,
        "reused": item.reused,
        "cost_usd": usd(cost_micro_usd),
    }


def _key(owner: str, origin: Origin, ext: str) -> str:
    return key_of(owner, origin.production_id, file_name(origin.name, origin.version, ext))
