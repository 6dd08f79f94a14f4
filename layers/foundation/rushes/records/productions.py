"""The records of productions. One partition holds everything a production is:

    {owner}#production#{id}   now#production                 the aggregate, with its branches
                              now#tally                      counters: cost in micro-dollars
                              now#work#{line}#{name}         what each branch, or edit, makes or has made
                              checkpoint#{id}                with its newest selection
                              checkpoint#{id}#spent          a counter: what making it and its edits has cost
                              revision#{id}#{number}
                              artifact#{name}#{version}
                              recipe#{fingerprint}
                              ledger#{ask, or fingerprint and name}#{movement}
                              event#{sequence}

so that a status is one query of `now#` and the tree one of `checkpoint#`, whatever the history. Every change of state
and the events that tell of it are one transaction: neither is ever there without the other, and the events' numbers
have no gaps.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from rushes.errors import Conflict, Contended, NotFound
from rushes.productions.artifact import Artifact, Version
from rushes.productions.checkpoint import Checkpoint
from rushes.productions.events import Event, Numbered
from rushes.productions.ledger import Entry
from rushes.productions.production import Production
from rushes.productions.recipe import Recipe
from rushes.productions.revision import Revision
from rushes.productions.work import WorkItem
from rushes.records.accounts import COST
from rushes.records.rows import Add, Change, Changed, Delete, Exists, Put, Row, Table

_TRIES = 30
_BATCH = 90  # a DynamoDB transaction takes 100 actions


class Deleted(Conflict):
    """The production is not there any more; nothing was written."""


class Stale(Conflict):
    """Somebody else changed it first; nothing was written."""


@dataclass(frozen=True)
class Status:
    """Everything a status page needs, from one query."""

    production: Production
    work: tuple[WorkItem, ...]
    cost_micro_usd: int
    committed_micro_usd: int
    """What was spent, and what is reserved."""


class Productions:
    """Reads and writes productions; `now` gives the time as text."""

    def __init__(self, table: Table, now: Callable[[], str]) -> None:
        self._table = table
        self._now = now

    # ------------------------------------------------------------------ reading

    def load(self, owner: str, production_id: str) -> Production:
        """Raises `NotFound`, also for another owner's production."""
        row = self._table.get(partition(owner, production_id), "now#production")
        if row is None:
            raise NotFound("no such production", production_id=production_id)
        return _production(row)

    def status(self, owner: str, production_id: str) -> Status:
        """Raises `NotFound`."""
        rows = {row.sk: row for row in self._table.query(partition(owner, production_id), "now#")}
        if "now#production" not in rows:
            raise NotFound("no such production", production_id=production_id)
        tally = rows.get("now#tally")
        return Status(
            production=_production(rows["now#production"]),
            work=tuple(WorkItem(**row.body) for sk, row in rows.items() if sk.startswith("now#work#")),
            cost_micro_usd=tally.counters.get("cost_micro_usd", 0) if tally else 0,
            committed_micro_usd=tally.counters.get("committed_micro_usd", 0) if tally else 0,
        )

    def newest(self, owner: str, before: str | None) -> Iterator[Production]:
        """An owner's productions, newest first, older than the production id `before`."""
        rows = self._table.query(f"{owner}#productions", newest_first=True, indexed=True, after=before)
        return (_production(row) for row in rows if row.index and row.index[1] != before)

    def tree(self, owner: str, production_id: str) -> list[tuple[Checkpoint, int]]:
        """Every checkpoint, oldest first, with what it has cost in micro-dollars. Raises `NotFound`."""
        rows = {row.sk: row for row in self._table.query(partition(owner, production_id), "checkpoint#")}
        if not rows:
            self.load(owner, production_id)
        spent = {sk.split("#")[1]: row.counters for sk, row in rows.items() if sk.endswith("#spent")}
        found = [_checkpoint(row) for sk, row in rows.items() if not sk.endswith("#spent")]
        return [
            (checkpoint, spent.get(checkpoint.id, {}).get(COST, 0))
            for checkpoint in sorted(found, key=lambda checkpoint: checkpoint.created_at)
        ]

    def checkpoint(self, production: Production, checkpoint_id: str) -> Checkpoint:
        """Raises `NotFound`, also for another production's checkpoint."""
        row = self._table.get(_pk(production), f"checkpoint#{checkpoint_id}")
        if row is None:
            raise NotFound("no such checkpoint in this production", checkpoint_id=checkpoint_id)
        return _checkpoint(row)

    def selection(
        self, production: Production, checkpoint: Checkpoint, revision: int | None = None
    ) -> dict[str, Version]:
        """A checkpoint's, at a revision or at its newest. Raises `NotFound`."""
        if revision in (None, checkpoint.revision):
            return checkpoint.selection
        return self.revision(production, checkpoint.id, revision).selection

    def spent_on(self, production: Production, checkpoint_id: str) -> int:
        """What making a checkpoint, and its edits, has cost: micro-dollars."""
        row = self._table.get(_pk(production), f"checkpoint#{checkpoint_id}#spent")
        return row.counters.get(COST, 0) if row else 0

    def revision(self, production: Production, checkpoint_id: str, number: int) -> Revision:
        """Raises `NotFound`."""
        row = self._table.get(_pk(production), _revision_sk(checkpoint_id, number))
        if row is None:
            raise NotFound(f"this checkpoint has no revision {number}", checkpoint_id=checkpoint_id)
        return Revision(**row.body)

    def revisions(self, production: Production, checkpoint_id: str) -> list[Revision]:
        """Oldest first."""
        rows = self._table.query(_pk(production), f"revision#{checkpoint_id}#")
        return [Revision(**row.body) for row in rows]

    def artifacts(self, production: Production, name: str | None = None) -> list[Artifact]:
        """Every version of one name, or of all names; oldest version first."""
        prefix = f"artifact#{name}#" if name else "artifact#"
        return [Artifact(**row.body) for row in self._table.query(_pk(production), prefix)]

    def artifact(self, production: Production, name: str, version: int) -> Artifact:
        """Raises `NotFound`, also while it is not ready."""
        row = self._table.get(_pk(production), _artifact_sk(name, version))
        artifact = Artifact(**row.body) if row else None
        if artifact is None or not artifact.ready:
            raise NotFound(f"there is no {name} version {version}", name=name, version=version)
        return artifact

    def made_from(self, production: Production, name: str, fingerprint: str) -> Artifact | None:
        """The ready artifact of this name that was made by this recipe."""
        versions = self.artifacts(production, name)
        return next((a for a in versions if a.fingerprint == fingerprint and a.ready), None)

    def recipe(self, production: Production, fingerprint: str) -> Recipe:
        """Raises `NotFound`."""
        row = self._table.get(_pk(production), f"recipe#{fingerprint}")
        if row is None:
            raise NotFound("no such recipe in this production", fingerprint=fingerprint)
        return Recipe(**row.body)

    def recipes(self, production: Production, fingerprints: Iterable[str]) -> dict[str, Recipe]:
        """Those of them that are known, by fingerprint."""
        keys = {(_pk(production), f"recipe#{fp}"): fp for fp in fingerprints}
        rows = self._table.get_many(list(keys))
        return {keys[key]: Recipe(**row.body) for key, row in rows.items()}

    def work(self, production: Production, line: str) -> dict[str, WorkItem]:
        """What a branch, or an edit, makes or has made."""
        rows = self._table.query(_pk(production), f"now#work#{line}#")
        return {row.body["name"]: WorkItem(**row.body) for row in rows}

    def work_item(self, production: Production, line: str, name: str) -> WorkItem:
        """Raises `NotFound`."""
        row = self._table.get(_pk(production), f"now#work#{line}#{name}")
        if row is None:
            raise NotFound(f"{line!r} does not make {name}", name=name)
        return WorkItem(**row.body)

    def ledger(self, production: Production) -> list[Entry]:
        rows = self._table.query(_pk(production), "ledger#")
        return sorted((Entry(**row.body) for row in rows), key=lambda entry: entry.at)

    def events(self, production: Production, after: int, limit: int | None = None) -> list[Numbered]:
        """Events with a number above `after`, in order."""
        start = _event_sk(after + 1)
        rows = self._table.query(_pk(production), "event#", after=start, limit=limit)
        return [Numbered(**row.body) for row in rows]

    # ------------------------------------------------------------------ writing

    def remember_recipes(self, production: Production, recipes: Sequence[Recipe]) -> None:
        unique = {recipe.fingerprint: recipe for recipe in recipes}
        self.remember(production, [save_recipe(production, recipe) for recipe in unique.values()])

    def remember_work(self, production: Production, items: Sequence[WorkItem]) -> None:
        self.remember(production, [save_work(production, item) for item in items])

    def forget_work(self, production: Production, line: str) -> None:
        """A status is to stay one page: what nobody looks at any more is only in the checkpoints."""
        rows = self._table.query(_pk(production), f"now#work#{line}#")
        self._table.pour([Delete(_pk(production), row.sk) for row in rows])

    def remember(self, production: Production, puts: Sequence[Put]) -> None:
        """For what can be written again: may stop half-way. Raises `Deleted`."""
        for start in range(0, len(puts), _BATCH):
            self._write(production, puts[start : start + _BATCH])

    def _write(self, production: Production, changes: Sequence[Change]) -> None:
        """Raises `Changed` with the position in `changes`, or `Deleted`."""
        try:
            self._table.write([*changes, Exists(_pk(production), "now#production")])
        except Changed as error:
            if error.position == len(changes):
                raise Deleted("the production was deleted") from error
            raise

    def allocate(self, production: Production, draft: Artifact) -> Artifact:
        """Gives a made artifact its version. The same recipe under the same name always gets the same version, so no
        file is ever overwritten with another's."""
        for _ in range(_TRIES):
            versions = self.artifacts(production, draft.name)
            asked, made = draft.fingerprint, draft.stand_in
            same = next((a for a in versions if (a.fingerprint, a.stand_in) == (asked, made)), None)
            if same:
                return same
            fresh = draft.model_copy(update={"version": len(versions) + 1})
            try:
                self._write(production, [create_artifact(production, fresh)])
                return fresh
            except Changed:
                continue
        raise Contended(f"too many writers at {draft.name}")

    def write_if_unchanged(self, production: Production, changes: Sequence[Change]) -> None:
        """Without events, and only while the production is as it was loaded: not cancelled, its budget not lowered.

        Raises `Changed` with the position; the production's own comes after those of `changes`.
        """
        guard = Exists(_pk(production), "now#production", production.version)
        for attempt in range(_TRIES):
            try:
                return self._table.write([*changes, guard])
            except Contended:
                breathe(attempt)
        raise Contended("too many writers at this production")

    def commit(self, production: Production, changes: Sequence[Change], events: Sequence[Event]) -> None:
        """Writes changes and the events that tell of them as one transaction, if the production is still there.

        Raises `Stale` when something in `changes` was changed by somebody else first, `Deleted`, and `Contended` when
        the row of writers is too long.
        """
        moved = any(isinstance(change, Put) and change.row.sk == "now#production" for change in changes)
        guard = [] if moved else [Exists(_pk(production), "now#production")]
        changes = [*changes, *guard]
        for attempt in range(_TRIES):
            try:
                self._table.write([*changes, *self._numbered(production, events)])
                return
            except Changed as error:
                if guard and error.position == len(changes) - 1:
                    raise Deleted("the production was deleted") from error
                if error.position < len(changes):
                    raise Stale("somebody else changed it first; look again and repeat") from error
            except Contended:
                pass
            breathe(attempt)
        raise Contended("too many writers at this production")

    def _numbered(self, production: Production, events: Sequence[Event]) -> list[Put]:
        newest = next(self._table.query(_pk(production), "event#", newest_first=True, limit=1), None)
        last = newest.body["id"] if newest else 0
        at = self._now()
        return [
            Put(
                _row(production, _event_sk(number), Numbered(id=number, at=at, **event.model_dump())),
                expect=0,
            )
            for number, event in enumerate(events, start=last + 1)
        ]

    def begin(self, production: Production, also: Sequence[Change], events: Sequence[Event]) -> None:
        """Records a new production. Raises `Conflict` if it, or something in `also`, is there already."""
        self.commit(production, [*also, save_production(production)], events)

    def forget(self, production: Production) -> None:
        """Deletes the whole partition, the production itself last: a deletion cut short can be asked for again."""
        self._sweep(production)
        self._table.write([Delete(_pk(production), "now#production")])
        self._sweep(
            production
        )  # what a function wrote meanwhile; without the production it can write no more

    def _sweep(self, production: Production) -> None:
        rows = [row.sk for row in self._table.query(_pk(production))]
        self._table.pour([Delete(_pk(production), sk) for sk in rows if sk != "now#production"])


