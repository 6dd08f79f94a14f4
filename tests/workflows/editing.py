"""A person at the tree: edits, previews and decisions, over HTTP."""

import time
from typing import Any

import httpx

from tests.workflows.host import HostProcess
from tests.workflows.studio import PATIENCE


class Editor:
    """Edits one production."""

    def __init__(self, host: HostProcess, production_id: str) -> None:
        self.host = host
        self.path = f"/productions/{production_id}"
        self.production_id = production_id

    def get(self, path: str, **query: Any) -> Any:
        answer = self.host.call("GET", f"{self.path}{path}", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    # ------------------------------------------------------------------ looking

    def checkpoints(self) -> list[dict[str, Any]]:
        return self.get("/checkpoints")

    def checkpoint(self, branch: str, phase: str) -> dict[str, Any]:
        return next(c for c in self.checkpoints() if (c["branch"], c["phase"]) == (branch, phase))

    def bytes_of(self, checkpoint_id: str, name: str) -> bytes:
        artifacts = self.get(f"/checkpoints/{checkpoint_id}")["artifacts"]
        url = next(artifact["url"] for artifact in artifacts if artifact["name"] == name)
        return httpx.get(url).content

    # ------------------------------------------------------------------ doing

    def ask(
        self, checkpoint_id: str, what: str, body: Any = None, preview: bool = False, **headers: str
    ) -> Any:
        """An edit, or its preview, whatever is answered."""
        method, path = ("PATCH", "spec") if what == "spec" else ("POST", what)
        query = {"preview": "true"} if preview else None
        return self.host.call(
            method,
            f"{self.path}/checkpoints/{checkpoint_id}/{path}",
            json=body or {},
            params=query,
            headers=headers,
        )

    def edit(self, checkpoint_id: str, what: str, body: Any = None) -> dict[str, Any]:
        """Previewed, done, and waited for. What was previewed comes back, with the revision."""
        looked = self.ask(checkpoint_id, what, body, preview=True)
        assert looked.status_code == 200, looked.text
        answer = self.ask(checkpoint_id, what, body)
        assert answer.status_code in (200, 202), answer.text
        done = answer.json()["data"]
        assert {k: done[k] for k in ("stale", "reused", "usd")} == {
            k: looked.json()["data"][k] for k in ("stale", "reused", "usd")
        }
        assert self.until_ready(checkpoint_id, done["revision"])["status"] == "ready"
        return done

    def regenerate(self, checkpoint_id: str, name: str, **how: Any) -> dict[str, Any]:
        return self.edit(checkpoint_id, f"artifacts/{name}/regenerate", how)

    def upload_in_place(self, checkpoint_id: str, name: str, content: bytes) -> dict[str, Any]:
        """A PNG takes the place of an artifact."""
        wanted = {"filename": "mine.png", "content_type": "image/png", "bytes": len(content)}
        form = self.host.call("POST", "/uploads", json=wanted).json()["data"]
        sent = httpx.post(form["url"], data=form["fields"], files={"file": content})
        assert sent.is_success, sent.text
        return self.edit(checkpoint_id, f"artifacts/{name}/replace", {"upload_id": form["id"]})

    def until_ready(self, checkpoint_id: str, revision: int) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self.get(f"/checkpoints/{checkpoint_id}")["revisions"][revision - 1]
            if found["status"] != "pending":
                return found
            time.sleep(0.1)
        raise AssertionError(f"revision {revision} never came")

    def go_on(self, checkpoint_id: str, **wish: Any) -> dict[str, Any]:
        answer = self.host.call(
            "POST", f"{self.path}/continue", json={"checkpoint_id": checkpoint_id, **wish}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]
