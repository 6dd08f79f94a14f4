"""Uploads: files of your own."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from functions.api.envelope import Envelope, answers, meta
from functions.api.identity import Owner
from rushes.aws.bucket import LINK_SECONDS
from rushes.aws.clock import stamp
from rushes.services import services
from rushes.studio.uploads import MOST_BYTES, Purpose, begin_upload

router = APIRouter(prefix="/v1", tags=["uploads"])


_EXAMPLE: dict[str, Any] = {
    "filename": "holiday.png",
    "content_type": "image/png",
    "bytes": 1204357,
    "purpose": "replace",
}
_SIZES: list[Any] = [
    {"properties": {"content_type": {"pattern": f"^{media}/"}, "bytes": {"maximum": most}}}
    for media, most in MOST_BYTES.items()
]
"""How much of which type, for the OpenAPI document; `begin_upload` is the judge."""


class NewUpload(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE], "anyOf": _SIZES})

    filename: str = Field(min_length=1, max_length=255)
    content_type: str = Field(
        pattern=r"^(image|video|audio)/[a-z0-9][a-z0-9.+-]{0,80}$",
        description="An image's, a video's or a sound's. What the file really is, its bytes tell.",
    )
    bytes: int = Field(
        ge=1, description="Its size: 25 MB for an image, 200 MB for a video or a sound at most."
    )
    purpose: Purpose = "replace"


class UploadView(BaseModel):
    id: str = Field(examples=["up_06edj3p5w3r8t0z6m8rkq2k9aa"])
    url: str = Field(description="Where to POST the file, as multipart/form-data.")
    fields: dict[str, str] = Field(description="The form's fields. After them comes `file`, as the last one.")
    expires_at: str = Field(description="Until when the form is taken. What was sent is kept for 7 days.")
    max_bytes: int


@router.post("/uploads", status_code=201, responses=answers(422))
def create_upload(request: Request, owner: Owner, body: NewUpload) -> Envelope[UploadView]:
    """A form to send a file with. Its id is what takes an artifact's place, once the file is there."""
    expires_at = stamp(services().clock() + timedelta(seconds=LINK_SECONDS))
    upload, form = begin_upload(services(), owner, body.filename, body.content_type, body.bytes, body.purpose)
    data = UploadView(id=upload.id, **form, expires_at=expires_at, max_bytes=upload.most_bytes)
    return Envelope(data=data, meta=meta(request))
