"""A person's work on the spec, from opening it to the new revision; what they wrote is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from infra.cli import spec_text
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.client import Client, Refused, Unreachable
from infra.cli.editing import edit
from infra.cli.editor import edited
from infra.cli.terminal import WRONG, err, stop, tell


@dataclass(frozen=True)
class SpecSession:
    client: Client
    found: Checkpoints
    checkpoint: Checkpoint
    """As it was when `spec` was read: an edit is refused when somebody else was quicker."""
    spec: spec_text.Spec
    wishes: Wishes

    @classmethod
    def begin(cls, client: Client, found: Checkpoints, at: Checkpoint, wishes: Wishes) -> "SpecSession":
        detail = client.get(found.path(at))
        links = {each["name"]: each["url"] for each in detail["artifacts"]}
        if "spec" not in links:
            stop(f"the {at['phase']} checkpoint {at['id']} holds no spec", WRONG)
        return cls(client, found, detail, client.document(links["spec"]), wishes)

    def make(self, changed: spec_text.Spec) -> None:
        """Sends what differs. Raises Refused, with the fields that are wrong."""
        changes = spec_text.changes(self.spec, changed)
        if not changes:
            tell({"status": "unchanged"}, Text("Nothing is changed."), self.wishes.as_json)
            return
        version = self.checkpoint["version"]
        edit(self.client, self.found, self.checkpoint, "spec", changes, self.wishes, version)

    def open_editor(self) -> None:
        """Until it is right, or the person gives up."""
        text = spec_text.text_of(self.spec)
        while True:
            text = edited(text, "spec.yaml")
            with self._kept(spec_text.without_notes(text)):
                wrong = self._wrong_with(text)
                if wrong is None:
                    return
                err.print(Text("\n".join(": ".join(filter(None, each)) for each in wrong), "red"))
                if not typer.confirm("Open the editor again?", default=True):
                    stop("nothing is changed", WRONG)
            text = spec_text.noted(text, wrong)

    def _wrong_with(self, text: str) -> list[spec_text.Field] | None:
        """None when it was done."""
        try:
            self.make(spec_text.read(text))
        except spec_text.Unreadable as error:
            return [("", str(error))]
        except Refused as error:
            fields = error.problem.get("details", {}).get("fields")
            if not fields:
                raise
            return [(each["field"], each["problem"]) for each in fields]
        return None

    @contextmanager
    def _kept(self, text: str) -> Iterator[None]:
        """However it ends but well, the text is in a file."""
        try:
            yield
        except (typer.Exit, typer.Abort, Refused, Unreachable) as left:
            if not isinstance(left, typer.Exit) or left.exit_code:
                path = Path(f"spec-{self.found.short}.yaml")
                path.write_text(text, encoding="utf-8")
                err.print(f"your text is kept: rushes edit {self.found.short} --file {path}", soft_wrap=True)
            raise
