"""The checkpoints of a production: finding the one that is meant, by id, by branch, or by what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.cli.client import Client
from infra.cli.terminal import WRONG, stop

Checkpoint = dict[str, Any]


@dataclass(frozen=True)
class Checkpoints:
    """`roots` is the tree as the API nests it."""

    production: dict[str, Any]
    roots: list[Checkpoint]

    @classmethod
    def of(cls, client: Client, production_id: str) -> "Checkpoints":
        return cls.within(client, client.production(production_id))

    @classmethod
    def within(cls, client: Client, production: dict[str, Any]) -> "Checkpoints":
        found = cls(production, client.get(f"productions/{production['id']}/checkpoints/tree"))
        if not found.roots:
            stop("it has no checkpoint yet; `rushes watch` shows how far it is", WRONG)
        return found

    @property
    def branch(self) -> str:
        """The one the production's status speaks of."""
        return self.production["progress"]["branch"]

    def all(self) -> list[Checkpoint]:
        """Oldest first."""
        return sorted(_flat(self.roots), key=lambda each: each["created_at"])

    def find(self, wanted: str) -> Checkpoint:
        """By its id, its last letters, or a branch's name: the newest of that branch."""
        if self.is_branch(wanted):
            return self.newest(wanted)
        found = [each for each in self.all() if each["id"].endswith(wanted)]
        if len(found) != 1:
            what = f"{len(found)} end" if found else "no checkpoint's id ends, and no branch is called,"
            stop(f"which checkpoint? {what} in {wanted!r}; rushes tree {self.short} shows them", WRONG)
        return found[0]

    def revision_at(self, wanted: str) -> int | None:
        """The revision a branch has ended with; None is the newest."""
        base = next((each["base"] for each in self.production["branches"] if each["name"] == wanted), None)
        at_its_base = base is not None and base["checkpoint_id"] == self._head(wanted)
        return base["revision"] if base and at_its_base else None

    def is_branch(self, wanted: str) -> bool:
        return any(branch["name"] == wanted for branch in self.production["branches"])

    def newest(self, branch: str | None = None) -> Checkpoint:
        """The branch's own newest, or the one it goes out from."""
        return self.line(branch)[0]

    def line(self, branch: str | None = None) -> list[Checkpoint]:
        """The branch's checkpoints and those it goes out from, newest first."""
        branch = branch or self.branch
        by_id = {each["id"]: each for each in self.all()}
        at = self._head(branch)
        line = []
        while at in by_id:
            line.append(by_id[at])
            at = by_id[at]["parent_id"]
        if not line:
            stop(f"branch {branch} has no checkpoint yet; `rushes watch` shows how far it is", WRONG)
        return line

    def holding(self, name: str, branch: str | None = None) -> Checkpoint:
        """The newest on the branch's line with `name`: what was made from it there is made again too.

        But what the first phase wrote is edited where it was written.
        """
        found = self._with(name, branch)
        return found[-1] if found[-1] is self.line(branch)[-1] else found[0]

    def written(self, name: str, branch: str | None = None) -> Checkpoint:
        """Where a document was written, which is where it is edited: the oldest on the branch's line with it."""
        return self._with(name, branch)[-1]

    def _with(self, name: str, branch: str | None) -> list[Checkpoint]:
        """Those on the branch's line with `name`, newest first: at least one."""
        line = self.line(branch)
        found = [each for each in line if name in each["selection"]]
        if not found:
            there = ", ".join(sorted(line[0]["selection"]))
            stop(f"there is no {name} on branch {branch or self.branch}; there are {there}", WRONG)
        return found

    def chosen(self, checkpoint: str | None, branch: str | None, name: str) -> Checkpoint:
        """The one that was named, or the one to edit `name` at."""
        return self.find(checkpoint) if checkpoint else self.holding(name, branch)

    @property
    def short(self) -> str:
        return self.production["id"][-6:]

    def path(self, checkpoint: Checkpoint) -> str:
        return f"productions/{self.production['id']}/checkpoints/{checkpoint['id']}"

    def _head(self, branch: str) -> str | None:
        known = {each["name"]: each for each in self.production["branches"]}
        if branch not in known:
            stop(f"there is no branch {branch}; there are {', '.join(known)}", WRONG)
        own = [each["id"] for each in self.all() if each["branch"] == branch]
        base = known[branch]["base"]
        return own[-1] if own else base and base["checkpoint_id"]


def _flat(nodes: list[Checkpoint]) -> Iterator[Checkpoint]:
    """Without recursion: a tree may be deeper than Python's stack."""
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node["children"]
