"""A person's work on a document, from opening it to the new revision; what they wrote is never lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from infra.cli import document_text
from infra.cli.agreeing import Wishes
from infra.cli.checkpoints import Checkpoint, Checkpoints
from infra.cli.client import Client, Refused, Unreachable
from infra.cli.document_forms import Form
from infra.cli.editing import edit
from infra.cli.editor import edited
from infra.cli.terminal import WRONG, err, stop, tell


@dataclass(frozen=True)
class DocumentSession:
    client: Client
    found: Checkpoints
    checkpoint: Checkpoint
    """As it was when `document` was read: an edit is refused when somebody else was quicker."""
    form: Form
    document: document_text.Document
    wishes: Wishes

    @classmethod
    def begin(
        cls, client: Client, found: Checkpoints, at: Checkpoint, form: Form, wishes: Wishes
    ) -> "DocumentSession":
        detail = client.get(found.path(at))
        links = {each["name"]: each["url"] for each in detail["artifacts"]}
        if form.name not in links:
            stop(f"the {at['phase']} checkpoint {at['id']} holds no {form.name}", WRONG)
        return cls(client, found, detail, form, client.document(links[form.name]), wishes)

    def make(self, changed: document_text.Document) -> None:
        """Sends what differs. Raises Refused, with the fields that are wrong."""
        changes = document_text.changes(self.document, changed, self.form)
        if not changes:
            tell({"status": "unchanged"}, Text("Nothing is changed."), self.wishes.as_json)
            return
        version = self.checkpoint["version"]
        edit(self.client, self.found, self.checkpoint, self.form.name, changes, self.wishes, version)

    def set(self, settings: Sequence[str]) -> None:
        """`beats.2.action=…` and the like. Raises Unreadable, and Refused."""
        self.make(document_text.with_set(self.document, settings, self.form))

    def open_editor(self) -> None:
        """Until it is right, or the person gives up."""
        text = document_text.text_of(self.document, self.form)
        while True:
            text = edited(text, f"{self.form.name}.yaml")
            with self._kept(document_text.without_notes(text)):
                wrong = self._wrong_with(text)
                if wrong is None:
                    return
                err.print(Text("\n".join(": ".join(filter(None, each)) for each in wrong), "red"))
                if not typer.confirm("Open the editor again?", default=True):
                    stop("nothing is changed", WRONG)
            text = document_text.noted(text, wrong)

    def _wrong_with(self, text: str) -> list[document_text.Field] | None:
        """None when it was done."""
        try:
            self.make(document_text.read(text))
        except document_text.Unreadable as error:
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
                path = Path(f"{self.form.name}-{self.found.short}.yaml")
                path.write_text(text, encoding="utf-8")
                err.print(f"your text is kept: rushes edit {self.found.short} --file {path}", soft_wrap=True)
            raise