def breathe(attempt: int) -> None:
    """A pause before the next try: at most half a second, and never the same for two."""
    time.sleep(random.uniform(0, min(0.02 * 2**attempt, 0.5)))


# ---------------------------------------------------------------------- changes, to be committed together


def save_production(production: Production) -> Put:
    """Expects the version that was loaded."""
    row = _row(production, "now#production", production, version=production.version + 1)
    return Put(
        Row(**{**row.__dict__, "index": (f"{production.owner}#productions", production.id)}),
        expect=production.version,
    )


def save_checkpoint(production: Production, checkpoint: Checkpoint) -> Put:
    """Expects the version that was loaded; a new checkpoint must not exist."""
    row = _row(production, f"checkpoint#{checkpoint.id}", checkpoint, version=checkpoint.version + 1)
    return Put(row, expect=checkpoint.version)


def save_revision(production: Production, revision: Revision, new: bool = False) -> Put:
    """A new one must not exist."""
    row = _row(production, _revision_sk(revision.checkpoint_id, revision.number), revision)
    return Put(row, expect=0 if new else None)


def add_spent(production: Production, branch: str, phase: str, micro_usd: int) -> Add:
    """What making a checkpoint, and its edits, has cost. It may be counted before the checkpoint is there."""
    checkpoint_id = Checkpoint.id_for(production.id, branch, phase)
    return Add(_pk(production), f"checkpoint#{checkpoint_id}#spent", {COST: micro_usd})


