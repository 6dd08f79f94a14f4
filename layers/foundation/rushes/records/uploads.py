"""The records of uploads: who may send what, under which name.

    {owner}#upload#{id}   upload

The row is gone after a week, and so is the file: the bucket forgets whatever lies below `uploads/`. What was made of an
upload meanwhile has a copy.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rushes.errors import NotFound
from rushes.productions.failure import Failure
from rushes.productions.recipe import Media
from rushes.records.rows import Put, Row, Table

UPLOADS = "uploads/"
Purpose = Literal["replace", "lecture"]
KEPT_DAYS = 7


class Upload(BaseModel):
    """A file that is expected. What it really is will be seen when it has come."""

    model_config = ConfigDict(frozen=True)

    id: str
    owner: str
    filename: str
    """Safe as the name of a file."""
    content_type: str
    media: Media
    """What its type says that it is."""
    most_bytes: int
    purpose: Purpose
    request: dict[str, Any] | None = None
    """Of the production that begins when the file arrives."""
    state: Literal["awaited", "begun", "refused"] = "awaited"
    tries: int = 0
    """How often somebody has begun to look at the file."""
    error: Failure | None = None
    """Why it was refused."""
    created_at: str

    @property
    def production_id(self) -> str | None:
        """Of the production that begins with it: known before, so that arriving twice begins one."""
        return f"prod_{self.id.removeprefix('up_')}" if self.request is not None else None

    @property
    def key(self) -> str:
        """In the bucket."""
        return f"{UPLOADS}{self.owner}/{self.id}"


class Uploads:
    def __init__(self, table: Table, clock: Callable[[], datetime]) -> None:
        self._table = table
        self._clock = clock

    def remember(self, upload: Upload) -> None:
        self._table.write([Put(self._row(upload), expect=0)])

    def save(self, upload: Upload) -> None:
        """Whatever was kept of it before; it is forgotten a week from now."""
        self._table.write([Put(self._row(upload))])

    def load(self, owner: str, upload_id: str) -> Upload:
        """Raises `NotFound`, also for another owner's upload, and after a week."""
        row = self._table.get(_pk(owner, upload_id), "upload")
        # DynamoDB may take days to delete what has expired.
        if row is None or (row.expires_at or 0) <= self._clock().timestamp():
            raise NotFound(f"there is no such upload; one is kept for {KEPT_DAYS} days", upload_id=upload_id)
        return Upload(**row.body)

    def _row(self, upload: Upload) -> Row:
        expires = self._clock() + timedelta(days=KEPT_DAYS)
        body = upload.model_dump(mode="json")
        return Row(_pk(upload.owner, upload.id), "upload", body, expires_at=int(expires.timestamp()))


def _pk(owner: str, upload_id: str) -> str:
    return f"{owner}#upload#{upload_id}"