def save_recipe(production: Production, recipe: Recipe) -> Put:
    return Put(_row(production, f"recipe#{recipe.fingerprint}", recipe))


def create_artifact(production: Production, artifact: Artifact) -> Put:
    return Put(_row(production, _artifact_sk(artifact.name, artifact.version), artifact), expect=0)


def save_artifact(production: Production, artifact: Artifact) -> Put:
    return Put(_row(production, _artifact_sk(artifact.name, artifact.version), artifact))


def save_work(production: Production, item: WorkItem) -> Put:
    body = item.model_dump(mode="json", exclude_defaults=True)  # there are many of them in a status
    return Put(Row(_pk(production), f"now#work#{item.line}#{item.name}", body))


def save_entry(production: Production, entry: Entry) -> Put:
    """One entry for each movement of an ask, or of a recipe under a name: booking twice is booking once."""
    what = entry.ask_id or f"{entry.fingerprint}#{entry.artifact}"
    corrects = "#corrected" if entry.note else ""
    return Put(_row(production, f"ledger#{what}#{entry.movement}{corrects}", entry), expect=0)


def partition(owner: str, production_id: str) -> str:
    return f"{owner}#production#{production_id}"


def _pk(production: Production) -> str:
    return partition(production.owner, production.id)


def _row(production: Production, sk: str, body: BaseModel, version: int = 0) -> Row:
    return Row(
        _pk(production), sk, body.model_dump(mode="json", exclude={"version"} if version else None), version
    )


def _production(row: Row) -> Production:
    return Production(**row.body, version=row.version)


def _checkpoint(row: Row) -> Checkpoint:
    return Checkpoint(**row.body, version=row.version)


def _revision_sk(checkpoint_id: str, number: int) -> str:
    return f"revision#{checkpoint_id}#{number:05d}"


def _artifact_sk(name: str, version: int) -> str:
    return f"artifact#{name}#{version:05d}"


def _event_sk(number: int) -> str:
    return f"event#{number:09d}"
